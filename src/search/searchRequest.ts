import { z } from 'zod';
import { STATUSES } from '../domain/productStatus.js';

/** `all` for the products of every status. */
export const SEARCH_STATUSES = [...STATUSES, 'all'] as const;
export type SearchStatus = (typeof SEARCH_STATUSES)[number];

export const MAX_PER_PAGE = 250;
export const MAX_TREE_DEPTH = 20;
const DEFAULT_FACET_LIMIT = 100;

/** Characters of a query that are read: more text does not make it clearer. */
const MAX_READ_CHARACTERS = 1000;

/** A search request, independent of its transport (query string, JSON body, command-line flags). */
export const searchRequestSchema = z.strictObject({
  /** Empty: every product that passes the filter. Of a long text only the beginning is read. */
  q: z.string().max(10_000).transform(readableText).default(''),
  /** `brand = 'Acme' AND price < 50 AND attributes.color IN ['red', 'blue']`; see parseFilter. */
  filter: z.string().max(10_000).optional(),
  /**
   * Selected facet values: a filter of parts joined by AND, each on one field. The facet of each field is
   * counted without its own part.
   */
  refine: z.string().max(10_000).optional(),
  /** Fields to count values of: `brand`, `attributes.color`; `*` for the most useful ones for this result. */
  facets: z.array(z.string().min(1)).max(100).default([]),
  facet_limit: z.number().int().min(1).max(10_000).default(DEFAULT_FACET_LIMIT),
  /** `brand:ac`: lists only the values of this field that match the typed text. */
  facet_query: z.string().max(1000).optional(),
  /** `price:..20..50..` or `price:10`; see readRanges. */
  facet_ranges: z.array(z.string().min(1)).max(100).default([]),
  /** Number of category levels to count as a tree; no tree by default. */
  category_tree: z.number().int().min(1).max(MAX_TREE_DEPTH).optional(),
  /** Whether the variants of one `group_id` are one hit. */
  group: z.boolean().default(false),
  /** Products of this status only; drafts and archived ones are left out unless it is asked for them. */
  status: z.enum(SEARCH_STATUSES).default('active'),
  /** `price:asc`, `rating:desc`; by relevance if empty. */
  sort: z.array(z.string().min(1)).max(10).default([]),
  page: z.number().int().min(1).default(1),
  per_page: z.number().int().min(1).max(MAX_PER_PAGE).default(20),
  /** Whether prices, negations and names of values in `q` become filters. */
  understand: z.boolean().default(true),
  /** Interpretations of `q` to leave out: their filters joined by AND, `brand = 'Acme' AND price < 50`. */
  ignore: z.string().max(10_000).optional(),
  /** Whether to correct the spelling of words that the catalog does not know. */
  correct: z.boolean().default(true),
  explain: z.boolean().default(false),
  /** The fields of a hit's product; see selectFields. */
  fields: z.array(z.string().min(1).max(200)).max(100).optional(),
  /** Whether a refined field's own part filters its facet too, as a filter would. */
  conjunctive: z.boolean().optional(),
  /** Whether hits have `matches`: where the query's words are. */
  matches: z.boolean().optional(),
  /** Whether to relax the query if nothing is found (see relaxQuery); the answer says how. */
  relax: z.boolean().default(true),
});
export type SearchRequest = z.infer<typeof searchRequestSchema>;

/** The text up to the last space within READ_CHARACTERS, or all READ_CHARACTERS if there is no space. */
function readableText(text: string): string {
  if (text.length <= MAX_READ_CHARACTERS) return text;
  const cut = text.slice(0, MAX_READ_CHARACTERS).replace(/[\ud800-\udbff]$/, '');
  const space = cut.search(/\s\S*$/u);
  return space > 0 ? cut.slice(0, space) : cut;
}
