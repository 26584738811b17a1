import type { Bitset } from '../../structures/bitset.js';

/** The members that a set of products has more than another, and those that it lacks; ascending. */
export interface Difference {
  readonly entered: Uint32Array;
  readonly left: Uint32Array;
}

/** The columns of an index mostly ask for the same difference. */
const last = new WeakMap<Bitset, { readonly before: Bitset; readonly difference: Difference }>();

/** What changed from one set of products to a later one, which may be larger. The sets must not change any more. */
export function differenceOf(before: Bitset, after: Bitset): Difference {
  const known = last.get(after);
  if (known?.before === before) return known.difference;
  const earlier = before.resized(after.size);
  const difference =
    before === after
      ? { entered: new Uint32Array(0), left: new Uint32Array(0) }
      : { entered: after.clone().andNot(earlier).toArray(), left: earlier.andNot(after).toArray() };
  last.set(after, { before, difference });
  return difference;
}
