import { lowerBound } from '../../structures/binarySearch.js';
import { grown } from '../../structures/growTypedArray.js';
import type { Unit } from '../../text/units.js';
import { BLANK, type Column } from '../liveIndex.js';
import { numberIn, readValue } from './readValue.js';

const makeWords = (length: number) => new Uint32Array(length);
const makeDoubles = (length: number) => new Float64Array(length);
const makeBlanks = (length: number) => new Int32Array(length).fill(BLANK);

/** One column, extended in memory as products are appended. */
export class LiveColumn implements Column {
  readonly name: string;
  #unit: Unit | undefined;
  /** A column that the generation lacks gets the unit of the first value that has one. */
  readonly #takesUnit: boolean;
  #ordinals: Uint32Array;
  #codes: Uint32Array;
  #count: number;
  #numbers: Float64Array;
  readonly #readValues: () => string[];
  #values: string[] | undefined;
  #codeOf: Map<string, number> | undefined;
  /** Live products by code; counted on first use, because until then every cell is of a live product. */
  #documents: Uint32Array | undefined;
  /** See firstCodes; built on first use and updated from then on. */
  #firstCodes: Int32Array | undefined;

  /** The column owns the arrays; `readValues` is called once, on first use. */
  constructor(
    name: string,
    unit: Unit | undefined,
    ordinals: Uint32Array,
    codes: Uint32Array,
    numbers: Float64Array,
    readValues: () => string[],
    takesUnit = false,
  ) {
    this.name = name;
    this.#unit = unit;
    this.#takesUnit = takesUnit;
    this.#ordinals = ordinals;
    this.#codes = codes;
    this.#count = codes.length;
    this.#numbers = numbers;
    this.#readValues = readValues;
  }

  static empty(name: string): LiveColumn {
    const none = () => new Uint32Array(0);
    return new LiveColumn(name, undefined, none(), none(), new Float64Array(0), () => [], true);
  }

  get unit(): Unit | undefined {
    return this.#unit;
  }

  get ordinals(): Uint32Array {
    return this.#ordinals.subarray(0, this.#count);
  }

  get codes(): Uint32Array {
    return this.#codes.subarray(0, this.#count);
  }

  get values(): readonly string[] {
    return this.#writableValues();
  }

  get numbers(): Float64Array {
    return this.#numbers.subarray(0, this.values.length);
  }

  valuesOf(ordinal: number): string[] {
    const values: string[] = [];
    for (let i = this.#first(ordinal); i < this.#count && this.#ordinals[i] === ordinal; i++) {
      values.push(this.values[this.#codes[i] ?? 0] ?? '');
    }
    return values;
  }

  numberOf(ordinal: number): number {
    const i = this.#first(ordinal);
    return i < this.#count && this.#ordinals[i] === ordinal
      ? (this.#numbers[this.#codes[i] ?? 0] ?? Number.NaN)
      : Number.NaN;
  }

  firstCodes(size: number): Int32Array {
    if (this.#firstCodes === undefined) {
      const firstCodes = makeBlanks(Math.max(size, (this.ordinals.at(-1) ?? -1) + 1));
      for (let i = this.#count - 1; i >= 0; i--) firstCodes[this.#ordinals[i] ?? 0] = this.#codes[i] ?? BLANK;
      this.#firstCodes = firstCodes;
    }
    this.#firstCodes = grown(this.#firstCodes, size, makeBlanks);
    return this.#firstCodes;
  }

  codeOf(value: string): number | undefined {
    return this.#codesByValue().get(value);
  }

  documents(code: number): number {
    return this.#counts()[code] ?? 0;
  }

  /** Removes a product's cells from the counts; the cells stay. */
  delete(ordinal: number): void {
    for (let i = this.#first(ordinal); i < this.#count && this.#ordinals[i] === ordinal; i++)
      this.#countCell(this.#codes[i] ?? 0, -1);
  }

  /** Adds a cell for an ordinal no lower than any before; ignores a value that the product already has. */
  append(ordinal: number, value: string | number | boolean): void {
    const code = this.#codeFor(value);
    for (let i = this.#count - 1; i >= 0 && this.#ordinals[i] === ordinal; i--)
      if (this.#codes[i] === code) return;
    this.#ensureRoom();
    this.#ordinals[this.#count] = ordinal;
    this.#codes[this.#count] = code;
    this.#count++;
    if (this.#firstCodes !== undefined) {
      this.#firstCodes = grown(this.#firstCodes, ordinal + 1, makeBlanks);
      if (this.#firstCodes[ordinal] === BLANK) this.#firstCodes[ordinal] = code;
    }
    if (this.#documents !== undefined) this.#countCell(code, 1);
  }

  /** Makes `value` the only value of a product. */
  replace(ordinal: number, value: string | number | boolean): void {
    const code = this.#codeFor(value);
    const first = this.#first(ordinal);
    this.delete(ordinal);
    this.#countCell(code, 1);
    let end = first;
    while (end < this.#count && this.#ordinals[end] === ordinal) end++;
    if (end === first) this.#ensureRoom();
    if (end - first !== 1) {
      this.#ordinals.copyWithin(first + 1, end, this.#count);
      this.#codes.copyWithin(first + 1, end, this.#count);
      this.#count += 1 - (end - first);
    }
    this.#ordinals[first] = ordinal;
    this.#codes[first] = code;
    if (this.#firstCodes !== undefined) {
      this.#firstCodes = grown(this.#firstCodes, ordinal + 1, makeBlanks);
      this.#firstCodes[ordinal] = code;
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

  #counts(): Uint32Array {
    if (this.#documents === undefined) {
      this.#documents = new Uint32Array(this.values.length);
      for (const code of this.codes) this.#countCell(code, 1);
    }
    return this.#documents;
  }

  #countCell(code: number, change: number): void {
    const counts = grown(this.#counts(), code + 1, makeWords);
    counts[code] = (counts[code] ?? 0) + change;
    this.#documents = counts;
  }

  #ensureRoom(): void {
    this.#ordinals = grown(this.#ordinals, this.#count + 1, makeWords);
    this.#codes = grown(this.#codes, this.#count + 1, makeWords);
  }

  #codeFor(value: string | number | boolean): number {
    const text = String(value);
    const codes = this.#codesByValue();
    const known = codes.get(text);
    if (known !== undefined) return known;
    const values = this.#writableValues();
    const code = values.length;
    values.push(text);
    codes.set(text, code);
    this.#numbers = grown(this.#numbers, code + 1, makeDoubles);
    const read = readValue(value);
    if (this.#takesUnit && this.#unit === undefined && read.unit !== undefined) this.#takeUnit(read.unit);
    this.#numbers[code] = numberIn(this.#unit, read);
    return code;
  }

  #takeUnit(unit: Unit): void {
    this.#unit = unit;
    for (const [code, value] of this.values.entries()) this.#numbers[code] = numberIn(unit, readValue(value));
  }

  #writableValues(): string[] {
    this.#values ??= this.#readValues();
    return this.#values;
  }

  #codesByValue(): Map<string, number> {
    this.#codeOf ??= new Map(this.values.map((value, code) => [value, code]));
    return this.#codeOf;
  }
}
