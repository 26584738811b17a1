import type { Bitset } from '../../structures/bitset.js';
import { grown } from '../../structures/growTypedArray.js';
import type { Unit } from '../../text/units.js';
import { ColumnEvidence, type ColumnType } from '../columns/columnType.js';
import { LiveColumn } from '../columns/liveColumn.js';
import type { Reading } from '../columns/readValue.js';
import type { ValueRules } from '../columns/valueRules.js';
import { BLANK, type Column, type Spellings } from '../liveIndex.js';

/** The products that a column is restricted to. `revision` rises with every change of them or of their values. */
export interface Shown {
  readonly visible: Bitset;
  readonly revision: number;
}

const makeInts = (length: number) => new Int32Array(length).fill(BLANK);

/**
 * The cells of one column that belong to some of the products. Values have codes of their own, in the order of their
 * first cell; a code stays when its last product is gone. Type and spellings are those of these products alone.
 */
export class RestrictedColumn implements Column {
  readonly #base: Column;
  readonly #rules: ValueRules;
  readonly #shown: () => Shown;
  #revision = -1;
  #column: LiveColumn;
  #textRevision = 0;
  readonly #texts: string[] = [];
  readonly #readings: Reading[] = [];
  /** Own code of each own spelling. */
  readonly #codes: number[] = [];
  /** By spelling of the whole column. */
  #ownSpellings = new Int32Array(0);
  /** By code of the whole column. */
  #ownCodes = new Int32Array(0);
  #values = 0;

  constructor(base: Column, rules: ValueRules, shown: () => Shown) {
    this.#base = base;
    this.#rules = rules;
    this.#shown = shown;
    this.#column = LiveColumn.empty(base.name, rules);
  }

  get name(): string {
    return this.#base.name;
  }

  get ordinals(): Uint32Array {
    return this.#current().ordinals;
  }

  get codes(): Uint32Array {
    return this.#current().codes;
  }

  get values(): readonly string[] {
    return this.#current().values;
  }

  get textRevision(): number {
    this.#current();
    return this.#textRevision;
  }

  get type(): ColumnType {
    return this.#current().type;
  }

  get unit(): Unit | undefined {
    return this.#current().unit;
  }

  get numbers(): Float64Array {
    return this.#current().numbers;
  }

  get spellings(): Spellings {
    return this.#current().spellings;
  }

  valuesOf(ordinal: number): string[] {
    return this.#current().valuesOf(ordinal);
  }

  firstCodes(size: number): Int32Array {
    return this.#current().firstCodes(size);
  }

  numberOf(ordinal: number): number {
    return this.#current().numberOf(ordinal);
  }

  codeOf(value: string): number | undefined {
    return this.#current().codeOf(value);
  }

  documents(code: number): number {
    return this.#current().documents(code);
  }

  readingOf(code: number): Reading {
    return this.#current().readingOf(code);
  }

  sortText(code: number): string {
    return this.#current().sortText(code);
  }

  /** The column over the products shown now. */
  #current(): LiveColumn {
    const { visible, revision } = this.#shown();
    if (this.#revision === revision) return this.#column;
    this.#revision = revision;
    const { ordinals } = this.#base;
    const { spellings } = this.#base;
    const shownOrdinals: number[] = [];
    const shownSpellings: number[] = [];
    for (const [cell, spelling] of spellings.cells.entries()) {
      const ordinal = ordinals[cell] ?? 0;
      if (!visible.has(ordinal)) continue;
      shownOrdinals.push(ordinal);
      shownSpellings.push(this.#ownSpelling(spellings, spelling));
    }
    const column = new LiveColumn(this.name, this.#rules, {
      ordinals: Uint32Array.from(shownOrdinals),
      spellings: Uint32Array.from(shownSpellings),
      codes: Uint32Array.from(this.#codes),
      values: this.#values,
      numbers: undefined,
      evidence: this.#evidenceOf(shownSpellings),
      readTexts: () => this.#texts.slice(),
    });
    const before = this.#column.values;
    if (before.some((text, code) => text !== column.values[code])) this.#textRevision++;
    this.#column = column;
    return column;
  }

  #evidenceOf(cells: readonly number[]): ColumnEvidence {
    const counts = new Uint32Array(this.#texts.length);
    for (const spelling of cells) counts[spelling] = (counts[spelling] ?? 0) + 1;
    const evidence = new ColumnEvidence(this.#rules.unitOf(this.name));
    for (const [spelling, count] of counts.entries())
      if (count > 0) evidence.add(this.#readings[spelling] ?? {}, count);
    return evidence;
  }

  #ownSpelling(spellings: Spellings, spelling: number): number {
    this.#ownSpellings = grown(this.#ownSpellings, spelling + 1, makeInts);
    const known = this.#ownSpellings[spelling] ?? BLANK;
    if (known !== BLANK) return known;
    const own = this.#texts.length;
    this.#texts.push(spellings.textOf(spelling));
    this.#readings.push(spellings.readingOf(spelling));
    this.#codes.push(this.#ownCode(spellings.codeOf(spelling)));
    this.#ownSpellings[spelling] = own;
    return own;
  }

  #ownCode(code: number): number {
    this.#ownCodes = grown(this.#ownCodes, code + 1, makeInts);
    const known = this.#ownCodes[code] ?? BLANK;
    if (known !== BLANK) return known;
    this.#ownCodes[code] = this.#values;
    return this.#values++;
  }
}
