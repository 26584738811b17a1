import { z } from 'zod';

/** Kinds of work that the service runs in a child process. */
export const jobKinds = ['import', 'enrich', 'reindex', 'fill', 'audit', 'taxonomy', 'learn'] as const;
export type JobKind = (typeof jobKinds)[number];

const jobStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;

export const jobSchema = z.object({
  id: z.string(),
  kind: z.enum(jobKinds),
  state: z.enum(jobStates),
  /** The parameters of the job. */
  request: z.record(z.string(), z.unknown()),
  /** Times in ISO 8601. */
  created: z.string(),
  started: z.string().nullable(),
  finished: z.string().nullable(),
  /** How often it started; more than once if the service or the child process ended while it ran. */
  attempts: z.number().int(),
  /** The current step. Null unless this service process runs the job. */
  progress: z.object({ step: z.string(), done: z.number(), total: z.number().nullable() }).nullable(),
  /** The report of a job that is done. */
  report: z.record(z.string(), z.unknown()).nullable(),
  /** One sentence, for a job that failed. */
  error: z.string().nullable(),
});
export type Job = z.infer<typeof jobSchema>;
