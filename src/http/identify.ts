import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type SearchAnswer, searchAnswerSchema } from '../search/searchAnswer.js';
import type { SearchRequest } from '../search/searchRequest.js';
import type { Service } from '../service/service.js';
import type { Shopper } from '../service/shopEvents.js';

/** The answer to a search over HTTP. */
export const identifiedAnswerSchema = searchAnswerSchema.extend({
  query_id: z
    .string()
    .describe('Random, for each answer: events such as clicks name the search that they follow by it.'),
});
export type IdentifiedAnswer = SearchAnswer & { readonly query_id: string };

/** What was asked, and by whom. */
export interface AskedSearch {
  readonly search: SearchRequest;
  readonly shopper: Shopper;
}

/**
 * Counts an answer, records it for events if the shopper has an id, and gives it an id of its own, also where the same
 * answer was given before.
 */
export function identify(
  app: FastifyInstance,
  service: Service,
  { search, shopper }: AskedSearch,
  answer: SearchAnswer,
): IdentifiedAnswer {
  app.countSearch(answer);
  const query_id = randomUUID();
  service.events.recordSearch(query_id, search, answer, shopper);
  return { ...answer, query_id };
}
