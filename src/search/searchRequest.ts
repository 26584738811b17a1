import { z } from 'zod';

export const MAX_PER_PAGE = 250;
export const MAX_TREE_DEPTH = 20;
const DEFAULT_FACET_LIMIT = 100;

/** What is read of a query: more words say no more of what is looked for. */
const READ_CHARACTERS = 1000;

/** A search, as the faces hand it in once their own notation (query string, flags) is read. */
export const searchRequestSchema = z.strictObject({
  /** Empty: every product that passes the filter. Of a text that was pasted the beginning is read. */
  q: z.string().max(10_000).transform(beginning).default(''),
  /** `brand = 'Acme' AND price < 50 AND attributes.color IN ['red', 'blue']`; see filter.ts. */
  filter: z.string().max(10_000).optional(),
  /** What was ticked: a filter of parts joined by AND, one field each; each field's facet is counted without its own. */
  refine: z.string().max(10_000).optional(),
  /** Fields to count values of: `brand`, `attributes.color`; `*` for those that say most about this result. */
  facets: z.array(z.string().min(1)).max(100).default([]),
  facet_limit: z.number().int().min(1).max(10_000).default(DEFAULT_FACET_LIMIT),
  /** `brand:ac`: of this field list only the values that match what was typed. */
  facet_query: z.string().max(1000).optional(),
  /** `price:..20..50..` or `price:10`; see readRanges. */
  facet_ranges: z.array(z.string().min(1)).max(100).default([]),
  /** How many levels of the categories to count as a tree; none unless said. */
  category_tree: z.number().int().min(1).max(MAX_TREE_DEPTH).optional(),
  /** Whether the variants of one `group_id` are one hit. */
  group: z.boolean().default(false),
  /** `price:asc`, `rating:desc`; without any, by relevance. */
  sort: z.array(z.string().min(1)).max(10).default([]),
  page: z.number().int().min(1).default(1),
  per_page: z.number().int().min(1).max(MAX_PER_PAGE).default(20),
  /** Whether prices, negations and names of values in `q` are read as filters. */
  understand: z.boolean().default(true),
  /** Readings of `q` to leave out: a conjunction of their filters, `brand = 'Acme' AND price < 50`. */
  ignore: z.string().max(10_000).optional(),
  /** Whether words that the catalog does not know are read as their nearest neighbours. */
  correct: z.boolean().default(true),
  explain: z.boolean().default(false),
  /** Where nothing is found, ask for less, and say so (see relax). */
  relax: z.boolean().default(true),
});
export type SearchRequest = z.infer<typeof searchRequestSchema>;

/** The text up to the last space within what is read; up to there where it has none. */
function beginning(text: string): string {
  if (text.length <= READ_CHARACTERS) return text;
  const cut = text.slice(0, READ_CHARACTERS).replace(/[\ud800-\udbff]$/, '');
  const space = cut.search(/\s\S*$/u);
  return space > 0 ? cut.slice(0, space) : cut;
}
