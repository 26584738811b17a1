import type { LiveIndex } from '../index/liveIndex.js';
import type { SortOrder } from './rank/sortOrder.js';
import { type Hit, MAX_VARIANT_IDS } from './searchAnswer.js';

/** Maps products to groups: `groupOf[ordinal]` is a number below `count`. */
export interface VariantGroups {
  readonly groupOf: Uint32Array;
  readonly count: number;
}

/** The variants of one `group_id` are one group; a product without one is a group of its own. */
export function variantGroups(index: LiveIndex): VariantGroups {
  const column = index.columns.field('group_id');
  const groups = column?.values.length ?? 0;
  const groupOf = new Uint32Array(index.size);
  for (let ordinal = 0; ordinal < groupOf.length; ordinal++) groupOf[ordinal] = groups + ordinal;
  if (column !== undefined) {
    const { ordinals, codes } = column;
    for (let cell = ordinals.length - 1; cell >= 0; cell--) groupOf[ordinals[cell] ?? 0] = codes[cell] ?? 0;
  }
  return { groupOf, count: groups + groupOf.length };
}

/**
 * One candidate per group: the first of its variants by `order`, which must be total. The result is
 * unordered.
 */
export function onePerGroup(groups: VariantGroups, candidates: Uint32Array, order: SortOrder): Uint32Array {
  // Position of each group's candidate in `representatives`, plus one.
  const positionOf = new Uint32Array(groups.count);
  const representatives = new Uint32Array(candidates.length);
  let count = 0;
  for (const ordinal of candidates) {
    const group = groups.groupOf[ordinal] ?? 0;
    const position = positionOf[group] ?? 0;
    if (position === 0) {
      representatives[count++] = ordinal;
      positionOf[group] = count;
    } else if (order(ordinal, representatives[position - 1] ?? 0) < 0)
      representatives[position - 1] = ordinal;
  }
  return representatives.subarray(0, count);
}

/** Adds to each hit the candidates of its group, the hit itself first; `hits[i]` shows `listed[i]`. */
export function listVariants(
  index: LiveIndex,
  groups: VariantGroups,
  candidates: Uint32Array,
  order: SortOrder,
  page: readonly number[],
  hits: Hit[],
): void {
  // Position of each group in `page`, plus one.
  const positionOf = new Uint32Array(groups.count);
  for (const [position, ordinal] of page.entries()) positionOf[groups.groupOf[ordinal] ?? 0] = position + 1;
  const variants: number[][] = page.map(() => []);
  for (const ordinal of candidates) {
    const position = positionOf[groups.groupOf[ordinal] ?? 0] ?? 0;
    if (position > 0) variants[position - 1]?.push(ordinal);
  }
  for (const [position, hit] of hits.entries()) {
    const group = (variants[position] ?? []).sort(order);
    hit.variants = {
      count: group.length,
      ids: group.slice(0, MAX_VARIANT_IDS).map((ordinal) => index.idOf(ordinal)),
    };
  }
}
