import type { ColumnType } from '../../index/columns/columnType.js';
import type { LiveColumn } from '../../index/columns/liveColumn.js';
import type { Reading } from '../../index/columns/readValue.js';
import { BLANK, type Column, type Spellings } from '../../index/liveIndex.js';
import type { Unit } from '../../text/units.js';

/** Reads the values of one field of the product of an ordinal. */
export type ReadValues = (ordinal: number) => readonly (string | number | boolean)[];

/** The values and counts of a column of the whole catalog, with the cells of a few products. */
export class EngineColumn implements Column {
  readonly #base: LiveColumn;
  readonly #read: ReadValues;
  readonly #size: () => number;
  #seen = 0;
  readonly #ordinals: number[] = [];
  readonly #codes: number[] = [];
  /** The first cell of each ordinal, if it has one. */
  readonly #first: number[] = [];

  constructor(base: LiveColumn, size: () => number, read: ReadValues) {
    this.#base = base;
    this.#size = size;
    this.#read = read;
  }

  get name(): string {
    return this.#base.name;
  }

  /** Of the whole catalog. */
  get cells(): number {
    return this.#base.liveCells;
  }

  get ordinals(): Uint32Array {
    this.#follow();
    return Uint32Array.from(this.#ordinals);
  }

  get codes(): Uint32Array {
    this.#follow();
    return Uint32Array.from(this.#codes);
  }

  get values(): readonly string[] {
    return this.#base.values;
  }

  get textRevision(): number {
    return this.#base.textRevision;
  }

  get replacements(): number {
    return 0;
  }

  replacedSince(): readonly number[] {
    return [];
  }

  get type(): ColumnType {
    return this.#base.type;
  }

  get unit(): Unit | undefined {
    return this.#base.unit;
  }

  get numbers(): Float64Array {
    return this.#base.numbers;
  }

  get spellings(): Spellings {
    return this.#base.spellings;
  }

  /** The column of the whole catalog. */
  get whole(): LiveColumn {
    return this.#base;
  }

  codesOf(ordinal: number): number[] {
    this.#follow();
    const codes: number[] = [];
    for (let i = this.#first[ordinal] ?? 0; this.#ordinals[i] === ordinal; i++)
      codes.push(this.#codes[i] ?? 0);
    return codes;
  }

  valuesOf(ordinal: number): string[] {
    return this.codesOf(ordinal).map((code) => this.values[code] ?? '');
  }

  firstCodes(size: number): Int32Array {
    this.#follow();
    const first = new Int32Array(Math.max(size, this.#size())).fill(BLANK);
    for (let cell = this.#ordinals.length - 1; cell >= 0; cell--)
      first[this.#ordinals[cell] ?? 0] = this.#codes[cell] ?? BLANK;
    return first;
  }

  numberOf(ordinal: number): number {
    const [code] = this.codesOf(ordinal);
    return code === undefined ? Number.NaN : (this.numbers[code] ?? Number.NaN);
  }

  codeOf(value: string): number | undefined {
    return this.#base.codeOf(value);
  }

  documents(code: number): number {
    return this.#base.documents(code);
  }

  readingOf(code: number): Reading {
    return this.#base.readingOf(code);
  }

  sortText(code: number): string {
    return this.#base.sortText(code);
  }

  /** Reads the products that came since. A value that the statistics do not have yet is left out. */
  #follow(): void {
    for (const size = this.#size(); this.#seen < size; this.#seen++) {
      const codes = new Set<number>();
      for (const value of this.#read(this.#seen)) {
        const code = this.#base.codeOf(String(value));
        if (code !== undefined) codes.add(code);
      }
      this.#first[this.#seen] = this.#ordinals.length;
      for (const code of codes) {
        this.#ordinals.push(this.#seen);
        this.#codes.push(code);
      }
    }
  }
}
