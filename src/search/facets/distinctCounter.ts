import { groupByNumber } from '../../structures/countingSort.js';
import { grown } from '../../structures/growTypedArray.js';
import type { VariantGroups } from '../groupVariants.js';

const MIN_ROOM = 4096;
const makeWords = (length: number) => new Uint32Array(length);

/** Counts how many distinct units fall into each of a few buckets. A unit may come several times into one. */
export class DistinctCounter {
  readonly #units: VariantGroups | undefined;
  readonly #counts: Uint32Array;
  /** The unit that each bucket took last, plus one. */
  readonly #last: Uint32Array;
  #pairBuckets = new Uint32Array(0);
  #pairUnits = new Uint32Array(0);
  #pairs = 0;

  constructor(buckets: number, units: VariantGroups | undefined) {
    this.#units = units;
    this.#counts = new Uint32Array(buckets);
    this.#last = new Uint32Array(buckets);
  }

  /** Ordinals must not descend. */
  add(bucket: number, ordinal: number): void {
    const unit = this.#units === undefined ? ordinal : (this.#units.groupOf[ordinal] ?? 0);
    if (this.#last[bucket] === unit + 1) return;
    this.#last[bucket] = unit + 1;
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    if (this.#units === undefined) return;
    if (this.#pairs === this.#pairUnits.length) {
      const room = Math.max(MIN_ROOM, 2 * this.#pairs);
      this.#pairBuckets = grown(this.#pairBuckets, room, makeWords);
      this.#pairUnits = grown(this.#pairUnits, room, makeWords);
    }
    this.#pairBuckets[this.#pairs] = bucket;
    this.#pairUnits[this.#pairs++] = unit;
  }

  /** By bucket. Variants of a group lie anywhere, so their pairs are laid out by bucket and told apart there. */
  finish(): Uint32Array {
    if (this.#units === undefined) return this.#counts;
    const buckets = this.#pairBuckets.subarray(0, this.#pairs);
    const { offsets, items: pairs } = groupByNumber(buckets, this.#counts.length);
    const distinct = new Uint32Array(this.#counts.length);
    const seenIn = new Uint32Array(this.#units.count);
    for (let bucket = 0; bucket < distinct.length; bucket++) {
      let count = 0;
      const end = offsets[bucket + 1] ?? 0;
      for (let at = offsets[bucket] ?? 0; at < end; at++) {
        const unit = this.#pairUnits[pairs[at] ?? 0] ?? 0;
        if (seenIn[unit] === bucket + 1) continue;
        seenIn[unit] = bucket + 1;
        count++;
      }
      distinct[bucket] = count;
    }
    return distinct;
  }
}
