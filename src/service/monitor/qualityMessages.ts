import { z } from 'zod';
import { monitoringSchema } from '../../configuration/monitoring.js';
import { qualitySchema } from './measureQuality.js';

/** What the process that measures is started with. */
export const orderSchema = z.object({
  dataDir: z.string(),
  indexesDir: z.string(),
  settings: monitoringSchema,
});
export type Order = z.infer<typeof orderSchema>;

/** What it finds. */
export const findingSchema = z.union([
  z.object({ quality: qualitySchema }),
  /** Why nothing could be measured, a sentence. */
  z.object({ failure: z.string() }),
]);
export type Finding = z.infer<typeof findingSchema>;
