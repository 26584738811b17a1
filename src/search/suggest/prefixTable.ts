import { partitionPoint } from '../../structures/binarySearch.js';
import { finish, inSlices, type Steps } from '../../structures/inSlices.js';
import { sortInSteps } from '../../structures/sortInSteps.js';

/** Ends every key, so that a typed space matches a whole word. */
const END = ' ';
const MAX_SHARED = 255;
/** So many added entries become a part of their own. */
const MAX_ADDED = 1000;
/** Keys compared between two pauses. */
const KEYS_A_STEP = 5000;

/** A number under a key, to be found by a prefix of the key, also with typing errors. */
export interface Keyed {
  readonly key: string;
  readonly payload: number;
}

/**
 * Maps keys to numbers for prefix search. Keys may repeat, and more may be added: they are kept in parts, each about twice
 * as large as the next, which are merged in the background, so that adding a key never costs as much as the whole.
 */
export class PrefixTable {
  readonly #whole: SortedKeys[];
  #added: Keyed[] = [];
  #sortedAdded: SortedKeys | undefined;
  #isMerging = false;

  constructor(entries: readonly Keyed[], whole = finish(SortedKeys.of(entries))) {
    this.#whole = [whole];
  }

  /** The same as the constructor, in steps. */
  static *build(entries: readonly Keyed[]): Steps<PrefixTable> {
    return new PrefixTable([], yield* SortedKeys.of(entries));
  }

  get size(): number {
    return this.#whole.reduce((size, { keys }) => size + keys.length, this.#added.length);
  }

  add(key: string, payload: number): void {
    this.#added.push({ key, payload });
    this.#sortedAdded = undefined;
    if (this.#added.length < MAX_ADDED) return;
    this.#whole.push(finish(SortedKeys.of(this.#added)));
    this.#added = [];
    this.#mergeSmallParts();
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
    if (this.#added.length === 0) return this.#whole;
    this.#sortedAdded ??= finish(SortedKeys.of(this.#added));
    return [...this.#whole, this.#sortedAdded];
  }

  #mergeSmallParts(): void {
    if (this.#isMerging) return;
    const parts = this.#whole;
    let from = parts.length - 1;
    let size = parts[from]?.keys.length ?? 0;
    for (; from > 0 && (parts[from - 1]?.keys.length ?? 0) < 2 * size; from--)
      size += parts[from - 1]?.keys.length ?? 0;
    const merged = parts.slice(from);
    if (merged.length < 2) return;
    this.#isMerging = true;
    // Parts are only added meanwhile, behind these.
    void inSlices(SortedKeys.merged(merged)).then((part) => {
      parts.splice(from, merged.length, part);
      this.#isMerging = false;
      this.#mergeSmallParts();
    });
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

  private constructor(keys: readonly string[], payloads: Uint32Array, shared: Uint8Array) {
    this.keys = keys;
    this.#payloads = payloads;
    this.#shared = shared;
  }

  static *of(entries: readonly Keyed[]): Steps<SortedKeys> {
    const ended: Keyed[] = [];
    for (const { key, payload } of entries) {
      if (ended.length % KEYS_A_STEP === 0) yield;
      ended.push({ key: key + END, payload });
    }
    const sorted = yield* sortInSteps(ended, inOrder);
    const keys: string[] = [];
    const payloads = new Uint32Array(sorted.length);
    for (const { key, payload } of sorted) {
      if (keys.length % KEYS_A_STEP === 0) yield;
      payloads[keys.length] = payload;
      keys.push(key);
    }
    return yield* SortedKeys.#ofSorted(keys, payloads);
  }

  /** The keys of all parts; of equal ones, those of earlier parts come first. */
  static *merged(parts: readonly SortedKeys[]): Steps<SortedKeys> {
    const [last, ...before] = parts.toReversed();
    let all = last ?? (yield* SortedKeys.of([]));
    // The last parts are the smallest.
    for (const part of before) all = yield* part.#mergedWith(all);
    return all;
  }

  *#mergedWith(other: SortedKeys): Steps<SortedKeys> {
    const keys: string[] = [];
    const payloads = new Uint32Array(this.keys.length + other.keys.length);
    let [left, right] = [0, 0];
    while (left < this.keys.length || right < other.keys.length) {
      if (keys.length % KEYS_A_STEP === 0) yield;
      const [a, b] = [this.keys[left], other.keys[right]];
      const isOwn = b === undefined || (a !== undefined && a <= b);
      const key = isOwn ? a : b;
      if (key === undefined) break;
      payloads[keys.length] = (isOwn ? this.#payloads[left] : other.#payloads[right]) ?? 0;
      keys.push(key);
      if (isOwn) left++;
      else right++;
    }
    return yield* SortedKeys.#ofSorted(keys, payloads);
  }

  static *#ofSorted(keys: readonly string[], payloads: Uint32Array): Steps<SortedKeys> {
    const shared = new Uint8Array(keys.length);
    for (let i = 1; i < keys.length; i++) {
      if (i % KEYS_A_STEP === 0) yield;
      shared[i] = sharedUnits(keys[i - 1] ?? '', keys[i] ?? '');
    }
    return new SortedKeys(keys, payloads, shared);
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
