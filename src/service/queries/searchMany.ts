import { UserError } from '../../domain/errors.js';
import { retrievalKey } from '../../search/retrievalKey.js';
import type { SearchAnswer } from '../../search/searchAnswer.js';
import type { SearchRequest, SearchStatus } from '../../search/searchRequest.js';
import { addToList } from '../../structures/multimap.js';
import type { Answered } from './recentAnswers.js';

/** Searches that are answered without a pause, in which other requests are. */
const MAX_AT_ONCE = 8;

/** Answers searches of one `retrievalKey`, which have one status. */
export type SearchAlike = (requests: readonly SearchRequest[]) => Promise<Answered[]>;

/**
 * Answers searches in their order. Those that one retrieval answers are given to `searchAlike` together, a few at a
 * time.
 */
export async function searchMany(
  requests: readonly SearchRequest[],
  searchAlike: SearchAlike,
): Promise<Answered[]> {
  const places = new Map<string, number[]>();
  for (const [place, request] of requests.entries()) addToList(places, retrievalKey(request), place);
  const answers = new Map<number, Answered>();
  for (const alike of places.values()) {
    for (let from = 0; from < alike.length; from += MAX_AT_ONCE) {
      const asked = alike.slice(from, from + MAX_AT_ONCE);
      const given = await searchAlike(asked.flatMap((place) => requests[place] ?? []));
      for (const [at, place] of asked.entries()) {
        const answer = given[at];
        if (answer !== undefined) answers.set(place, answer);
      }
      await new Promise(setImmediate);
    }
  }
  return requests.flatMap((_, place) => answers.get(place) ?? []);
}

/** The status of searches of one `retrievalKey`. */
export function statusOf([first]: readonly SearchRequest[]): SearchStatus {
  return first?.status ?? 'active';
}

/** The only answer. Throws its error if the search could not be read. */
export function answerOf([answer]: readonly Answered[]): SearchAnswer {
  if (answer === undefined || answer instanceof UserError)
    throw answer ?? new Error('A search has no answer.');
  return answer;
}

/** The error of a search that cannot be read; others are thrown. */
export function userErrorOf(error: unknown): UserError {
  if (error instanceof UserError) return error;
  throw error;
}
