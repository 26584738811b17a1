import { z } from 'zod';

/** The figures of one learning, as they are logged. */
export const learnReportSchema = z.object({
  /** When it ended, and the time that its events are from, in ISO 8601. */
  at: z.string(),
  from: z.string(),
  searches: z.number(),
  queries: z.number(),
  /** Searches of rare queries that were left out. */
  left_out: z.number(),
  /**
   * Drift: the later half of the time against the earlier one. Shares of searches that led to a click, that found nothing,
   * and (later half) whose query the earlier half did not have; null without searches in a half.
   */
  drift: z
    .object({
      clicked: z.tuple([z.number(), z.number()]),
      empty: z.tuple([z.number(), z.number()]),
      new_queries: z.number(),
    })
    .nullable(),
  /**
   * What filled values are worth: NDCG@10 of the judged queries by the judgments from clicks, with and without them, the
   * 95 % interval of the difference, and queries that find nothing; null where nothing was filled or judged.
   */
  enrichment: z
    .object({
      queries: z.number(),
      ndcg_with: z.number(),
      ndcg_without: z.number(),
      low: z.number(),
      high: z.number(),
      empty_with: z.number(),
      empty_without: z.number(),
    })
    .nullable()
    .default(null),
  judged_queries: z.number(),
  judgments: z.number(),
  click_model: z.object({
    converged: z.boolean(),
    iterations: z.number(),
    examination: z.array(z.number()),
  }),
  orders: z.number(),
  /** Orders of more than 50 products, of which 50 count. */
  orders_cut: z.number(),
  pairs: z.number(),
  fixes: z.number(),
  weights: z.object({
    /** Queries that the weights were fitted on, and that they were compared on. */
    fitted_on: z.number(),
    held_out: z.number(),
    /** NDCG@10 of the held-out queries by the judgments from clicks, with the weights in use and with fitted ones. */
    before: z.number(),
    after: z.number(),
    /** 95 % interval of the difference. */
    low: z.number(),
    high: z.number(),
    /** Whether the fitted weights were written, to be tried as a variant. */
    offered: z.boolean(),
    reason: z.string(),
  }),
});
export type LearnReport = z.infer<typeof learnReportSchema>;
