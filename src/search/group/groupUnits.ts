import type { LiveIndex } from '../../index/live.js';

/** Which products count as one: `of[ordinal]` numbers the unit, below `count`. */
export interface Units {
  readonly of: Uint32Array;
  readonly count: number;
}

/** The variants of one `group_id` are one unit; a product without one is its own. */
export function groupUnits(index: LiveIndex): Units {
  const column = index.columns.field('group_id');
  const groups = column?.values.length ?? 0;
  const of = new Uint32Array(index.size);
  for (let ordinal = 0; ordinal < of.length; ordinal++) of[ordinal] = groups + ordinal;
  if (column !== undefined) {
    const { ordinals, codes } = column;
    for (let cell = ordinals.length - 1; cell >= 0; cell--) of[ordinals[cell] ?? 0] = codes[cell] ?? 0;
  }
  return { of, count: groups + of.length };
}
