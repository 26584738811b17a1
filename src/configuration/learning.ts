import { z } from 'zod';

const RETRAIN = ['off', 'quarterly', 'monthly', 'weekly', 'nightly'] as const;

/** What is learned from events. */
export const learningSchema = z
  .strictObject({
    retrain: z
      .enum(RETRAIN)
      .default('quarterly')
      .describe(
        'How often the service learns from events by itself, at night: off, quarterly, monthly, weekly or nightly. Nothing learned changes the ranking before it won an experiment.',
      ),
    hour: z.int().min(0).max(23).default(3).describe('The hour in which it starts, UTC.'),
    days: z.int().min(1).max(3650).default(90).describe('Days of events that it learns from.'),
  })
  .describe('What the service learns from events: judgments, complements, popularity, weights, fixes.');
export type LearningSettings = z.infer<typeof learningSchema>;
