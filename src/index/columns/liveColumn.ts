import { grown } from '../../structures/growTypedArray.js';
import type { Unit } from '../../text/units.js';
import { BLANK, type Column } from '../liveIndex.js';
import { numberIn, readValue } from './readValue.js';

const makeWords = (length: number) => new Uint32Array(length);
const makeDoubles = (length: number) => new Float64Array(length);
const makeBlanks = (length: number) => new Int32Array(length).fill(BLANK);

/** One column, growing at the end as products are appended. */
export class LiveColumn implements Column {
  readonly name: string;
  #unit: Unit | undefined;
  /** A column that the generation lacks takes the unit of the first value that has one. */
  readonly #takesUnit: boolean;
  #ordinals: Uint32Array;
  #codes: Uint32Array;
  #count: number;
  #numbers: Float64Array;
  readonly #readValues: () => string[];
  #values: string[] | undefined;
  #codeOf: Map<string, number> | undefined;
  /** Living products by code, counted when first asked for: until then every cell is of a living product. */
  #documents: Uint32Array | undefined;
  /** See firstCodes; made when first asked for, and kept level from then on. */
  #firsts: Int32Array | undefined;

  /** The arrays become the column's own; `readValues` is called once, when values are first asked for. */
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
    const found: string[] = [];
    for (let i = this.#first(ordinal); i < this.#count && this.#ordinals[i] === ordinal; i++) {
      found.push(this.values[this.#codes[i] ?? 0] ?? '');
    }
    return found;
  }

  numberOf(ordinal: number): number {
    const i = this.#first(ordinal);
    return i < this.#count && this.#ordinals[i] === ordinal
      ? (this.#numbers[this.#codes[i] ?? 0] ?? Number.NaN)
      : Number.NaN;
  }

  firstCodes(size: number): Int32Array {
    if (this.#firsts === undefined) {
      const firsts = makeBlanks(Math.max(size, (this.ordinals.at(-1) ?? -1) + 1));
      for (let i = this.#count - 1; i >= 0; i--) firsts[this.#ordinals[i] ?? 0] = this.#codes[i] ?? BLANK;
      this.#firsts = firsts;
    }
    this.#firsts = grown(this.#firsts, size, makeBlanks);
    return this.#firsts;
  }

  codeOf(value: string): number | undefined {
    return this.#codesByValue().get(value);
  }

  documents(code: number): number {
    return this.#counts()[code] ?? 0;
  }

  /** Leaves a product's cells out of the counts; they stay. */
  kill(ordinal: number): void {
    for (let i = this.#first(ordinal); i < this.#count && this.#ordinals[i] === ordinal; i++)
      this.#countCell(this.#codes[i] ?? 0, -1);
  }

  /** Adds a cell for an ordinal no lower than any before; a value that the product already has is passed over. */
  append(ordinal: number, value: string | number | boolean): void {
    const code = this.#codeFor(value);
    for (let i = this.#count - 1; i >= 0 && this.#ordinals[i] === ordinal; i--)
      if (this.#codes[i] === code) return;
    this.#room();
    this.#ordinals[this.#count] = ordinal;
    this.#codes[this.#count] = code;
    this.#count++;
    if (this.#firsts !== undefined) {
      this.#firsts = grown(this.#firsts, ordinal + 1, makeBlanks);
      if (this.#firsts[ordinal] === BLANK) this.#firsts[ordinal] = code;
    }
    if (this.#documents !== undefined) this.#countCell(code, 1);
  }

  /** Makes `value` the only value of a product. */
  replace(ordinal: number, value: string | number | boolean): void {
    const code = this.#codeFor(value);
    const first = this.#first(ordinal);
    this.kill(ordinal);
    this.#countCell(code, 1);
    let end = first;
    while (end < this.#count && this.#ordinals[end] === ordinal) end++;
    if (end === first) this.#room();
    if (end - first !== 1) {
      this.#ordinals.copyWithin(first + 1, end, this.#count);
      this.#codes.copyWithin(first + 1, end, this.#count);
      this.#count += 1 - (end - first);
    }
    this.#ordinals[first] = ordinal;
    this.#codes[first] = code;
    if (this.#firsts !== undefined) {
      this.#firsts = grown(this.#firsts, ordinal + 1, makeBlanks);
      this.#firsts[ordinal] = code;
    }
  }

  /** The first cell whose ordinal is not below the given one. */
  #first(ordinal: number): number {
    const ordinals = this.#ordinals;
    // A column that every product has once holds ordinal i in cell i.
    if (
      ordinal < this.#count &&
      ordinals[ordinal] === ordinal &&
      (ordinal === 0 || ordinals[ordinal - 1] !== ordinal)
    )
      return ordinal;
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ordinals[middle] ?? 0) < ordinal) low = middle + 1;
      else high = middle;
    }
    return low;
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

  #room(): void {
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
