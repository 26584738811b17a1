import { z } from 'zod';

export const MAX_SUGGESTIONS = 50;

/** What has been typed, and how many completions are wanted. */
export const suggestRequestSchema = z.strictObject({
  /** Empty: what is most popular. A space at the end says that the last word is done. */
  q: z.string().max(1000).default(''),
  limit: z.number().int().min(1).max(MAX_SUGGESTIONS).default(10),
});
export type SuggestRequest = z.infer<typeof suggestRequestSchema>;

/** In the order in which they are listed. */
export const SUGGESTION_KINDS = ['query', 'category', 'brand', 'value', 'product'] as const;
export type SuggestionKind = (typeof SUGGESTION_KINDS)[number];

const suggestionSchema = z.object({
  kind: z.enum(SUGGESTION_KINDS),
  /** What to show and, for a query, to search. */
  text: z.string(),
  /** The filter that a category, brand or value stands for, as `GET /v1/search` takes it. */
  filter: z.string().optional(),
  /** The product's. */
  id: z.string().optional(),
  /** Living products behind it. */
  count: z.number().int().optional(),
  /** What of the text was typed: `[start, end]` in UTF-16 units, ascending. */
  highlights: z.array(z.tuple([z.number().int(), z.number().int()])),
});
export type Suggestion = z.infer<typeof suggestionSchema>;

export const suggestAnswerSchema = z.object({
  query: z.string(),
  suggestions: z.array(suggestionSchema),
  took_ms: z.number(),
});
export type SuggestAnswer = z.infer<typeof suggestAnswerSchema>;
