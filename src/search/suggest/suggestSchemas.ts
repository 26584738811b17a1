import { z } from 'zod';

export const MAX_SUGGESTIONS = 50;

/** The text typed so far, and how many completions to return. */
export const suggestRequestSchema = z.strictObject({
  /** Empty: the most popular ones. A space at the end means that the last word is complete. */
  q: z.string().max(1000).default(''),
  limit: z.number().int().min(1).max(MAX_SUGGESTIONS).default(10),
});
export type SuggestRequest = z.infer<typeof suggestRequestSchema>;

/** In the order in which they are listed. */
export const SUGGESTION_KINDS = ['query', 'category', 'brand', 'value', 'product'] as const;
export type SuggestionKind = (typeof SUGGESTION_KINDS)[number];

const suggestionSchema = z.object({
  kind: z.enum(SUGGESTION_KINDS),
  /** The text to show and, for a query, to search for. */
  text: z.string(),
  /** The filter for a category, brand or value, as `GET /v1/search` accepts it. */
  filter: z.string().optional(),
  /** The id of the product. */
  id: z.string().optional(),
  /** Number of live products. */
  count: z.number().int().optional(),
  /** The spans of the text that were typed: `[start, end]` in UTF-16 units, ascending. */
  highlights: z.array(z.tuple([z.number().int(), z.number().int()])),
});
export type Suggestion = z.infer<typeof suggestionSchema>;

export const suggestAnswerSchema = z.object({
  query: z.string(),
  suggestions: z.array(suggestionSchema),
  took_ms: z.number(),
});
export type SuggestAnswer = z.infer<typeof suggestAnswerSchema>;
