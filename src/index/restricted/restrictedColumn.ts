import { lowerBound } from '../../structures/binarySearch.js';
import { Bitset } from '../../structures/bitset.js';
import { grown } from '../../structures/growTypedArray.js';
import type { Steps } from '../../structures/inSlices.js';
import type { Unit } from '../../text/units.js';
import { ColumnEvidence, type ColumnType } from '../columns/columnType.js';
import { LiveColumn } from '../columns/liveColumn.js';
import type { Reading } from '../columns/readValue.js';
import type { ValueRules } from '../columns/valueRules.js';
import { BLANK, type Column, type Spellings } from '../liveIndex.js';
import { differenceOf } from './differenceOf.js';

/**
 * The products that a column is restricted to; another object where they change. `revision` rises with every change of
 * them or of their values.
 */
export interface Shown {
  readonly visible: Bitset;
  readonly revision: number;
}

/** Cells read between two pauses of `prepare`. */
const CELLS_A_STEP = 500;

const makeInts = (length: number) => new Int32Array(length).fill(BLANK);

/**
 * The cells of one column that belong to some of the products, and of products that belonged to them. Values have codes of their own, in the order of their
 * first cell; a code stays when its last product is gone. Type and spellings are those of these products alone.
 */
export class RestrictedColumn implements Column {
  readonly #base: Column;
  readonly #rules: ValueRules;
  readonly #shown: () => Shown;
  #revision = -1;
  /** Added to that of the column, which begins anew when it is rebuilt. */
  #textRevision = 0;
  /** Replacements before the column was rebuilt last; a rebuild counts as one. */
  #replacedBefore = 0;
  /** What was shown at the revision, and the replacements of the whole column then. */
  #visible = new Bitset(0);
  #replacementsSeen = 0;
  #column: LiveColumn;
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

  get cells(): number {
    return this.#current().cells;
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
    const { textRevision } = this.#current();
    return this.#textRevision + textRevision;
  }

  get replacements(): number {
    const { replacements } = this.#current();
    return this.#replacedBefore + replacements;
  }

  replacedSince(replacements: number): readonly number[] | undefined {
    const column = this.#current();
    return replacements < this.#replacedBefore
      ? undefined
      : column.replacedSince(replacements - this.#replacedBefore);
  }

  /** Number of cells of products shown now. */
  get liveCells(): number {
    return this.#current().liveCells;
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
    if (!this.#follow(visible)) this.#rebuild(visible);
    this.#revision = revision;
    this.#visible = visible;
    this.#replacementsSeen = this.#base.replacements;
    return this.#column;
  }

  /** Takes over what changed; false if so much did that the column must be rebuilt. */
  #follow(visible: Bitset): boolean {
    if (this.#revision < 0) return false;
    const replaced = this.#base.replacedSince(this.#replacementsSeen);
    if (replaced === undefined) return false;
    const before = this.#visible;
    const { entered, left } = differenceOf(before, visible);
    for (const ordinal of left) this.#column.delete(ordinal);
    for (const ordinal of new Set(replaced))
      if (before.has(ordinal) && visible.has(ordinal)) {
        this.#column.delete(ordinal);
        this.#restore(ordinal);
      }
    if (entered.length > 0) {
      // A known product that passes again may have cells that were deleted.
      for (const ordinal of entered) if (ordinal < before.size) this.#restore(ordinal);
      this.#appendFrom(before.size, visible);
    }
    const { counts } = this.#column;
    return counts.values === this.#values && counts.spellings === this.#texts.length;
  }

  /** Gives a known product its cells of the whole column. */
  #restore(ordinal: number): void {
    const { ordinals, spellings } = this.#base;
    const texts: string[] = [];
    for (let cell = lowerBound(ordinals, ordinal); ordinals[cell] === ordinal; cell++)
      texts.push(this.#texts[this.#ownSpelling(spellings, spellings.cells[cell] ?? 0)] ?? '');
    this.#column.restore(ordinal, texts);
  }

  #appendFrom(first: number, visible: Bitset): void {
    const { ordinals, spellings } = this.#base;
    for (let cell = lowerBound(ordinals, first); cell < ordinals.length; cell++) {
      const ordinal = ordinals[cell] ?? 0;
      if (!visible.has(ordinal)) continue;
      const own = this.#ownSpelling(spellings, spellings.cells[cell] ?? 0);
      this.#column.append(ordinal, this.#texts[own] ?? '');
    }
  }

  #rebuild(visible: Bitset): void {
    const { ordinals, spellings } = this.#base;
    const { cells } = spellings;
    const shownOrdinals = new Uint32Array(cells.length);
    const shownSpellings = new Uint32Array(cells.length);
    let count = 0;
    for (let cell = 0; cell < cells.length; cell++) {
      const ordinal = ordinals[cell] ?? 0;
      if (!visible.has(ordinal)) continue;
      shownOrdinals[count] = ordinal;
      shownSpellings[count++] = this.#ownSpelling(spellings, cells[cell] ?? 0);
    }
    // Texts are read on first use, when there may be more.
    const texts = this.#texts.length;
    this.#replacedBefore += 1 + this.#column.replacements;
    this.#textRevision += 1 + this.#column.textRevision;
    this.#column = new LiveColumn(this.name, this.#rules, {
      ordinals: shownOrdinals.slice(0, count),
      spellings: shownSpellings.slice(0, count),
      codes: Uint32Array.from(this.#codes),
      values: this.#values,
      numbers: undefined,
      evidence: this.#evidenceOf(shownSpellings.subarray(0, count)),
      readTexts: () => this.#texts.slice(0, texts),
    });
  }

  /** Builds what is otherwise built on first use. */
  *prepare(): Steps {
    for (let from = 0; from < this.#base.codes.length; from += CELLS_A_STEP) {
      const { ordinals, spellings } = this.#base;
      const { cells } = spellings;
      const { visible } = this.#shown();
      const end = Math.min(from + CELLS_A_STEP, ordinals.length);
      for (let cell = from; cell < end; cell++)
        if (visible.has(ordinals[cell] ?? 0)) this.#ownSpelling(spellings, cells[cell] ?? 0);
      yield;
    }
    const column = this.#current();
    yield;
    yield* column.prepare();
  }

  #evidenceOf(cells: Uint32Array): ColumnEvidence {
    const counts = new Uint32Array(this.#texts.length);
    for (let cell = 0; cell < cells.length; cell++) {
      const spelling = cells[cell] ?? 0;
      counts[spelling] = (counts[spelling] ?? 0) + 1;
    }
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
