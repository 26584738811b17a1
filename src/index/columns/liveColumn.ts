import { lowerBound } from '../../structures/binarySearch.js';
import { grown } from '../../structures/growTypedArray.js';
import type { Steps } from '../../structures/inSlices.js';
import { fold } from '../../text/fold.js';
import type { Unit } from '../../text/units.js';
import { BLANK, type Column, type Spellings } from '../liveIndex.js';
import { ColumnEvidence, type ColumnType, numberIn } from './columnType.js';
import { readCell } from './readCell.js';
import type { Reading } from './readValue.js';
import { ReplacementLog } from './replacementLog.js';
import { SpelledValues } from './spelledValues.js';
import { ValueRules } from './valueRules.js';

const makeWords = (length: number) => new Uint32Array(length);
const makeDoubles = (length: number) => new Float64Array(length);
const makeBlanks = (length: number) => new Int32Array(length).fill(BLANK);

/** The cells of a column and its values. The column owns the arrays. */
export interface ColumnData {
  readonly ordinals: Uint32Array;
  /** Of each cell. */
  readonly spellings: Uint32Array;
  /** Value code of each spelling. */
  readonly codes: Uint32Array;
  /** Number of values. */
  readonly values: number;
  /** By value code; undefined to read them from the texts. */
  readonly numbers: Float64Array | undefined;
  readonly evidence: ColumnEvidence;
  /** The text of each spelling; called once, on first use. */
  readonly readTexts: () => string[];
}

/** One column, extended in memory as products are appended. */
export class LiveColumn implements Column {
  readonly name: string;
  readonly #rules: ValueRules;
  #ordinals: Uint32Array;
  #spellings: Uint32Array;
  /** The value code of each cell; the same array as `#spellings` while each value has one spelling. */
  #codes: Uint32Array;
  #count: number;
  #numbers: Float64Array;
  readonly #values: SpelledValues;
  readonly #evidence: ColumnEvidence;
  #type: ColumnType;
  /** Whether the evidence changed since the type was derived from it. */
  #isTypeStale = false;
  #areNumbersStale: boolean;
  readonly #replaced = new ReplacementLog();
  /** Spellings of products between others that had no cell, by ordinal; not yet among the cells. */
  readonly #inserted = new Map<number, number>();
  /** See firstCodes; built on first use and updated from then on. */
  #firstCodes: Int32Array | undefined;
  #sortTexts: { readonly revision: number; readonly texts: (string | undefined)[] } | undefined;

  constructor(name: string, rules: ValueRules, data: ColumnData) {
    this.name = name;
    this.#rules = rules;
    this.#ordinals = data.ordinals;
    this.#spellings = data.spellings;
    this.#count = data.spellings.length;
    this.#numbers = data.numbers ?? new Float64Array(0);
    this.#areNumbersStale = data.numbers === undefined;
    this.#evidence = data.evidence;
    this.#type = data.evidence.type();
    this.#values = new SpelledValues(name, rules, data.codes, data.values, data.readTexts, () =>
      this.#spellings.subarray(0, this.#count),
    );
    this.#codes = this.#values.isIdentity
      ? data.spellings
      : data.spellings.map((spelling) => data.codes[spelling] ?? 0);
  }

  static empty(name: string, rules: ValueRules = ValueRules.NONE): LiveColumn {
    const none = (): Uint32Array => new Uint32Array(0);
    return new LiveColumn(name, rules, {
      ordinals: none(),
      spellings: none(),
      codes: none(),
      values: 0,
      numbers: new Float64Array(0),
      evidence: new ColumnEvidence(rules.unitOf(name)),
      readTexts: () => [],
    });
  }

  get type(): ColumnType {
    this.#refreshType();
    return this.#type;
  }

  get unit(): Unit | undefined {
    return this.type.unit;
  }

  get cells(): number {
    return this.#count + this.#inserted.size;
  }

  get ordinals(): Uint32Array {
    this.#insertCells();
    return this.#ordinals.subarray(0, this.#count);
  }

  get codes(): Uint32Array {
    this.#insertCells();
    return this.#codes.subarray(0, this.#count);
  }

  get values(): readonly string[] {
    return this.#values.shown;
  }

  get spellings(): Spellings {
    this.#insertCells();
    return {
      cells: this.#spellings.subarray(0, this.#count),
      textOf: (spelling) => this.#values.textOf(spelling),
      codeOf: (spelling) => this.#values.codeOfSpelling(spelling),
      readingOf: (spelling) => this.#values.readingOf(spelling),
    };
  }

  get textRevision(): number {
    return this.#values.revision;
  }

  get replacements(): number {
    return this.#replaced.count;
  }

  replacedSince(replacements: number): readonly number[] | undefined {
    return this.#replaced.since(replacements);
  }

  /** Number of cells of live products. */
  get liveCells(): number {
    return this.#evidence.cells;
  }

  /** Number of values and of spellings, those of deleted products included. */
  get counts(): { readonly values: number; readonly spellings: number } {
    return { values: this.#values.length, spellings: this.#values.spellings };
  }

  get numbers(): Float64Array {
    this.#refreshNumbers();
    return this.#numbers.subarray(0, this.#values.length);
  }

  valuesOf(ordinal: number): string[] {
    this.#insertCells();
    const { values } = this;
    const found: string[] = [];
    for (let i = this.#first(ordinal); i < this.#count && this.#ordinals[i] === ordinal; i++)
      found.push(values[this.#codes[i] ?? 0] ?? '');
    return found;
  }

  numberOf(ordinal: number): number {
    this.#refreshNumbers();
    this.#insertCells();
    const i = this.#first(ordinal);
    return i < this.#count && this.#ordinals[i] === ordinal
      ? (this.#numbers[this.#codes[i] ?? 0] ?? Number.NaN)
      : Number.NaN;
  }

  firstCodes(size: number): Int32Array {
    if (this.#firstCodes === undefined) {
      this.#insertCells();
      const firstCodes = makeBlanks(Math.max(size, (this.ordinals.at(-1) ?? -1) + 1));
      for (let i = this.#count - 1; i >= 0; i--) firstCodes[this.#ordinals[i] ?? 0] = this.#codes[i] ?? BLANK;
      this.#firstCodes = firstCodes;
    }
    this.#firstCodes = grown(this.#firstCodes, size, makeBlanks);
    return this.#firstCodes;
  }

  codeOf(value: string): number | undefined {
    const cell = readCell(this.name, value, this.#rules);
    return cell === undefined ? undefined : this.#values.codeOf(cell);
  }

  documents(code: number): number {
    return this.#values.documents(code);
  }

  readingOf(code: number): Reading {
    return this.#values.readingOf(this.#values.mainSpelling(code));
  }

  sortText(code: number): string {
    const { values } = this;
    if (this.#sortTexts?.revision !== this.textRevision)
      this.#sortTexts = { revision: this.textRevision, texts: [] };
    const { texts } = this.#sortTexts;
    texts[code] ??= fold(values[code] ?? '');
    return texts[code] ?? '';
  }

  /** Builds what is otherwise built on first use. */
  *prepare(): Steps {
    yield* this.#values.prepare();
    this.#refreshNumbers();
  }

  /** Removes a product's cells from the counts; the cells stay. */
  delete(ordinal: number): void {
    const inserted = this.#inserted.get(ordinal);
    if (inserted !== undefined) {
      this.#inserted.delete(ordinal);
      this.#countCell(inserted, -1);
      return;
    }
    for (let i = this.#first(ordinal); i < this.#count && this.#ordinals[i] === ordinal; i++)
      this.#countCell(this.#spellings[i] ?? 0, -1);
  }

  /** Adds a cell for an ordinal no lower than any before; ignores a value that the product already has. */
  append(ordinal: number, value: string | number | boolean): void {
    const spelling = this.#spellingFor(value);
    if (spelling === undefined) return;
    const code = this.#values.codeOfSpelling(spelling);
    for (let i = this.#count - 1; i >= 0 && this.#ordinals[i] === ordinal; i--)
      if (this.#codes[i] === code) return;
    // Counted before the cell is added, because the first count is taken from the cells.
    this.#countCell(spelling, 1);
    this.#ensureRoom(this.#count + 1);
    this.#setCell(this.#count++, ordinal, spelling, code);
    if (this.#firstCodes !== undefined) {
      this.#firstCodes = grown(this.#firstCodes, ordinal + 1, makeBlanks);
      if (this.#firstCodes[ordinal] === BLANK) this.#firstCodes[ordinal] = code;
    }
  }

  /** Makes `value` the only value of a product. */
  replace(ordinal: number, value: string | number | boolean): void {
    const spelling = this.#spellingFor(value);
    if (spelling === undefined) return;
    this.delete(ordinal);
    this.#setCells(ordinal, [spelling]);
  }

  /** Gives a product that was deleted, or had no value, these values. */
  restore(ordinal: number, values: readonly string[]): void {
    const spellings: number[] = [];
    for (const value of values) {
      const spelling = this.#spellingFor(value);
      if (spelling === undefined) continue;
      const code = this.#values.codeOfSpelling(spelling);
      if (!spellings.some((other) => this.#values.codeOfSpelling(other) === code)) spellings.push(spelling);
    }
    this.#setCells(ordinal, spellings);
  }

  /** Makes these the cells of a product whose cells are not in the counts. */
  #setCells(ordinal: number, spellings: readonly number[]): void {
    // Counted before the cells are added, because the first count is taken from the cells.
    for (const spelling of spellings) this.#countCell(spelling, 1);
    const [main] = spellings;
    this.#noteFirst(ordinal, main === undefined ? BLANK : this.#values.codeOfSpelling(main));
    this.#replaced.add(ordinal);
    const first = this.#first(ordinal);
    let end = first;
    while (end < this.#count && this.#ordinals[end] === ordinal) end++;
    if (main !== undefined && spellings.length === 1 && first === end && end < this.#count) {
      // Moving all later cells for each of a million products would take hours.
      this.#inserted.set(ordinal, main);
      return;
    }
    const added = spellings.length - (end - first);
    if (added !== 0) {
      this.#ensureRoom(this.#count + added);
      const to = first + spellings.length;
      this.#ordinals.copyWithin(to, end, this.#count);
      this.#spellings.copyWithin(to, end, this.#count);
      if (this.#codes !== this.#spellings) this.#codes.copyWithin(to, end, this.#count);
      this.#count += added;
    }
    for (const [place, spelling] of spellings.entries())
      this.#setCell(first + place, ordinal, spelling, this.#values.codeOfSpelling(spelling));
  }

  #noteFirst(ordinal: number, code: number): void {
    if (this.#firstCodes === undefined) return;
    this.#firstCodes = grown(this.#firstCodes, ordinal + 1, makeBlanks);
    this.#firstCodes[ordinal] = code;
  }

  /** Moves the inserted cells to their places, all at once. */
  #insertCells(): void {
    if (this.#inserted.size === 0) return;
    const inserted = [...this.#inserted].sort(([a], [b]) => a - b);
    this.#inserted.clear();
    let from = this.#count - 1;
    this.#ensureRoom(this.#count + inserted.length);
    this.#count += inserted.length;
    let to = this.#count - 1;
    for (const [ordinal, spelling] of inserted.reverse()) {
      for (; from >= 0 && (this.#ordinals[from] ?? 0) > ordinal; from--, to--)
        this.#setCell(to, this.#ordinals[from] ?? 0, this.#spellings[from] ?? 0, this.#codes[from] ?? 0);
      this.#setCell(to--, ordinal, spelling, this.#values.codeOfSpelling(spelling));
    }
  }

  /** The first cell whose ordinal is not below the given one. */
  #first(ordinal: number): number {
    const ordinals = this.#ordinals;
    // Fast path: in a column with one cell per product, cell i is ordinal i.
    if (
      ordinal < this.#count &&
      ordinals[ordinal] === ordinal &&
      (ordinal === 0 || ordinals[ordinal - 1] !== ordinal)
    )
      return ordinal;
    return lowerBound(ordinals, ordinal, this.#count);
  }

  #setCell(at: number, ordinal: number, spelling: number, code: number): void {
    this.#ordinals[at] = ordinal;
    this.#spellings[at] = spelling;
    if (this.#codes !== this.#spellings) this.#codes[at] = code;
  }

  #countCell(spelling: number, change: number): void {
    this.#values.count(spelling, change);
    this.#evidence.add(this.#values.readingOf(spelling), change);
    this.#isTypeStale = true;
    const code = this.#values.codeOfSpelling(spelling);
    // Without a common unit, numbers are as written, which differs between 1 kg and 1000 g.
    if (this.#values.hasVariants(code)) this.#numbers[code] = this.#numberOf(code);
  }

  #ensureRoom(cells: number): void {
    const shared = this.#codes === this.#spellings;
    this.#ordinals = grown(this.#ordinals, cells, makeWords);
    this.#spellings = grown(this.#spellings, cells, makeWords);
    this.#codes = shared ? this.#spellings : grown(this.#codes, cells, makeWords);
  }

  #spellingFor(value: string | number | boolean): number | undefined {
    const values = this.#values;
    const { isIdentity, length } = values;
    const spelling = values.spellingFor(value);
    if (isIdentity && !values.isIdentity) this.#codes = this.#spellings.slice();
    if (spelling !== undefined && values.length > length) {
      this.#numbers = grown(this.#numbers, length + 1, makeDoubles);
      this.#numbers[length] = numberIn(this.#type, values.readingOf(spelling));
    }
    return spelling;
  }

  #refreshType(): void {
    if (!this.#isTypeStale) return;
    this.#isTypeStale = false;
    const type = this.#evidence.type();
    const isSame = type.unit === this.#type.unit && type.dates === this.#type.dates;
    this.#type = type;
    if (!isSame) this.#areNumbersStale = true;
  }

  #refreshNumbers(): void {
    this.#refreshType();
    if (!this.#areNumbersStale) return;
    this.#areNumbersStale = false;
    const numbers = new Float64Array(this.#values.length);
    for (let code = 0; code < this.#values.length; code++) numbers[code] = this.#numberOf(code);
    this.#numbers = numbers;
  }

  #numberOf(code: number): number {
    return numberIn(this.#type, this.readingOf(code));
  }
}
