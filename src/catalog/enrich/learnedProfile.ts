import { z } from 'zod';
import type { Enricher } from '../../enrich/enricher.js';
import type { Store } from '../../store/open.js';

const SETTING = 'learned';
const FORMAT = 1;

const learnedSchema = z.object({
  format: z.literal(FORMAT),
  /** When it learned, as ISO 8601 in UTC. */
  at: z.string(),
  /** The store's newest change when learning started. */
  sequence: z.number().int(),
  rows: z.number().int(),
  signature: z.string(),
});

/** When the store's enricher learned, and from how much. */
export type Learned = z.infer<typeof learnedSchema>;

export function saveLearnedProfile(
  { settings }: Pick<Store, 'settings'>,
  enricher: Enricher,
  sequence: number,
): void {
  const { signature, report } = enricher;
  const learned: Learned = {
    format: FORMAT,
    at: new Date().toISOString(),
    sequence,
    rows: report.learnedFrom,
    signature,
  };
  settings.set(SETTING, learned);
}

/** Undefined where nothing was learned yet, or the profile has another format. */
export function readLearned({ settings }: Pick<Store, 'settings'>): Learned | undefined {
  return learnedSchema.safeParse(settings.get(SETTING)).data;
}
