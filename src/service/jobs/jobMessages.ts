import { z } from 'zod';
import { configurationSchema } from '../../configuration/configuration.js';
import { jobKinds } from '../../domain/job.js';

/** The parent's one message to the process of a job. */
export const assignmentSchema = z.object({
  id: z.string(),
  kind: z.enum(jobKinds),
  request: z.record(z.string(), z.unknown()),
  dataDir: z.string(),
  indexesDir: z.string(),
  modelDir: z.string(),
  /** The service's own, so that a job uses the same settings. */
  configuration: configurationSchema.optional(),
  /** Empty where imports may not name files. */
  importFolder: z.string(),
});
export type Assignment = z.infer<typeof assignmentSchema>;

/** What the process of a job sends. */
export const jobMessageSchema = z.discriminatedUnion('about', [
  z.object({
    about: z.literal('progress'),
    step: z.string(),
    done: z.number(),
    total: z.number().nullable(),
  }),
  z.object({ about: z.literal('report'), report: z.record(z.string(), z.unknown()) }),
  z.object({ about: z.literal('failure'), error: z.string() }),
]);
export type JobMessage = z.infer<typeof jobMessageSchema>;
