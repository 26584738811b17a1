import { z } from 'zod';

export const MAX_PER_PAGE = 250;
const DEFAULT_FACET_LIMIT = 100;

/** A search, as the faces hand it in once their own notation (query string, flags) is read. */
export const searchRequestSchema = z.strictObject({
  /** Empty: every product that passes the filter. */
  q: z.string().max(1000).default(''),
  /** `brand = 'Acme' AND price < 50 AND attributes.color IN ['red', 'blue']`; see filter.ts. */
  filter: z.string().max(10_000).optional(),
  /** Fields to count values of: `brand`, `attributes.color`; `*` for those that say most about this result. */
  facets: z.array(z.string().min(1)).max(100).default([]),
  facet_limit: z.number().int().min(1).max(10_000).default(DEFAULT_FACET_LIMIT),
  /** `price:asc`, `rating:desc`; without any, by relevance. */
  sort: z.array(z.string().min(1)).max(10).default([]),
  page: z.number().int().min(1).default(1),
  per_page: z.number().int().min(1).max(MAX_PER_PAGE).default(20),
  /** Whether words that the catalog does not know are read as their nearest neighbours. */
  correct: z.boolean().default(true),
  explain: z.boolean().default(false),
});
export type SearchRequest = z.infer<typeof searchRequestSchema>;
