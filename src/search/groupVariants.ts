import type { LiveIndex } from '../index/liveIndex.js';
import type { SortOrder } from './rank/sortOrder.js';
import { type Hit, MAX_VARIANT_IDS } from './searchAnswer.js';

/** Which products count as one: `of[ordinal]` numbers the unit, below `count`. */
export interface VariantGroups {
  readonly groupOf: Uint32Array;
  readonly count: number;
}

/** The variants of one `group_id` are one unit; a product without one is its own. */
export function variantGroups(index: LiveIndex): VariantGroups {
  const column = index.columns.field('group_id');
  const groups = column?.values.length ?? 0;
  const of = new Uint32Array(index.size);
  for (let ordinal = 0; ordinal < of.length; ordinal++) of[ordinal] = groups + ordinal;
  if (column !== undefined) {
    const { ordinals, codes } = column;
    for (let cell = ordinals.length - 1; cell >= 0; cell--) of[ordinals[cell] ?? 0] = codes[cell] ?? 0;
  }
  return { groupOf: of, count: groups + of.length };
}

/** One candidate a group, the first of its variants in an order that is total; in no order themselves. */
export function onePerGroup(units: VariantGroups, candidates: Uint32Array, order: SortOrder): Uint32Array {
  // Place of a unit's first candidate in `shown`, plus one.
  const placeOf = new Uint32Array(units.count);
  const shown = new Uint32Array(candidates.length);
  let count = 0;
  for (const ordinal of candidates) {
    const unit = units.groupOf[ordinal] ?? 0;
    const place = placeOf[unit] ?? 0;
    if (place === 0) {
      shown[count++] = ordinal;
      placeOf[unit] = count;
    } else if (order(ordinal, shown[place - 1] ?? 0) < 0) shown[place - 1] = ordinal;
  }
  return shown.subarray(0, count);
}

/** Has each hit say which candidates its group has, itself first; `hits[i]` shows `listed[i]`. */
export function listVariants(
  index: LiveIndex,
  units: VariantGroups,
  candidates: Uint32Array,
  order: SortOrder,
  listed: readonly number[],
  hits: Hit[],
): void {
  // Place of a unit in `listed`, plus one.
  const placeOf = new Uint32Array(units.count);
  for (const [place, ordinal] of listed.entries()) placeOf[units.groupOf[ordinal] ?? 0] = place + 1;
  const variants: number[][] = listed.map(() => []);
  for (const ordinal of candidates) {
    const place = placeOf[units.groupOf[ordinal] ?? 0] ?? 0;
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
