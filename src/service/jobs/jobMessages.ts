import { z } from 'zod';
import { configurationSchema } from '../../configuration/configuration.js';
import { jobKinds } from '../../domain/job.js';

/** What a job's process is started with. */
export const assignmentSchema = z.object({
  id: z.string(),
  kind: z.enum(jobKinds),
  request: z.record(z.string(), z.unknown()),
  dataDir: z.string(),
  indexesDir: z.string(),
  modelDir: z.string(),
  /** What the service was started with, so that a job goes by the same. */
  configuration: configurationSchema.optional(),
  /** Empty where no file may be named. */
  importFolder: z.string(),
});
export type Assignment = z.infer<typeof assignmentSchema>;

/** What it tells of itself. */
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
