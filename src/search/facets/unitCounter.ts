import { grown } from '../../index/grow.js';
import type { Units } from '../group/groupUnits.js';

const MIN_ROOM = 4096;
const makeWords = (length: number) => new Uint32Array(length);

/** Counts how many distinct units fall into each of a few buckets. A unit may come several times into one. */
export class UnitCounter {
  readonly #units: Units | undefined;
  readonly #counts: Uint32Array;
  /** The unit that each bucket took last, plus one. */
  readonly #last: Uint32Array;
  #pairBuckets = new Uint32Array(0);
  #pairUnits = new Uint32Array(0);
  #pairs = 0;

  constructor(buckets: number, units: Units | undefined) {
    this.#units = units;
    this.#counts = new Uint32Array(buckets);
    this.#last = new Uint32Array(buckets);
  }

  /** Ordinals must not descend. */
  add(bucket: number, ordinal: number): void {
    const unit = this.#units === undefined ? ordinal : (this.#units.of[ordinal] ?? 0);
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
    const ends = new Uint32Array(this.#counts.length);
    let end = 0;
    for (const [bucket, count] of this.#counts.entries()) {
      ends[bucket] = end;
      end += count;
    }
    const byBucket = new Uint32Array(this.#pairs);
    for (let pair = 0; pair < this.#pairs; pair++) {
      const bucket = this.#pairBuckets[pair] ?? 0;
      const place = ends[bucket] ?? 0;
      byBucket[place] = this.#pairUnits[pair] ?? 0;
      ends[bucket] = place + 1;
    }
    const distinct = new Uint32Array(this.#counts.length);
    const seenIn = new Uint32Array(this.#units.count);
    let at = 0;
    for (let bucket = 0; bucket < distinct.length; bucket++) {
      let count = 0;
      for (const last = ends[bucket] ?? 0; at < last; at++) {
        const unit = byBucket[at] ?? 0;
        if (seenIn[unit] === bucket + 1) continue;
        seenIn[unit] = bucket + 1;
        count++;
      }
      distinct[bucket] = count;
    }
    return distinct;
  }
}
