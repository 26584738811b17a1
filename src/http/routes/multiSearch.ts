import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { UserError } from '../../domain/errors.js';
import { answerSearches, identifiedAnswerSchema, type SearchSource } from '../answerSearches.js';
import { splitShopper } from '../shopper.js';
import { withoutInternals } from '../withoutInternals.js';
import { shopperSearchFromBody } from './search.js';

/** POST /v1/multi-search: several searches in one request. */
export const multiSearchRoutes: FastifyPluginAsyncZod<{ service: SearchSource }> = async (
  app,
  { service },
) => {
  const max = app.requestLimits.max_searches_per_request;
  app.post(
    '/v1/multi-search',
    {
      config: { scope: 'search' },
      schema: {
        operationId: 'multiSearch',
        summary: 'Answer several searches in one request',
        description: `At most ${max} searches, each with the parameters of POST /v1/search. The answers are in their order, and the same as those of separate requests; searches that differ only in refine, facets, pages and what hits show share one retrieval. If one search is wrong, none is answered: 400 names its position, counted from 0, as in searches.2.filter.`,
        tags: ['search'],
        body: z.strictObject({ searches: z.array(shopperSearchFromBody).min(1).max(max) }),
        response: { 200: z.object({ results: z.array(identifiedAnswerSchema) }) },
      },
    },
    async (request) => {
      const searches = request.body.searches.map((asked) => {
        const { search, shopper } = splitShopper(asked);
        return { search: withoutInternals(request, search), shopper };
      });
      const answers = await answerSearches(app, request, service, searches);
      return {
        results: answers.map((answer, place) => {
          if (answer instanceof UserError) throw atPlace(answer, `searches.${place}`);
          return answer;
        }),
      };
    },
  );
};

/** The error of one entry of a list, which names its place. Errors that are not the caller's stay as they are. */
export function atPlace(error: UserError, place: string): UserError {
  if (error.constructor !== UserError) return error;
  const field = error.field === undefined ? place : `${place}.${error.field}`;
  return new UserError(`${place}: ${error.message}`, { field, cause: error });
}
