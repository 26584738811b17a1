import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { UserError } from '../../domain/errors.js';
import type { Shopper } from '../../events/event.js';
import {
  MAX_PER_PAGE,
  MAX_TREE_DEPTH,
  SEARCH_STATUSES,
  type SearchRequest,
  searchRequestSchema,
} from '../../search/searchRequest.js';
import {
  answerSearches,
  type IdentifiedAnswer,
  identifiedAnswerSchema,
  type SearchSource,
} from '../answerSearches.js';
import { commaList, flag, listOrCommas, text, wholeNumber } from '../parameters.js';
import { shopperParameters, splitShopper } from '../shopper.js';
import { withoutInternals } from '../withoutInternals.js';

const MAX_FACET_VALUES = 10_000;

export const descriptions = {
  q: 'The query as the shopper typed it. Empty: every product that passes the filter.',
  filter: "For example brand = 'Acme' AND price < 50 AND attributes.color IN ['red', 'blue'].",
  refine:
    "The facet values that the shopper selected, as a filter: parts joined by AND, one field each, for example brand IN ['Acme', 'Zenith'] AND attributes.color = 'red'. It filters as filter does, but the facet of a field ignores that field's own part.",
  facets:
    'The fields to count values of, for example brand,attributes.color; * for the most informative ones.',
  facet_limit: 'The number of values to list per facet, highest counts first. Default 100.',
  facet_query:
    'A field and a prefix to find its values by, for example brand:ac. The facet lists only the values that match.',
  facet_ranges:
    'Count numbers by range: price:..20..50.. (below 20, 20 to below 50, 50 and above) or price:10 (at most ten ranges with round bounds).',
  category_tree: 'The number of category levels to count as a tree. Counts include all levels below.',
  group:
    'Return one hit per group_id: the variant that matches best. total, pages and facets then count groups.',
  status: 'active (the default), draft, archived, or all: the products to find, by their field status.',
  sort: 'For example price:asc,rating:desc. Default: by relevance.',
  page: 'Starts at 1.',
  per_page: `Hits per page. Default 20, maximum ${MAX_PER_PAGE}.`,
  understand: 'Read prices, negations and value names in q as filters. Default true.',
  ignore: "Interpretations of q to ignore, given as their filters: brand = 'Acme' AND price < 50.",
  correct: 'Correct mistyped words to the nearest words of the catalog. Default true.',
  fields:
    'The fields of each product to return, for example title,price,attributes.color; attributes for all of them, * for all but _shelfwright, which holds what the enricher noted: evidence and confidence. Default: everything; for a key with the scope search, *.',
  explain: 'Explain the score of each hit.',
  relax:
    'If nothing matches, drop conditions until something does. understood.relaxed lists what was dropped. Default true.',
};

/** A search as a query string; the output is the input of `searchRequestSchema`. */
const searchQuery = z.strictObject({
  q: text.optional().describe(descriptions.q),
  filter: text.optional().describe(descriptions.filter),
  refine: text.optional().describe(descriptions.refine),
  facets: commaList.optional().describe(descriptions.facets),
  facet_limit: wholeNumber(MAX_FACET_VALUES).optional().describe(descriptions.facet_limit),
  facet_query: text.optional().describe(descriptions.facet_query),
  facet_ranges: commaList.optional().describe(descriptions.facet_ranges),
  category_tree: wholeNumber(MAX_TREE_DEPTH).optional().describe(descriptions.category_tree),
  group: flag.optional().describe(descriptions.group),
  status: z.enum(SEARCH_STATUSES).optional().describe(descriptions.status),
  sort: commaList.optional().describe(descriptions.sort),
  page: wholeNumber().optional().describe(descriptions.page),
  per_page: wholeNumber(MAX_PER_PAGE).optional().describe(descriptions.per_page),
  understand: flag.optional().describe(descriptions.understand),
  ignore: text.optional().describe(descriptions.ignore),
  correct: flag.optional().describe(descriptions.correct),
  explain: flag.optional().describe(descriptions.explain),
  fields: commaList.optional().describe(descriptions.fields),
  relax: flag.optional().describe(descriptions.relax),
});

const whole = z.number().int().min(1);

/** The same parameters as a JSON body; lists are arrays or strings with commas. */
const searchBody = z.strictObject({
  q: z.string().optional().describe(descriptions.q),
  filter: z.string().optional().describe(descriptions.filter),
  refine: z.string().optional().describe(descriptions.refine),
  facets: listOrCommas.optional().describe(descriptions.facets),
  facet_limit: whole.max(MAX_FACET_VALUES).optional().describe(descriptions.facet_limit),
  facet_query: z.string().optional().describe(descriptions.facet_query),
  facet_ranges: listOrCommas.optional().describe(descriptions.facet_ranges),
  category_tree: whole.max(MAX_TREE_DEPTH).optional().describe(descriptions.category_tree),
  group: z.boolean().optional().describe(descriptions.group),
  status: z.enum(SEARCH_STATUSES).optional().describe(descriptions.status),
  sort: listOrCommas.optional().describe(descriptions.sort),
  page: whole.optional().describe(descriptions.page),
  per_page: whole.max(MAX_PER_PAGE).optional().describe(descriptions.per_page),
  understand: z.boolean().optional().describe(descriptions.understand),
  ignore: z.string().optional().describe(descriptions.ignore),
  correct: z.boolean().optional().describe(descriptions.correct),
  explain: z.boolean().optional().describe(descriptions.explain),
  fields: listOrCommas.optional().describe(descriptions.fields),
  relax: z.boolean().optional().describe(descriptions.relax),
});

// The pipe applies the defaults and limits that all callers of the search share.
const shopperSearch = searchRequestSchema.extend(shopperParameters);
const searchFromQuery = searchQuery.extend(shopperParameters).pipe(shopperSearch);
export const searchFromBody = searchBody.pipe(searchRequestSchema);
/** The same with who searches. */
export const shopperSearchFromBody = searchBody.extend(shopperParameters).pipe(shopperSearch);

/** GET and POST /v1/search: the same search, with its parameters in the query string or as JSON. */
export const searchRoutes: FastifyPluginAsyncZod<{ service: SearchSource }> = async (app, { service }) => {
  const config = { scope: 'search' as const };
  const shared = { response: { 200: identifiedAnswerSchema }, tags: ['search'] };
  const answered = async (
    request: FastifyRequest,
    asked: SearchRequest & Shopper,
  ): Promise<IdentifiedAnswer> => {
    const { search, shopper } = splitShopper(asked);
    const given = { search: withoutInternals(request, search), shopper };
    const [answer] = await answerSearches(app, request, service, [given]);
    if (answer === undefined || answer instanceof UserError)
      throw answer ?? new Error('A search has no answer.');
    return answer;
  };
  app.get(
    '/v1/search',
    {
      config,
      schema: {
        operationId: 'search',
        summary: 'Search the catalog',
        querystring: searchFromQuery,
        ...shared,
      },
    },
    (request) => answered(request, request.query),
  );
  app.post(
    '/v1/search',
    {
      config,
      schema: {
        operationId: 'searchWithBody',
        summary: 'Search the catalog, with the parameters as JSON',
        body: shopperSearchFromBody,
        ...shared,
      },
    },
    (request) => answered(request, request.body),
  );
};
