import { z } from 'zod';
import type { Store } from '../../store/open.js';
import type { Measure } from './measures/measure.js';

const SETTING = 'quality_history';
const FORMAT = 1;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MAX_POINTS = 1000;

const pointSchema = z.object({
  at: z.string(),
  generation: z.string().nullable(),
  /** By measure; only known values. */
  values: z.record(z.string(), z.number()),
});
/** The measured values of one time. */
export type QualityPoint = z.infer<typeof pointSchema>;

const historySchema = z.object({ format: z.literal(FORMAT), points: z.array(pointSchema) });

/** Oldest first. */
export function readQualityHistory({ settings }: Pick<Store, 'settings'>): QualityPoint[] {
  return historySchema.safeParse(settings.get(SETTING)).data?.points ?? [];
}

/** Adds a measurement. All of the last day are kept, of the week before one an hour, of older ones one a day. */
export function addToQualityHistory(
  store: Pick<Store, 'settings'>,
  {
    at,
    generation,
    measures,
  }: { readonly at: string; readonly generation: string | null; readonly measures: readonly Measure[] },
): void {
  const values = Object.fromEntries(
    measures.flatMap(({ name, value }) => (value === null ? [] : [[name, value]])),
  );
  const points = thinned([...readQualityHistory(store), { at, generation, values }], Date.parse(at));
  store.settings.set(SETTING, { format: FORMAT, points });
}

function thinned(points: readonly QualityPoint[], now: number): QualityPoint[] {
  const kept = new Map<string, QualityPoint>();
  for (const point of points) {
    const age = now - Date.parse(point.at);
    const day = point.at.slice(0, 10);
    const hour = Math.floor(Date.parse(point.at) / HOUR_MS);
    kept.set(age <= DAY_MS ? point.at : age <= 8 * DAY_MS ? `hour ${hour}` : `day ${day}`, point);
  }
  return [...kept.values()].slice(-MAX_POINTS);
}
