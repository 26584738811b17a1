import type { Column } from '../../index/live.js';

export const BLANK = -1;

/** The code of each product's first value, by ordinal below `size`; BLANK where it has none. */
export function firstCodes(size: number, { ordinals, codes }: Column): Int32Array {
  const firsts = new Int32Array(size).fill(BLANK);
  for (let cell = codes.length - 1; cell >= 0; cell--) firsts[ordinals[cell] ?? 0] = codes[cell] ?? BLANK;
  return firsts;
}
