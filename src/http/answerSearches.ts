import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { UserError } from '../domain/errors.js';
import type { Shopper } from '../events/event.js';
import { type SearchAnswer, searchAnswerSchema } from '../search/searchAnswer.js';
import type { SearchRequest } from '../search/searchRequest.js';
import type { ExperimentedAnswer } from '../service/lab/searchInExperiment.js';
import type { CatalogReader } from '../service/reader.js';
import type { Service } from '../service/service.js';
import { readerOf } from './guard/readerOf.js';

/** The answer to a search over HTTP. */
export const identifiedAnswerSchema = searchAnswerSchema.extend({
  query_id: z
    .string()
    .describe('Random, for each answer: events such as clicks name the search that they follow by it.'),
  experiment: z
    .object({ name: z.string(), variant: z.string() })
    .optional()
    .describe('The experiment that this shopper takes part in, and the variant that answered.'),
});
export type IdentifiedAnswer = z.infer<typeof identifiedAnswerSchema>;

/** What answers searches: a service, or a node that only searches, which has no experiments and records no events. */
export interface SearchSource extends Pick<CatalogReader, 'searchMany'> {
  within(filter: string): Promise<Pick<CatalogReader, 'searchMany'>>;
  readonly experiments?: Pick<Service['experiments'], 'search'>;
  readonly events?: Pick<Service['events'], 'recordSearch'>;
}

/** What was asked, and by whom. */
export interface AskedSearch {
  readonly search: SearchRequest;
  readonly shopper: Shopper;
}

/**
 * Answers searches in order, each by the variant of the running experiment that its shopper got; a search that cannot be
 * read has its error instead. Counts the answers, records those of shoppers with an id, and gives each an id of its own,
 * also where the same answer was given before.
 */
export async function answerSearches(
  app: FastifyInstance,
  request: FastifyRequest,
  service: SearchSource,
  asked: readonly AskedSearch[],
): Promise<(IdentifiedAnswer | UserError)[]> {
  // Products that a key may not see must not come in through a variant.
  const isRestricted = (request.apiKey?.filter ?? undefined) !== undefined;
  const mixed: (ExperimentedAnswer | UserError | undefined)[] = [];
  for (const { search, shopper } of asked)
    mixed.push(
      isRestricted ? undefined : await service.experiments?.search(search, shopper).catch(userErrorOf),
    );
  const others = asked.filter((_, place) => mixed[place] === undefined);
  const reader = await readerOf(request, service);
  const answers = (
    others.length === 0 ? [] : await reader.searchMany(others.map(({ search }) => search))
  ).values();
  return asked.flatMap((one, place): (IdentifiedAnswer | UserError)[] => {
    const found = mixed[place];
    if (found instanceof UserError) return [found];
    const answer = found?.answer ?? answers.next().value;
    if (answer === undefined || answer instanceof UserError) return answer === undefined ? [] : [answer];
    return [identify(app, service, one, answer, found)];
  });
}

function identify(
  app: FastifyInstance,
  service: SearchSource,
  { search, shopper }: AskedSearch,
  answer: SearchAnswer,
  mixed: ExperimentedAnswer | undefined,
): IdentifiedAnswer {
  app.countSearch(answer);
  const query_id = randomUUID();
  service.events?.recordSearch(query_id, search, answer, shopper, mixed);
  return {
    ...answer,
    query_id,
    ...(mixed && { experiment: { name: mixed.experiment, variant: mixed.variant } }),
  };
}

function userErrorOf(error: unknown): UserError {
  if (error instanceof UserError) return error;
  throw error;
}
