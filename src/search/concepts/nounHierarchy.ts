import { fold } from '../../text/fold.js';

const MAGIC = 0x6e756f31;
const HEADER = 6;
const OTHER = /[^\p{L}\p{N}]+/gu;
/** Endings of English plurals and what they stand for. */
const PLURALS: readonly (readonly [plural: string, singular: string])[] = [
  ['ies', 'y'],
  ['ves', 'fe'],
  ['ves', 'f'],
  ['men', 'man'],
  ['s', ''],
  ['es', ''],
];
const MIN_PART = 3;

/** One meaning of a noun, as a number. */
export type Meaning = number;

/** What `NounHierarchy` is made of. */
export interface Nouns {
  /** For each meaning, those one step above; the broadest come first, so that all are smaller numbers. */
  readonly above: readonly (readonly Meaning[])[];
  /** For each meaning, 0 (anything) to 1 (nothing is below). */
  readonly specificity: readonly number[];
  /** For each meaning, whether shops sell such things: artefacts, food, animals, plants and substances. */
  readonly isThing: readonly boolean[];
  /** Names by key, with their meanings that are things or above one, the most usual first; there may be none. */
  readonly names: ReadonlyMap<string, readonly Meaning[]>;
}

/**
 * Nouns, their meanings, and which meaning is a kind of which, from WordNet. One array holds everything, because a
 * hundred thousand strings would take more memory than the index of a small shop.
 */
export class NounHierarchy {
  readonly #aboveAt: Uint32Array;
  readonly #above: Uint32Array;
  readonly #specificity: Float32Array;
  readonly #meaningsAt: Uint32Array;
  readonly #meanings: Uint32Array;
  readonly #textAt: Uint32Array;
  readonly #isThing: Uint8Array;
  readonly #text: Buffer;
  #names: Map<Meaning, string[]> | undefined;

  /** @throws Error if the bytes are not what `writeNouns` makes. */
  constructor(bytes: Buffer) {
    const buffer = new Uint8Array(bytes).buffer;
    const header = new Uint32Array(buffer, 0, Math.min(HEADER, buffer.byteLength >> 2));
    const [magic, meanings = 0, steps = 0, names = 0, entries = 0, letters = 0] = header;
    if (magic !== MAGIC) throw new Error('not a file of nouns');
    let at = HEADER * 4;
    const ints = (length: number): Uint32Array => {
      const array = new Uint32Array(buffer, at, length);
      at += length * 4;
      return array;
    };
    this.#aboveAt = ints(meanings + 1);
    this.#above = ints(steps);
    this.#meaningsAt = ints(names + 1);
    this.#meanings = ints(entries);
    this.#textAt = ints(names + 1);
    this.#specificity = new Float32Array(buffer, at, meanings);
    at += meanings * 4;
    this.#isThing = new Uint8Array(buffer, at, meanings);
    this.#text = Buffer.from(buffer, at + meanings, letters);
  }

  /** How names are compared: folded, in words of letters and digits. */
  static keyOf(text: string): string {
    return fold(text).replace(OTHER, ' ').trim();
  }

  /**
   * The meanings of a name in singular or plural, written joined or separately; empty for a name of nothing that is
   * sold, undefined for an unknown one.
   */
  meaningsOf(key: string): readonly Meaning[] | undefined {
    const found = this.#inAnyNumber(key);
    if (found !== undefined) return found;
    if (key.includes(' ')) return this.#inAnyNumber(key.replaceAll(' ', ''));
    for (let at = MIN_PART; at <= key.length - MIN_PART; at++) {
      const split = this.#inAnyNumber(`${key.slice(0, at)} ${key.slice(at)}`);
      if (split !== undefined) return split;
    }
    return undefined;
  }

  /** Whether the word is one, in singular or plural. */
  has(word: string): boolean {
    return this.#inAnyNumber(word) !== undefined;
  }

  /** The names of a meaning. */
  namesOf(meaning: Meaning): readonly string[] {
    this.#names ??= this.#allNames();
    return this.#names.get(meaning) ?? [];
  }

  isThing(meaning: Meaning): boolean {
    return this.#isThing[meaning] === 1;
  }

  /** 0 for what everything is, 1 for what nothing is a kind of (the information content of Seco et al. 2004). */
  specificity(meaning: Meaning): number {
    return this.#specificity[meaning] ?? 0;
  }

  /** The meaning and those that it is a kind of, with the fewest steps to each, the nearest first. */
  upwards(meaning: Meaning): ReadonlyMap<Meaning, number> {
    const steps = new Map([[meaning, 0]]);
    // A map lists what is added while it is walked.
    for (const [one, step] of steps)
      for (let i = this.#aboveAt[one] ?? 0; i < (this.#aboveAt[one + 1] ?? 0); i++) {
        const above = this.#above[i] ?? 0;
        if (!steps.has(above)) steps.set(above, step + 1);
      }
    return steps;
  }

  /** In singular or plural; `shoes` is a name of nothing that is sold, so it is read as `shoe`. */
  #inAnyNumber(key: string): readonly Meaning[] | undefined {
    const found = this.#find(key);
    if (found !== undefined && found.length > 0) return found;
    for (const [plural, singular] of PLURALS) {
      if (!key.endsWith(plural)) continue;
      const one = this.#find(key.slice(0, -plural.length) + singular);
      if (one !== undefined) return one;
    }
    return found;
  }

  #find(key: string): readonly Meaning[] | undefined {
    const wanted = Buffer.from(key);
    let low = 0;
    let high = this.#textAt.length - 2;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const order = this.#text.subarray(this.#textAt[middle], this.#textAt[middle + 1]).compare(wanted);
      if (order === 0)
        return [...this.#meanings.subarray(this.#meaningsAt[middle], this.#meaningsAt[middle + 1])];
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  }

  #allNames(): Map<Meaning, string[]> {
    const names = new Map<Meaning, string[]>();
    for (let name = 0; name + 1 < this.#textAt.length; name++)
      for (let i = this.#meaningsAt[name] ?? 0; i < (this.#meaningsAt[name + 1] ?? 0); i++) {
        const meaning = this.#meanings[i] ?? 0;
        const known = names.get(meaning);
        const text = this.#text.toString('utf8', this.#textAt[name], this.#textAt[name + 1]);
        if (known === undefined) names.set(meaning, [text]);
        else known.push(text);
      }
    return names;
  }
}

/** The bytes that a `NounHierarchy` is made from. */
export function writeNouns({ above, specificity, isThing, names }: Nouns): Buffer {
  const sorted = [...names].sort(([a], [b]) => Buffer.from(a).compare(Buffer.from(b)));
  const text = Buffer.from(sorted.map(([name]) => name).join(''));
  const steps = above.flat();
  const entries = sorted.flatMap(([, meanings]) => meanings);
  const starts = (lengths: readonly number[]): Uint32Array => {
    const at = new Uint32Array(lengths.length + 1);
    for (const [i, length] of lengths.entries()) at[i + 1] = (at[i] ?? 0) + length;
    return at;
  };
  const parts = [
    Uint32Array.of(MAGIC, above.length, steps.length, sorted.length, entries.length, text.length),
    starts(above.map(({ length }) => length)),
    Uint32Array.from(steps),
    starts(sorted.map(([, meanings]) => meanings.length)),
    Uint32Array.from(entries),
    starts(sorted.map(([name]) => Buffer.byteLength(name))),
    Float32Array.from(specificity),
    Uint8Array.from(isThing, Number),
    text,
  ];
  return Buffer.concat(
    parts.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
  );
}
