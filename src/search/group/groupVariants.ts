import type { Order } from '../rank/order.js';
import type { Units } from './groupUnits.js';

/** One candidate a group, the first of its variants in an order that is total; in no order themselves. */
export function groupVariants(units: Units, candidates: Uint32Array, order: Order): Uint32Array {
  // Place of a unit's first candidate in `shown`, plus one.
  const placeOf = new Uint32Array(units.count);
  const shown = new Uint32Array(candidates.length);
  let count = 0;
  for (const ordinal of candidates) {
    const unit = units.of[ordinal] ?? 0;
    const place = placeOf[unit] ?? 0;
    if (place === 0) {
      shown[count++] = ordinal;
      placeOf[unit] = count;
    } else if (order(ordinal, shown[place - 1] ?? 0) < 0) shown[place - 1] = ordinal;
  }
  return shown.subarray(0, count);
}
