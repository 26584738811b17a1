import { z } from 'zod';
import { monitoringSchema } from '../../configuration/monitoring.js';
import { qualitySchema } from './measureQuality.js';

/** What the process that measures is started with. */
export const measureRequestSchema = z.object({
  dataDir: z.string(),
  indexesDir: z.string(),
  settings: monitoringSchema,
});
export type MeasureRequest = z.infer<typeof measureRequestSchema>;

/** What it finds. */
export const measureResponseSchema = z.union([
  z.object({ quality: qualitySchema }),
  /** Why nothing could be measured, a sentence. */
  z.object({ failure: z.string() }),
]);
export type MeasureResponse = z.infer<typeof measureResponseSchema>;
