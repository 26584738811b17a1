import { partitionPoint } from '../../structures/binarySearch.js';
import { finish, type Steps } from '../../structures/inSlices.js';
import { mergeSorted, sortInSteps } from '../../structures/sortInSteps.js';

/** Ends every key, so that a typed space matches a whole word. */
const END = ' ';
const MAX_SHARED = 255;
/** Entries added are merged with the others when they are this many and a quarter of the others, or this many. */
const MIN_MERGE = 1000;
const MAX_MERGE = 10_000;
/** Keys compared between two pauses. */
const KEYS_A_STEP = 5000;

/** A number under a key, to be found by a prefix of the key, also with typing errors. */
export interface Keyed {
  readonly key: string;
  readonly payload: number;
}

/** Maps keys to numbers for prefix search. Keys may repeat, and more may be added. */
export class PrefixTable {
  #whole: SortedKeys;
  #added: Keyed[] = [];
  #sortedAdded: SortedKeys | undefined;

  constructor(entries: readonly Keyed[], whole = finish(SortedKeys.of(entries))) {
    this.#whole = whole;
  }

  /** The same as the constructor, in steps. */
  static *build(entries: readonly Keyed[]): Steps<PrefixTable> {
    return new PrefixTable([], yield* SortedKeys.of(entries));
  }

  get size(): number {
    return this.#whole.keys.length + this.#added.length;
  }

  add(key: string, payload: number): void {
    this.#added.push({ key, payload });
    this.#sortedAdded = undefined;
    if (this.#added.length < Math.min(MIN_MERGE + this.#whole.keys.length / 4, MAX_MERGE)) return;
    this.#whole = finish(this.#whole.with(this.#added));
    this.#added = [];
  }

  /** Visits every entry whose key, followed by a space, begins with `typed`. */
  forEachPrefixed(typed: string, visit: (payload: number) => void): void {
    for (const part of this.#parts()) part.forEachPrefixed(typed, visit);
  }

  /**
   * Visits every entry with a prefix (the key followed by a space) at most `edits` from `typed`, with the
   * smallest distance.
   */
  forEachNear(typed: string, edits: number, visit: (payload: number, distance: number) => void): void {
    for (const part of this.#parts()) part.forEachNear(typed, edits, visit);
  }

  /** The number under exactly this key; the first one if there are several. */
  find(key: string): number | undefined {
    for (const part of this.#parts()) {
      const found = part.find(key);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #parts(): readonly SortedKeys[] {
    if (this.#added.length === 0) return [this.#whole];
    this.#sortedAdded ??= finish(SortedKeys.of(this.#added));
    return [this.#whole, this.#sortedAdded];
  }
}

/**
 * Sorted keys with the length of the prefix each shares with the one before: a trie without nodes.
 * Approximate search walks the keys in order and keeps the rows of the edit distance table for the shared
 * prefix.
 */
class SortedKeys {
  readonly keys: readonly string[];
  readonly #payloads: Uint32Array;
  readonly #shared: Uint8Array;

  private constructor(sorted: readonly Keyed[], shared: Uint8Array) {
    this.keys = sorted.map(({ key }) => key);
    this.#payloads = Uint32Array.from(sorted, ({ payload }) => payload);
    this.#shared = shared;
  }

  static *of(entries: readonly Keyed[]): Steps<SortedKeys> {
    const ended = entries.map(({ key, payload }) => ({ key: key + END, payload }));
    return yield* SortedKeys.#ofSorted(yield* sortInSteps(ended, inOrder));
  }

  /** These keys and others. */
  *with(entries: readonly Keyed[]): Steps<SortedKeys> {
    const own = this.keys.map((key, place) => ({ key, payload: this.#payloads[place] ?? 0 }));
    const added = entries.map(({ key, payload }) => ({ key: key + END, payload })).sort(inOrder);
    return yield* SortedKeys.#ofSorted(yield* mergeSorted(own, added, inOrder));
  }

  static *#ofSorted(sorted: readonly Keyed[]): Steps<SortedKeys> {
    const shared = new Uint8Array(sorted.length);
    for (let i = 1; i < sorted.length; i++) {
      if (i % KEYS_A_STEP === 0) yield;
      shared[i] = sharedUnits(sorted[i - 1]?.key ?? '', sorted[i]?.key ?? '');
    }
    return new SortedKeys(sorted, shared);
  }

  find(key: string): number | undefined {
    const place = this.#lowerBound(key + END);
    return this.keys[place] === key + END ? this.#payloads[place] : undefined;
  }

  forEachPrefixed(typed: string, visit: (payload: number) => void): void {
    const from = this.#lowerBound(typed);
    if (from === this.keys.length || !(this.keys[from] ?? '').startsWith(typed)) return;
    visit(this.#payloads[from] ?? 0);
    const length = Math.min(typed.length, MAX_SHARED);
    for (let i = from + 1; i < this.keys.length && (this.#shared[i] ?? 0) >= length; i++) {
      if (typed.length > MAX_SHARED && !(this.keys[i] ?? '').startsWith(typed)) return;
      visit(this.#payloads[i] ?? 0);
    }
  }

  forEachNear(typed: string, edits: number, visit: (payload: number, distance: number) => void): void {
    const rows = new EditRows(typed, edits);
    const { keys } = this;
    let depth = 0;
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] ?? '';
      depth = Math.min(depth, this.#shared[i] ?? 0);
      while (depth < key.length && !rows.settled(depth)) rows.extend(++depth, key);
      const distance = rows.best(depth);
      if (distance <= edits) visit(this.#payloads[i] ?? 0, distance);
      if (!rows.settled(depth)) continue;
      // No longer prefix can be nearer, so all keys with this prefix have the same result.
      while (i + 1 < keys.length && (this.#shared[i + 1] ?? 0) >= depth) {
        i++;
        if (distance <= edits) visit(this.#payloads[i] ?? 0, distance);
      }
    }
  }

  #lowerBound(key: string): number {
    return partitionPoint(this.keys.length, (index) => (this.keys[index] ?? '') < key);
  }
}

/**
 * The edit distance table of a typed text against keys that are read letter by letter (see
 * `editsToPrefixes`).
 */
class EditRows {
  readonly #typed: string;
  readonly #edits: number;
  readonly #width: number;
  readonly #deepest: number;
  readonly #rows: Uint8Array;
  readonly #min: Uint8Array;
  readonly #best: Uint8Array;

  constructor(typed: string, edits: number) {
    this.#typed = typed;
    this.#edits = edits;
    this.#width = typed.length + 1;
    this.#deepest = typed.length + edits;
    this.#rows = new Uint8Array((this.#deepest + 1) * this.#width);
    this.#min = new Uint8Array(this.#deepest + 1);
    this.#best = new Uint8Array(this.#deepest + 1);
    for (let j = 0; j < this.#width; j++) this.#rows[j] = j;
    this.#best[0] = typed.length;
  }

  /** The smallest distance to a prefix of at most `depth` letters. */
  best(depth: number): number {
    return this.#best[depth] ?? 0;
  }

  /** Whether no longer prefix can be nearer, or near enough. */
  settled(depth: number): boolean {
    if (depth >= this.#deepest) return true;
    const min = this.#min[depth] ?? 0;
    // A transposition refers to two rows before.
    const reached = depth === 0 ? min : Math.min(min, (this.#min[depth - 1] ?? 0) + 1);
    return reached > this.#edits || reached >= (this.#best[depth] ?? 0);
  }

  /**
   * Reads letter `depth` of the key, counted from 1; the rows before must belong to the same key. Computes
   * only the cells within `edits` of the diagonal: others cannot be reached with so few edits.
   */
  extend(depth: number, key: string): void {
    const typed = this.#typed;
    const rows = this.#rows;
    const width = this.#width;
    const reach = this.#edits;
    const beyond = reach + 1;
    const at = depth * width;
    const above = at - width;
    const letter = key.charCodeAt(depth - 1);
    const letterBefore = depth > 1 ? key.charCodeAt(depth - 2) : -1;
    const from = Math.max(1, depth - reach);
    const to = Math.min(width - 1, depth + reach);
    let left = from > 1 || depth > reach ? beyond : depth;
    rows[at + from - 1] = left;
    let min = left;
    for (let j = from; j <= to; j++) {
      const own = typed.charCodeAt(j - 1);
      let edits = (rows[above + j - 1] ?? 0) + (letter === own ? 0 : 1);
      const fromAbove = (rows[above + j] ?? 0) + 1;
      if (fromAbove < edits) edits = fromAbove;
      if (left + 1 < edits) edits = left + 1;
      if (j > 1 && letterBefore === own && letter === typed.charCodeAt(j - 2)) {
        const swapped = (rows[above - width + j - 2] ?? 0) + 1;
        if (swapped < edits) edits = swapped;
      }
      rows[at + j] = edits;
      left = edits;
      if (edits < min) min = edits;
    }
    if (to < width - 1) rows[at + to + 1] = beyond;
    this.#min[depth] = min;
    const before = this.#best[depth - 1] ?? 0;
    const whole = to === width - 1 ? left : before;
    this.#best[depth] = whole < before ? whole : before;
  }
}

/** By key, then by payload. */
function inOrder(a: Keyed, b: Keyed): number {
  return a.key === b.key ? a.payload - b.payload : a.key < b.key ? -1 : 1;
}

function sharedUnits(one: string, other: string): number {
  const max = Math.min(one.length, other.length, MAX_SHARED);
  let shared = 0;
  while (shared < max && one.charCodeAt(shared) === other.charCodeAt(shared)) shared++;
  return shared;
}
