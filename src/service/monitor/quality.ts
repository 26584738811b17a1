import { z } from 'zod';
import type { Store } from '../../store/open.js';
import { measureSchema } from './measures/measure.js';
import { addToQualityHistory } from './qualityHistory.js';

const SETTING = 'quality';
export const QUALITY_FORMAT = 1;

export const qualitySchema = z.object({
  format: z.literal(QUALITY_FORMAT),
  /** When it was measured, as ISO 8601 in UTC. */
  at: z.string(),
  generation: z.string().nullable(),
  measures: z.array(measureSchema),
});
/** All measures of a catalog's quality, taken at one time. */
export type Quality = z.infer<typeof qualitySchema>;

export function saveQuality({ settings }: Pick<Store, 'settings'>, quality: Quality): void {
  settings.set(SETTING, quality);
  addToQualityHistory({ settings }, quality);
}

/** As measured last; undefined where it never was, or in another format. */
export function readQuality({ settings }: Pick<Store, 'settings'>): Quality | undefined {
  return qualitySchema.safeParse(settings.get(SETTING)).data;
}
