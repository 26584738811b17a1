import type { LiveIndex } from '../../../index/liveIndex.js';
import type { Bitset } from '../../../structures/bitset.js';
import { applyFilter } from '../../filter/applyFilter.js';
import { productsContaining } from '../../filter/textFilter.js';
import type { Interpretation, Reading } from './interpretation.js';

/** So many readings that a product surely agrees with are all there is to agree with. */
const FULL = 4;

/** What readings came to: what was found under the strict ones, and how far each product agrees with the others. */
export interface InterpretedSearch<Found> {
  readonly found: Found;
  readonly readings: readonly Reading[];
  /** What of a set the strict readings hold for; changes the set. */
  passing(set: Bitset): Bitset;
  /** 0 to 1. */
  agreement(ordinal: number): number;
}

/**
 * Finds what passes `pass` and the strict readings. Those that together would leave nothing of what is found
 * without them filter no more, the last of the query first; readings of which no product is true are not shown.
 */
export function applyInterpretations<Found extends { readonly set: Bitset }>(
  index: LiveIndex,
  senses: readonly Interpretation[],
  pass: Bitset,
  find: (pass: Bitset) => Found,
): InterpretedSearch<Found> {
  const read = senses
    .map((sense) => ({ sense, bits: applyFilter(index, sense.parsed) }))
    .filter(({ sense, bits }) => sense.consumesWords || bits.count() > 0);
  const strict = read.filter(({ sense }) => sense.strict);
  const all = strict.reduce((set, { bits }) => set.and(bits), pass.clone());
  let found = find(all);
  let kept = strict;
  if (strict.length > 0 && found.set.count() === 0) {
    const wide = find(pass.clone());
    if (wide.set.count() > 0) {
      const left = wide.set.clone();
      kept = strict.filter(({ bits }) => left.countAnd(bits) > 0 && left.and(bits));
      found = kept.length === 0 ? wide : find(kept.reduce((set, { bits }) => set.and(bits), pass.clone()));
    }
  }
  const filtering = new Set(kept);
  const boosts = read.flatMap((one) => boostOf(index, one));
  return {
    found,
    readings: read.map((one) => {
      const { text, start, end, filter } = one.sense;
      return { text, start, end, filter, strict: filtering.has(one) };
    }),
    passing: (set) => kept.reduce((held, { bits }) => held.and(bits), set),
    agreement: (ordinal) => {
      let sum = 0;
      for (const { bits, weight } of boosts) if (bits.has(ordinal)) sum += weight;
      return Math.min(1, sum / FULL);
    },
  };

  function boostOf(
    at: LiveIndex,
    one: { sense: Interpretation; bits: Bitset },
  ): { bits: Bitset; weight: number }[] {
    const { sense, bits } = one;
    if (sense.missing !== undefined)
      return [{ bits: productsContaining(at, sense.missing).and(bits), weight: 1 }];
    return filtering.has(one) && isBound(sense) ? [] : [{ bits, weight: sense.certainty }];
  }
}

/** A price or what is not wanted: all that is found agrees. */
function isBound({ consumesWords }: Interpretation): boolean {
  return consumesWords;
}
