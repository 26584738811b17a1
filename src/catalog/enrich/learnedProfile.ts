import { z } from 'zod';
import type { Enricher } from '../../enrich/enrich.js';
import type { Store } from '../../store/open.js';

const SETTING = 'learned';
const FORMAT = 1;

const learnedSchema = z.object({
  format: z.literal(FORMAT),
  /** When, as ISO 8601 in UTC. */
  at: z.string(),
  /** The store's change number up to which its rows could teach. */
  sequence: z.number().int(),
  rows: z.number().int(),
  signature: z.string(),
});

/** When the store's enricher learned, and from what. */
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

/** Undefined where nothing was learned yet, or by a Shelfwright that noted something else. */
export function readLearned({ settings }: Pick<Store, 'settings'>): Learned | undefined {
  return learnedSchema.safeParse(settings.get(SETTING)).data;
}
