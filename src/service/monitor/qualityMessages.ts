import { z } from 'zod';
import { monitoringSchema } from '../../configuration/monitoring.js';
import { qualitySchema } from './quality.js';

/** The parent's one message to the process that measures. */
export const measureRequestSchema = z.object({
  dataDir: z.string(),
  indexesDir: z.string(),
  settings: monitoringSchema,
});
export type MeasureRequest = z.infer<typeof measureRequestSchema>;

/** Its one answer. */
export const measureResponseSchema = z.union([
  z.object({ quality: qualitySchema }),
  /** Why nothing could be measured: one sentence. */
  z.object({ failure: z.string() }),
]);
export type MeasureResponse = z.infer<typeof measureResponseSchema>;
