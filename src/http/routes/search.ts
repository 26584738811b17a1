import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { type SearchAnswer, searchAnswerSchema } from '../../search/answer.js';
import type { Service } from '../../service/service.js';
import { withinKey } from '../boundFilter.js';
import { searchFromBody, searchFromQuery } from '../searchParameters.js';

/** GET and POST /v1/search: the same search, its parameters in the query string or as JSON. */
export const searchRoute: FastifyPluginAsyncZod<{ shop: Service }> = async (app, { shop }) => {
  const answers = { response: { 200: searchAnswerSchema }, tags: ['search'] };
  const counted = async (answering: Promise<SearchAnswer>) => {
    const answer = await answering;
    app.countSearch(answer);
    return answer;
  };
  app.get(
    '/v1/search',
    { schema: { summary: 'Search the catalog', querystring: searchFromQuery, ...answers } },
    (request) => counted(shop.search({ ...request.query, filter: withinKey(request, request.query.filter) })),
  );
  app.post(
    '/v1/search',
    { schema: { summary: 'Search the catalog, asked as JSON', body: searchFromBody, ...answers } },
    (request) => counted(shop.search({ ...request.body, filter: withinKey(request, request.body.filter) })),
  );
};
