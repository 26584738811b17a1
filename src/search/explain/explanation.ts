import { z } from 'zod';
import { factSchema } from '../../domain/fact.js';
import { LEXICAL_FIELDS } from '../../index/liveIndex.js';

/** Why a product is a hit, and how its score is composed. */
export const explanationSchema = z.object({
  /** Words of the query found in the product, as typed. */
  matched: z.array(z.string()),
  /** Named shares that add up to the hit's score. */
  shares: z.record(z.string(), z.number()),
  /** The fields in which each of the matched words was found. */
  words: z.array(z.object({ word: z.string(), fields: z.array(z.enum(LEXICAL_FIELDS)) })),
  /** Each feature of the ranking; its share is its value times its weight. */
  features: z.record(
    z.string(),
    z.object({ value: z.number(), weight: z.number(), share: z.number(), about: z.string() }),
  ),
  /** Values filled by the enricher, not by the merchant, by which this hit was found, filtered or ranked. */
  facts: z.array(factSchema),
  /** Ids of the merchandising rules that pinned, moved or scored it. */
  rules: z.array(z.string()).optional(),
});
export type Explanation = z.infer<typeof explanationSchema>;
