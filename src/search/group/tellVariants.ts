import type { LiveIndex } from '../../index/live.js';
import { type Hit, MAX_VARIANT_IDS } from '../answer.js';
import type { Order } from '../rank/order.js';
import type { Units } from './groupUnits.js';

/** Has each hit say which candidates its group has, itself first; `hits[i]` shows `listed[i]`. */
export function tellVariants(
  index: LiveIndex,
  units: Units,
  candidates: Uint32Array,
  order: Order,
  listed: readonly number[],
  hits: Hit[],
): void {
  // Place of a unit in `listed`, plus one.
  const placeOf = new Uint32Array(units.count);
  for (const [place, ordinal] of listed.entries()) placeOf[units.of[ordinal] ?? 0] = place + 1;
  const variants: number[][] = listed.map(() => []);
  for (const ordinal of candidates) {
    const place = placeOf[units.of[ordinal] ?? 0] ?? 0;
    if (place > 0) variants[place - 1]?.push(ordinal);
  }
  for (const [place, hit] of hits.entries()) {
    const group = (variants[place] ?? []).sort(order);
    hit.variants = {
      count: group.length,
      ids: group.slice(0, MAX_VARIANT_IDS).map((ordinal) => index.idOf(ordinal)),
    };
  }
}
