import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { UserError } from '../../domain/errors.js';
import type { Shopper } from '../../events/event.js';
import type { Service } from '../../service/service.js';
import { compileFacetSearch, compileSearch } from '../algolia/compileSearch.js';
import { encodeParameters, readParameters } from '../algolia/parameters.js';
import { readTextAsJson } from '../algolia/readTextAsJson.js';
import { facetHitsSchema, resultSchema, writeFacetHits, writeResult } from '../algolia/writeResult.js';
import { type AskedSearch, answerSearches, type IdentifiedAnswer } from '../answerSearches.js';
import { atPlace } from './multiSearch.js';

/** Algolia's names of our parameters, which errors of the search name. */
const NAMES: Readonly<Record<string, string>> = {
  filter: 'filters',
  refine: 'facetFilters',
  facets: 'facets',
  facet_query: 'facet',
  sort: 'indexName',
};

const MAX_NAME = 1000;
const indexName = z.string().min(1).max(MAX_NAME);
const given = z.looseObject({ params: z.union([z.string(), z.looseObject({})]).optional() });
const searchSchema = given.extend({
  indexName: indexName.describe('Any name; with /sort/price:asc at its end for hits in that order.'),
  type: z.enum(['default', 'facet']).optional(),
});

/** One search of a client: what is asked of the service, and how the answer is written. */
interface ClientSearch extends AskedSearch {
  write(answer: IdentifiedAnswer): z.infer<typeof resultSchema> | z.infer<typeof facetHitsSchema>;
}

/** /1/indexes: searches in the format of Algolia's clients, so that InstantSearch works without an adapter. */
export const algoliaRoutes: FastifyPluginAsyncZod<{ service: Service }> = async (app, { service }) => {
  const max = app.requestLimits.max_searches_per_request;
  const tags = ['algolia'];
  const config = { scope: 'search' as const, algoliaKey: true };
  readTextAsJson(app);
  app.addHook('preSerialization', async (_request, reply, payload) =>
    reply.statusCode < 400 ? payload : withMessage(payload),
  );

  app.post(
    '/1/indexes/:index/queries',
    {
      config,
      schema: {
        operationId: 'algoliaQueries',
        summary: "Answer searches in the format of Algolia's clients",
        description: `At most ${max} searches, answered in their order. The parameters are members of a search, or the URL-encoded text params: query, page, hitsPerPage, facets, facetFilters, numericFilters, filters, maxValuesPerFacet, attributesToRetrieve, attributesToHighlight, attributesToSnippet, highlightPreTag, highlightPostTag, distinct, typoTolerance; facet, facetQuery and maxFacetHits with the type facet. Others are ignored, but for those that would leave products out. The key may also be sent as x-algolia-api-key, in a header or in the query string.`,
        tags,
        params: z.object({ index: z.literal('*').describe('Always *.') }),
        body: z.looseObject({ requests: z.array(searchSchema).min(1).max(max) }),
        response: { 200: z.object({ results: z.array(z.union([resultSchema, facetHitsSchema])) }) },
      },
    },
    async (request) => {
      const searches = request.body.requests.map((one, place) =>
        named(`requests.${place}`, () => readSearch(one, `requests.${place}`)),
      );
      return { results: await answered(request, searches, (place) => `requests.${place}`) };
    },
  );

  app.post(
    '/1/indexes/:index/facets/:facet/query',
    {
      config,
      schema: {
        operationId: 'algoliaFacetQuery',
        summary: "Find values of a facet, in the format of Algolia's clients",
        description:
          'facetQuery is what was typed, maxFacetHits the number of values (10 unless said, at most 100); the other parameters are those of a search.',
        tags,
        params: z.object({ index: indexName, facet: indexName.describe('An attribute, such as brand.') }),
        body: given.nullish().transform((body) => body ?? {}),
        response: { 200: facetHitsSchema },
      },
    },
    async (request) => {
      const { index, facet } = request.params;
      const search = named('', () => facetSearch(index, facet, request.body, ''));
      const [result] = await answered(request, [search], () => '');
      return facetHitsSchema.parse(result);
    },
  );

  async function answered(
    request: FastifyRequest,
    searches: readonly ClientSearch[],
    placeOf: (place: number) => string,
  ) {
    const answers = await answerSearches(app, request, service, searches);
    return searches.flatMap((search, place) => {
      const answer = answers[place];
      if (answer instanceof UserError) throw renamed(answer, placeOf(place));
      return answer === undefined ? [] : [search.write(answer)];
    });
  }
};

function readSearch(given: z.infer<typeof searchSchema>, place: string): ClientSearch {
  const { indexName: index, type } = given;
  if (type === 'facet') {
    const { facet } = readParameters(given, place);
    if (facet === undefined)
      throw new UserError('facet: missing; expected an attribute.', { field: 'facet' });
    return facetSearch(index, facet, given, place);
  }
  const parameters = readParameters(given, place);
  return {
    search: compileSearch(index, parameters),
    shopper: shopperOf(parameters),
    write: (answer) => writeResult(answer, parameters, { index, params: encodeParameters(given) }),
  };
}

function facetSearch(
  index: string,
  facet: string,
  given: Readonly<Record<string, unknown>>,
  place: string,
): ClientSearch {
  const parameters = readParameters(given, place);
  return {
    search: compileFacetSearch(index, facet, parameters),
    // Values of a facet are no search of a shopper.
    shopper: {},
    write: (answer) => writeFacetHits(answer, facet, parameters),
  };
}

/** Runs code whose errors name a parameter, and makes them name its place too. */
function named<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof UserError && place !== '' ? atPlace(error, place) : error;
  }
}

/** An error of the search, in the words of the client's request. */
function renamed(error: UserError, place: string): UserError {
  const name = NAMES[error.field ?? ''];
  if (name === undefined || error.constructor !== UserError) return error;
  const { field = '', message } = error;
  const said = message.startsWith(field) ? name + message.slice(field.length) : message;
  const own = new UserError(said, { field: name, cause: error });
  return place === '' ? own : atPlace(own, place);
}

/** Algolia's clients show `message`. */
function withMessage(payload: unknown): unknown {
  return typeof payload === 'object' && payload !== null && 'detail' in payload
    ? { ...payload, message: payload.detail }
    : payload;
}

/** Only with `clickAnalytics`, with which clients say that they send events. */
function shopperOf({ clickAnalytics, userToken }: ReturnType<typeof readParameters>): Shopper {
  return clickAnalytics === true && userToken !== undefined ? { client_id: userToken } : {};
}
