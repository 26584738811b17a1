import { z } from 'zod';
import { weightsFileSchema } from './rankingWeights.js';

const diversitySchema = z.strictObject({
  by: z.enum(['brand', 'category']).describe('Of what the first places show more different ones.'),
  strength: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.3)
    .describe('From 0, the order by score, to 1, as different as possible.'),
});
export type Diversity = z.infer<typeof diversitySchema>;

const explorationSchema = z.strictObject({
  share: z
    .number()
    .gt(0)
    .max(0.5)
    .default(0.1)
    .describe('Share of the first hundred places that go to products shown rarely so far.'),
  max_shown: z
    .int()
    .min(1)
    .max(10_000)
    .default(100)
    .describe('A product counts as new until it was looked at so often.'),
});
export type Exploration = z.infer<typeof explorationSchema>;

/**
 * How results are ordered, as far as it is a choice: as an experiment's variant, and as adopted from one. A member that is
 * absent is as it serves.
 */
export const rankingSettings = {
  weights: weightsFileSchema.shape.weights
    .optional()
    .describe('Weights of the features of the ranking; features without one have their default.'),
  popularity: z
    .enum(['catalog', 'learned'])
    .optional()
    .describe(
      'Where the feature popularity comes from: a field of the catalog such as sales, or what shoppers clicked and bought, halved every 30 days.',
    ),
  diversity: diversitySchema
    .nullable()
    .optional()
    .describe('Spreads brands or categories over the first hundred places; null: not.'),
  exploration: explorationSchema
    .nullable()
    .optional()
    .describe('Gives some of the first hundred places to new products, by Thompson sampling; null: none.'),
};
export const rankingSettingsSchema = z.strictObject(rankingSettings);
export type RankingSettings = z.infer<typeof rankingSettingsSchema>;
