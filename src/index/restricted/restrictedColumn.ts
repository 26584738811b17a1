import { lowerBound } from '../../structures/binarySearch.js';
import type { Bitset } from '../../structures/bitset.js';
import { grown } from '../../structures/growTypedArray.js';
import type { Unit } from '../../text/units.js';
import { numberIn, readValue, unitOfColumn } from '../columns/readValue.js';
import { BLANK, type Column } from '../liveIndex.js';

/** The products that a column is restricted to. `revision` rises with every change of them or of their values. */
export interface Shown {
  readonly visible: Bitset;
  readonly revision: number;
}

const DIGIT = /\p{N}/u;
const makeInts = (length: number) => new Int32Array(length).fill(BLANK);

/**
 * The cells of one column that belong to some of the products. Values have codes of their own, in the order of their
 * first cell; a code stays when its last product is gone.
 */
export class RestrictedColumn implements Column {
  readonly #base: Column;
  readonly #shown: () => Shown;
  #revision = -1;
  #ordinals = new Uint32Array(0);
  #codes = new Uint32Array(0);
  readonly #values: string[] = [];
  readonly #codeOf = new Map<string, number>();
  /** By code of the whole column. */
  #ownCodes = new Int32Array(0);
  /** The code of the whole column by own code. */
  readonly #baseCodes: number[] = [];
  #documents = new Uint32Array(0);
  #unit: Unit | undefined;
  #numbers: Float64Array | undefined;
  #firstCodes: Int32Array | undefined;

  constructor(base: Column, shown: () => Shown) {
    this.#base = base;
    this.#shown = shown;
  }

  get name(): string {
    return this.#base.name;
  }

  get ordinals(): Uint32Array {
    this.#refresh();
    return this.#ordinals;
  }

  get codes(): Uint32Array {
    this.#refresh();
    return this.#codes;
  }

  get values(): readonly string[] {
    this.#refresh();
    return this.#values;
  }

  get unit(): Unit | undefined {
    this.#refresh();
    return this.#unit;
  }

  get numbers(): Float64Array {
    this.#refresh();
    this.#numbers ??= Float64Array.from(this.#values, (value, code) =>
      this.#unit === this.#base.unit
        ? (this.#base.numbers[this.#baseCodes[code] ?? 0] ?? Number.NaN)
        : numberIn(this.#unit, readValue(value)),
    );
    return this.#numbers;
  }

  valuesOf(ordinal: number): string[] {
    const { ordinals, codes } = this;
    const values: string[] = [];
    for (let i = lowerBound(ordinals, ordinal, ordinals.length); ordinals[i] === ordinal; i++)
      values.push(this.#values[codes[i] ?? 0] ?? '');
    return values;
  }

  firstCodes(size: number): Int32Array {
    const { ordinals, codes } = this;
    if (this.#firstCodes === undefined || this.#firstCodes.length < size) {
      const firstCodes = makeInts(size);
      for (let i = codes.length - 1; i >= 0; i--) firstCodes[ordinals[i] ?? 0] = codes[i] ?? BLANK;
      this.#firstCodes = firstCodes;
    }
    return this.#firstCodes;
  }

  numberOf(ordinal: number): number {
    const { ordinals, codes, numbers } = this;
    const i = lowerBound(ordinals, ordinal, ordinals.length);
    return ordinals[i] === ordinal ? (numbers[codes[i] ?? 0] ?? Number.NaN) : Number.NaN;
  }

  codeOf(value: string): number | undefined {
    this.#refresh();
    return this.#codeOf.get(value);
  }

  documents(code: number): number {
    this.#refresh();
    return this.#documents[code] ?? 0;
  }

  #refresh(): void {
    const { visible, revision } = this.#shown();
    if (this.#revision === revision) return;
    const isFirst = this.#revision === -1;
    this.#revision = revision;
    this.#numbers = undefined;
    this.#firstCodes = undefined;
    const { ordinals, codes } = this.#base;
    const shownOrdinals: number[] = [];
    const shownCodes: number[] = [];
    for (let cell = 0; cell < codes.length; cell++) {
      const ordinal = ordinals[cell] ?? 0;
      if (!visible.has(ordinal)) continue;
      shownOrdinals.push(ordinal);
      shownCodes.push(this.#ownCode(codes[cell] ?? 0));
    }
    this.#ordinals = Uint32Array.from(shownOrdinals);
    this.#codes = Uint32Array.from(shownCodes);
    this.#documents = new Uint32Array(this.#values.length);
    for (const code of shownCodes) this.#documents[code] = (this.#documents[code] ?? 0) + 1;
    // As in any column, the unit stays what it was when the column was first read.
    if (isFirst) this.#unit = this.#mostUsedUnit();
  }

  #ownCode(baseCode: number): number {
    this.#ownCodes = grown(this.#ownCodes, baseCode + 1, makeInts);
    const known = this.#ownCodes[baseCode] ?? BLANK;
    if (known !== BLANK) return known;
    const code = this.#values.length;
    const value = this.#base.values[baseCode] ?? '';
    this.#values.push(value);
    this.#codeOf.set(value, code);
    this.#baseCodes.push(baseCode);
    this.#ownCodes[baseCode] = code;
    return code;
  }

  #mostUsedUnit(): Unit | undefined {
    const units = this.#values.map((value) => (DIGIT.test(value) ? readValue(value).unit : undefined));
    const cells = new Map<Unit, number>();
    for (const code of this.#codes) {
      const unit = units[code];
      if (unit !== undefined) cells.set(unit, (cells.get(unit) ?? 0) + 1);
    }
    return unitOfColumn(cells);
  }
}
