import { z } from 'zod';
import { MAX_PER_PAGE, searchRequestSchema } from '../search/request.js';

const once = (issue: { input?: unknown }) =>
  Array.isArray(issue.input) ? 'given more than once; give it once, lists with commas between' : undefined;

const text = z.string({ error: once });

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

const commaList = text.transform(splitList);

const flag = z
  .enum(['true', 'false', '1', '0'], {
    error: (issue) => once(issue) ?? `expected true or false, found ${JSON.stringify(issue.input)}`,
  })
  .transform((value) => value === 'true' || value === '1');

const described = {
  q: 'What the shopper typed; empty for every product that passes the filter.',
  filter: "Such as brand = 'Acme' AND price < 50 AND attributes.color IN ['red', 'blue'].",
  facets: 'Fields to count values of, such as brand,attributes.color; * for those that say most.',
  facet_limit: 'How many values a facet lists, the largest counts first; 100 unless said.',
  sort: 'Such as price:asc,rating:desc; by relevance unless said.',
  page: 'From 1.',
  per_page: `Hits a page; 20 unless said, at most ${MAX_PER_PAGE}.`,
  correct: 'Whether mistyped words are read as the nearest ones that the catalog knows; true unless said.',
  explain: 'Whether each hit says how its score came about.',
};

/** A search as a query string writes it; the output is what `searchRequestSchema` takes. */
const searchQuerySchema = z.strictObject({
  q: text.optional().describe(described.q),
  filter: text.optional().describe(described.filter),
  facets: commaList.optional().describe(described.facets),
  facet_limit: wholeNumber(10_000).optional().describe(described.facet_limit),
  sort: commaList.optional().describe(described.sort),
  page: wholeNumber().optional().describe(described.page),
  per_page: wholeNumber(MAX_PER_PAGE).optional().describe(described.per_page),
  correct: flag.optional().describe(described.correct),
  explain: flag.optional().describe(described.explain),
});

const listOrCommas = z.union([z.array(z.string()), z.string().transform(splitList)], {
  error: 'expected a list of strings, or one string with commas between',
});
const whole = z.number().int().min(1);

/** The same names as JSON; lists as arrays or with commas between. */
const searchBodySchema = z.strictObject({
  q: z.string().optional().describe(described.q),
  filter: z.string().optional().describe(described.filter),
  facets: listOrCommas.optional().describe(described.facets),
  facet_limit: whole.max(10_000).optional().describe(described.facet_limit),
  sort: listOrCommas.optional().describe(described.sort),
  page: whole.optional().describe(described.page),
  per_page: whole.max(MAX_PER_PAGE).optional().describe(described.per_page),
  correct: z.boolean().optional().describe(described.correct),
  explain: z.boolean().optional().describe(described.explain),
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
