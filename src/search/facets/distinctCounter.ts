import { groupByNumber } from '../../structures/countingSort.js';
import { grown } from '../../structures/growTypedArray.js';
import type { VariantGroups } from '../groupVariants.js';

const MIN_ROOM = 4096;
const makeWords = (length: number) => new Uint32Array(length);

/** Counts the distinct groups in each of a few buckets. A group may be added to a bucket several times. */
export class DistinctCounter {
  readonly #groups: VariantGroups | undefined;
  readonly #counts: Uint32Array;
  /** The last group added to each bucket, plus one. */
  readonly #lastGroup: Uint32Array;
  #pairBuckets = new Uint32Array(0);
  #pairUnits = new Uint32Array(0);
  #pairs = 0;

  constructor(buckets: number, groups: VariantGroups | undefined) {
    this.#groups = groups;
    this.#counts = new Uint32Array(buckets);
    this.#lastGroup = new Uint32Array(buckets);
  }

  /** Ordinals must not descend. */
  add(bucket: number, ordinal: number): void {
    const group = this.#groups === undefined ? ordinal : (this.#groups.groupOf[ordinal] ?? 0);
    if (this.#lastGroup[bucket] === group + 1) return;
    this.#lastGroup[bucket] = group + 1;
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    if (this.#groups === undefined) return;
    if (this.#pairs === this.#pairUnits.length) {
      const room = Math.max(MIN_ROOM, 2 * this.#pairs);
      this.#pairBuckets = grown(this.#pairBuckets, room, makeWords);
      this.#pairUnits = grown(this.#pairUnits, room, makeWords);
    }
    this.#pairBuckets[this.#pairs] = bucket;
    this.#pairUnits[this.#pairs++] = group;
  }

  /**
   * Counts by bucket. The variants of a group are not adjacent, so the pairs are sorted by bucket to remove
   * duplicates.
   */
  finish(): Uint32Array {
    if (this.#groups === undefined) return this.#counts;
    const buckets = this.#pairBuckets.subarray(0, this.#pairs);
    const { offsets, items: pairs } = groupByNumber(buckets, this.#counts.length);
    const distinct = new Uint32Array(this.#counts.length);
    const seenInBucket = new Uint32Array(this.#groups.count);
    for (let bucket = 0; bucket < distinct.length; bucket++) {
      let count = 0;
      const end = offsets[bucket + 1] ?? 0;
      for (let at = offsets[bucket] ?? 0; at < end; at++) {
        const group = this.#pairUnits[pairs[at] ?? 0] ?? 0;
        if (seenInBucket[group] === bucket + 1) continue;
        seenInBucket[group] = bucket + 1;
        count++;
      }
      distinct[bucket] = count;
    }
    return distinct;
  }
}
