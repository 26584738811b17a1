import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type SearchAnswer, searchAnswerSchema } from '../search/searchAnswer.js';

/** The answer to a search over HTTP. */
export const identifiedAnswerSchema = searchAnswerSchema.extend({
  query_id: z
    .string()
    .describe('Random, for each answer: events such as clicks name the search that they follow by it.'),
});
export type IdentifiedAnswer = SearchAnswer & { readonly query_id: string };

/** Counts an answer, and gives it an id of its own, also where the same answer was given before. */
export function identify(app: FastifyInstance, answer: SearchAnswer): IdentifiedAnswer {
  app.countSearch(answer);
  return { ...answer, query_id: randomUUID() };
}
