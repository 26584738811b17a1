/** A bitset: a set of small integers, 0 to `size` - 1, one bit each. Binary operations expect sets of the same size. */
export class Bitset {
  readonly size: number;
  readonly words: Uint32Array;

  /** An empty set, or one over the given words (32 members a word, the lowest bit first), which it then owns. */
  constructor(size: number, words: Uint32Array = new Uint32Array((size + 31) >>> 5)) {
    this.size = size;
    this.words = words;
  }

  static full(size: number): Bitset {
    const bits = new Bitset(size);
    bits.words.fill(0xffffffff);
    const rest = size & 31;
    if (rest !== 0) bits.words[bits.words.length - 1] = 2 ** rest - 1;
    return bits;
  }

  static of(size: number, members: Iterable<number>): Bitset {
    const bits = new Bitset(size);
    for (const member of members) bits.add(member);
    return bits;
  }

  has(member: number): boolean {
    return (((this.words[member >>> 5] ?? 0) >>> (member & 31)) & 1) === 1;
  }

  /** Ignores a member outside the size. */
  add(member: number): void {
    if (member >= this.size) return;
    const word = member >>> 5;
    this.words[word] = (this.words[word] ?? 0) | (1 << (member & 31));
  }

  delete(member: number): void {
    if (member >= this.size) return;
    const word = member >>> 5;
    this.words[word] = (this.words[word] ?? 0) & ~(1 << (member & 31));
  }

  /** Keeps what is in both; returns this set. */
  and(other: Bitset): this {
    const { words } = this;
    for (let i = 0; i < words.length; i++) words[i] = (words[i] ?? 0) & (other.words[i] ?? 0);
    return this;
  }

  /** Adds what is in the other; returns this set. */
  or(other: Bitset): this {
    const { words } = this;
    for (let i = 0; i < words.length; i++) words[i] = (words[i] ?? 0) | (other.words[i] ?? 0);
    return this;
  }

  /** Removes what is in the other; returns this set. */
  andNot(other: Bitset): this {
    const { words } = this;
    for (let i = 0; i < words.length; i++) words[i] = (words[i] ?? 0) & ~(other.words[i] ?? 0);
    return this;
  }

  count(): number {
    let total = 0;
    for (const word of this.words) total += popcount(word);
    return total;
  }

  /** The size of the intersection, without building it. */
  countAnd(other: Bitset): number {
    let total = 0;
    const { words } = this;
    for (let i = 0; i < words.length; i++) total += popcount((words[i] ?? 0) & (other.words[i] ?? 0));
    return total;
  }

  /** Visits the members in ascending order. */
  forEach(visit: (member: number) => void): void {
    const { words } = this;
    for (let i = 0; i < words.length; i++) {
      let word = words[i] ?? 0;
      while (word !== 0) {
        const lowest = word & -word;
        visit((i << 5) + 31 - Math.clz32(lowest));
        word ^= lowest;
      }
    }
  }

  /** The members, ascending. */
  toArray(): Uint32Array {
    const members = new Uint32Array(this.count());
    let next = 0;
    this.forEach((member) => {
      members[next++] = member;
    });
    return members;
  }

  clone(): Bitset {
    return new Bitset(this.size, this.words.slice());
  }

  /** A copy with room for more members, none of the new ones in it. */
  resized(size: number): Bitset {
    const copy = new Bitset(size);
    copy.words.set(this.words.subarray(0, copy.words.length));
    const rest = size & 31;
    const last = copy.words.length - 1;
    if (rest !== 0 && last >= 0) copy.words[last] = (copy.words[last] ?? 0) & (2 ** rest - 1);
    return copy;
  }
}

/** Population count: how many bits of a 32-bit word are set. In parallel (Warren, Hacker's Delight, 5-1). */
export function popcount(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
