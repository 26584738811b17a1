import { z } from 'zod';
import type { Store } from '../../store/open.js';

const SETTING = 'completeness_history';
const FORMAT = 1;
/** Some years of nightly reindexes. */
const MAX_POINTS = 1500;

const pointSchema = z.object({
  at: z.string(),
  generation: z.string(),
  products: z.number().int(),
  /** The share of cells that the merchant filled. */
  before: z.number(),
  /** The share with applied values. */
  after: z.number(),
});
/** How complete the catalog was at a reindex. */
export type CompletenessPoint = z.infer<typeof pointSchema>;

const historySchema = z.object({ format: z.literal(FORMAT), points: z.array(pointSchema) });

/** One point for each reindex, oldest first. */
export function readCompletenessHistory({ settings }: Pick<Store, 'settings'>): CompletenessPoint[] {
  return historySchema.safeParse(settings.get(SETTING)).data?.points ?? [];
}

export function addToCompletenessHistory(store: Store, point: CompletenessPoint): void {
  store.transaction(() => {
    const points = [...readCompletenessHistory(store), point].slice(-MAX_POINTS);
    store.settings.set(SETTING, { format: FORMAT, points });
  });
}

/** Adds a point that says the same as the last one, for a reindex that found nothing changed. */
export function repeatInCompletenessHistory(store: Store, generation: string): void {
  const last = readCompletenessHistory(store).at(-1);
  if (last === undefined) return;
  addToCompletenessHistory(store, { ...last, at: new Date().toISOString(), generation });
}
