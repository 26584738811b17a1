import { z } from 'zod';

/** Kinds of long work that the service does in a process of its own. */
export const jobKinds = ['import', 'enrich', 'reindex'] as const;
export type JobKind = (typeof jobKinds)[number];

const jobStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;

export const jobSchema = z.object({
  id: z.string(),
  kind: z.enum(jobKinds),
  state: z.enum(jobStates),
  /** What was asked for. */
  request: z.record(z.string(), z.unknown()),
  /** Times in ISO 8601. */
  created: z.string(),
  started: z.string().nullable(),
  finished: z.string().nullable(),
  /** How often it was started; more than once where the service ended while it ran. */
  attempts: z.number().int(),
  /** Where it stands; only the service that runs it knows. */
  progress: z.object({ step: z.string(), done: z.number(), total: z.number().nullable() }).nullable(),
  /** What it reported when it was done. */
  report: z.record(z.string(), z.unknown()).nullable(),
  /** Why it failed, a sentence. */
  error: z.string().nullable(),
});
export type Job = z.infer<typeof jobSchema>;
