import { retrievalKey } from '../../search/retrievalKey.js';
import type { SearchRequest } from '../../search/searchRequest.js';
import { addToList } from '../../structures/multimap.js';
import type { Answered } from './recentAnswers.js';

/** Searches that are answered without a pause, in which other requests are. */
const MAX_AT_ONCE = 8;

/**
 * Answers searches in their order. Those that one retrieval answers are given to `searchAlike` together, a few at a
 * time.
 */
export async function searchMany(
  requests: readonly SearchRequest[],
  searchAlike: (alike: readonly SearchRequest[]) => Promise<readonly Answered[]>,
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
