import { z } from 'zod';
import { MAX_PER_PAGE, MAX_TREE_DEPTH, searchRequestSchema } from '../search/request.js';

const once = (issue: { input?: unknown }) =>
  Array.isArray(issue.input) ? 'given more than once; give it once, lists with commas between' : undefined;

export const text = z.string({ error: once });

/** A query-string number of at least 1, as digits. */
export function wholeNumber(maximum?: number) {
  const bounds = maximum === undefined ? { minimum: 1 } : { minimum: 1, maximum };
  return text
    .regex(/^\d{1,15}$/, {
      error: (issue) => `expected a whole number of at least 1, found ${JSON.stringify(issue.input)}`,
    })
    .transform(Number)
    .pipe(
      z
        .number()
        .min(1)
        .max(maximum ?? Number.MAX_SAFE_INTEGER),
    )
    .meta({ type: 'integer', pattern: undefined, ...bounds });
}

export const commaList = text.transform(splitList);

export const flag = z
  .enum(['true', 'false', '1', '0'], {
    error: (issue) => once(issue) ?? `expected true or false, found ${JSON.stringify(issue.input)}`,
  })
  .transform((value) => value === 'true' || value === '1');

export const described = {
  q: 'What the shopper typed; empty for every product that passes the filter.',
  filter: "Such as brand = 'Acme' AND price < 50 AND attributes.color IN ['red', 'blue'].",
  refine:
    "What a shopper ticked, in the filter's grammar: parts joined by AND, one field each, such as brand IN ['Acme', 'Zenith'] AND attributes.color = 'red'. Filters as filter does, but each field's facet is counted without its own part.",
  facets: 'Fields to count values of, such as brand,attributes.color; * for those that say most.',
  facet_limit: 'How many values a facet lists, the largest counts first; 100 unless said.',
  facet_query:
    'A field and what was typed to find one of its values, such as brand:ac; lists only the values that match.',
  facet_ranges:
    'Numbers counted by range: price:..20..50.. (below 20, 20 to below 50, 50 and more) or price:10 (at most ten ranges of round width).',
  category_tree: 'How many levels of the categories to count as a tree, what is below included.',
  group:
    'Whether products of one group_id are one hit, shown by the variant that matches best; total, pages and facets then count groups.',
  sort: 'Such as price:asc,rating:desc; by relevance unless said.',
  page: 'From 1.',
  per_page: `Hits a page; 20 unless said, at most ${MAX_PER_PAGE}.`,
  understand: 'Whether prices, negations and names of values in q are read as filters; true unless said.',
  ignore: "Readings of q to leave out, by their filters: brand = 'Acme' AND price < 50.",
  correct: 'Whether mistyped words are read as the nearest ones that the catalog knows; true unless said.',
  explain: 'Whether each hit says how its score came about.',
  relax:
    'Whether, where nothing is found, less is asked for (understood.relaxed says what was given up); true unless said.',
};

/** A search as a query string writes it; the output is what `searchRequestSchema` takes. */
const searchQuerySchema = z.strictObject({
  q: text.optional().describe(described.q),
  filter: text.optional().describe(described.filter),
  refine: text.optional().describe(described.refine),
  facets: commaList.optional().describe(described.facets),
  facet_limit: wholeNumber(10_000).optional().describe(described.facet_limit),
  facet_query: text.optional().describe(described.facet_query),
  facet_ranges: commaList.optional().describe(described.facet_ranges),
  category_tree: wholeNumber(MAX_TREE_DEPTH).optional().describe(described.category_tree),
  group: flag.optional().describe(described.group),
  sort: commaList.optional().describe(described.sort),
  page: wholeNumber().optional().describe(described.page),
  per_page: wholeNumber(MAX_PER_PAGE).optional().describe(described.per_page),
  understand: flag.optional().describe(described.understand),
  ignore: text.optional().describe(described.ignore),
  correct: flag.optional().describe(described.correct),
  explain: flag.optional().describe(described.explain),
  relax: flag.optional().describe(described.relax),
});

const listOrCommas = z.union([z.array(z.string()), z.string().transform(splitList)], {
  error: 'expected a list of strings, or one string with commas between',
});
const whole = z.number().int().min(1);

/** The same names as JSON; lists as arrays or with commas between. */
const searchBodySchema = z.strictObject({
  q: z.string().optional().describe(described.q),
  filter: z.string().optional().describe(described.filter),
  refine: z.string().optional().describe(described.refine),
  facets: listOrCommas.optional().describe(described.facets),
  facet_limit: whole.max(10_000).optional().describe(described.facet_limit),
  facet_query: z.string().optional().describe(described.facet_query),
  facet_ranges: listOrCommas.optional().describe(described.facet_ranges),
  category_tree: whole.max(MAX_TREE_DEPTH).optional().describe(described.category_tree),
  group: z.boolean().optional().describe(described.group),
  sort: listOrCommas.optional().describe(described.sort),
  page: whole.optional().describe(described.page),
  per_page: whole.max(MAX_PER_PAGE).optional().describe(described.per_page),
  understand: z.boolean().optional().describe(described.understand),
  ignore: z.string().optional().describe(described.ignore),
  correct: z.boolean().optional().describe(described.correct),
  explain: z.boolean().optional().describe(described.explain),
  relax: z.boolean().optional().describe(described.relax),
});

/** Both notations end in the one request that search takes, its defaults filled and its limits held. */
export const searchFromQuery = searchQuerySchema.pipe(searchRequestSchema);
export const searchFromBody = searchBodySchema.pipe(searchRequestSchema);

function splitList(list: string): string[] {
  return list
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
