import type { Store } from '../../store/open.js';
import { type Quality, qualitySchema } from './measureQuality.js';

const SETTING = 'quality';

export function saveQuality({ settings }: Pick<Store, 'settings'>, quality: Quality): void {
  settings.set(SETTING, quality);
}

/** As it was measured last; undefined where it never was, or by a Shelfwright that measured something else. */
export function readQuality({ settings }: Pick<Store, 'settings'>): Quality | undefined {
  return qualitySchema.safeParse(settings.get(SETTING)).data;
}
