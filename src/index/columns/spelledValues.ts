import { grown } from '../../structures/growTypedArray.js';
import { finish, type Steps } from '../../structures/inSlices.js';
import { addToList } from '../../structures/multimap.js';
import { LevelSpellings } from './levelSpellings.js';
import { mostFrequent } from './mostFrequent.js';
import { type Cell, readCell, readKey } from './readCell.js';
import type { Reading } from './readValue.js';
import type { ValueRules } from './valueRules.js';

const makeWords = (length: number): Uint32Array => new Uint32Array(length);

/** Fields with a value per product, where looking for an equal value is not worth its memory. */
const UNIQUE_FIELDS = new Set(['title']);
/** Values handled between two pauses of `prepare`. */
const VALUES_A_STEP = 200;

/**
 * The distinct values of a column. A value has one or more spellings; it is shown as the taxonomy names it, else in the
 * spelling that most live products use (on a tie, the first in UTF-16 order). Maps and counts are built on first use.
 */
export class SpelledValues {
  /** Rises when a value is shown in another way than before. */
  revision = 0;
  readonly #name: string;
  readonly #rules: ValueRules;
  /** Value code of each spelling. */
  #codes: Uint32Array;
  #spellings: number;
  #length: number;
  readonly #readTexts: () => string[];
  /** The spelling of each cell. */
  readonly #cells: () => Uint32Array;
  /** Live products by spelling before the first count, where the cells are elsewhere. */
  readonly #documents: Uint32Array | undefined;
  #texts: string[] | undefined;
  #spellingOfText: Map<string, number> | undefined;
  #codeOfKey: Map<string, number> | undefined;
  #firstSpellings: number[] | undefined;
  /** The spellings of values that have several. */
  #variants: Map<number, number[]> | undefined;
  /** Live products by spelling and by value. */
  #counts: { spellings: Uint32Array; values: Uint32Array } | undefined;
  #levels: LevelSpellings | undefined;
  #shown: string[] | undefined;
  /** Rises with every count. */
  #changes = 0;

  constructor(
    name: string,
    rules: ValueRules,
    codes: Uint32Array,
    length: number,
    readTexts: () => string[],
    cells: () => Uint32Array,
    documents?: Uint32Array,
  ) {
    this.#name = name;
    this.#rules = rules;
    this.#codes = codes;
    this.#spellings = codes.length;
    this.#length = length;
    this.#readTexts = readTexts;
    this.#cells = cells;
    this.#documents = documents;
  }

  /** Builds the maps and counts that are otherwise built on first use. Values may be added while it pauses. */
  *prepare(): Steps {
    this.#liveCounts();
    yield;
    this.#writableTexts();
    yield;
    this.#variantsByCode();
    yield;
    if (UNIQUE_FIELDS.has(this.#name)) return;
    this.#spellingsByText();
    yield;
    yield* this.#buildKeys();
    if (this.#shown === undefined) yield* this.#buildShown();
  }

  /** Number of values. */
  get length(): number {
    return this.#length;
  }

  /** Number of spellings. */
  get spellings(): number {
    return this.#spellings;
  }

  /** Whether each value has one spelling, so that codes of values and of spellings are the same. */
  get isIdentity(): boolean {
    return this.#spellings === this.#length;
  }

  /** By value code. Read only. */
  get shown(): readonly string[] {
    return this.#shown ?? finish(this.#buildShown());
  }

  codeOfSpelling(spelling: number): number {
    return this.#codes[spelling] ?? 0;
  }

  /** Whether the value has several spellings. */
  hasVariants(code: number): boolean {
    return this.#variantsByCode().has(code);
  }

  /** The spelling that most live products use. */
  mainSpelling(code: number): number {
    const variants = this.#variantsByCode().get(code);
    if (variants === undefined) return this.#firstSpelling(code);
    const { spellings } = this.#liveCounts();
    return mostFrequent(variants, this.#writableTexts(), spellings);
  }

  #firstSpelling(code: number): number {
    if (this.isIdentity) return code;
    if (this.#firstSpellings === undefined) {
      const firsts: number[] = [];
      for (let spelling = 0; spelling < this.#spellings; spelling++)
        firsts[this.codeOfSpelling(spelling)] ??= spelling;
      this.#firstSpellings = firsts;
    }
    return this.#firstSpellings[code] ?? 0;
  }

  /** The code of the value of which this is a spelling. */
  codeOf({ key }: Cell): number | undefined {
    return this.#keys().get(key);
  }

  readingOf(spelling: number): Reading {
    return readCell(this.#name, this.textOf(spelling), this.#rules)?.reading ?? {};
  }

  /** Number of live products with the value. */
  documents(code: number): number {
    return this.#liveCounts().values[code] ?? 0;
  }

  /** The spelling of a value, a new one if need be. Undefined if the value cannot be seen. */
  spellingFor(value: string | number | boolean): number | undefined {
    const known = this.#texts === undefined ? undefined : this.#spellingOfText?.get(String(value));
    if (known !== undefined) return known;
    const cell = readCell(this.#name, value, this.#rules);
    if (cell === undefined) return undefined;
    const { text } = cell;
    if (UNIQUE_FIELDS.has(this.#name)) return this.#addSpelling(text, this.#length);
    const spellings = this.#spellingsByText();
    const existing = spellings.get(text);
    if (existing !== undefined) return existing;
    const keys = this.#keys();
    const code = keys.get(cell.key) ?? this.#length;
    const spelling = this.#addSpelling(text, code);
    spellings.set(text, spelling);
    keys.set(cell.key, code);
    return spelling;
  }

  /** Adds to the number of live products with a spelling. To be called before the cell itself changes. */
  count(spelling: number, change: number): void {
    this.#changes++;
    const counts = this.#liveCounts();
    const code = this.codeOfSpelling(spelling);
    counts.spellings = grown(counts.spellings, spelling + 1, makeWords);
    counts.values = grown(counts.values, code + 1, makeWords);
    counts.spellings[spelling] = (counts.spellings[spelling] ?? 0) + change;
    counts.values[code] = (counts.values[code] ?? 0) + change;
    if (this.#shown === undefined) return;
    if (this.#levels !== undefined) {
      if (this.#levels.add(this.textOf(spelling), change)) this.#showAgain();
      else this.#shown[code] ??= this.#levels.write(this.textOf(spelling));
    } else if (this.hasVariants(code)) {
      const shown = this.#show(code);
      if (shown !== this.#shown[code]) this.revision++;
      this.#shown[code] = shown;
    }
  }

  #addSpelling(text: string, code: number): number {
    const spelling = this.#spellings;
    this.#writableTexts().push(text);
    this.#codes = grown(this.#codes, spelling + 1, makeWords);
    this.#codes[spelling] = code;
    const firsts = this.#firstSpellings;
    this.#spellings++;
    if (code === this.#length) {
      this.#length++;
      if (firsts !== undefined) firsts[code] = spelling;
      // Shown paths of categories follow when they are counted.
      if (this.#shown !== undefined && this.#levels === undefined) this.#shown[code] = this.#show(code);
    } else if (this.#variants !== undefined) {
      const variants = this.#variants.get(code) ?? [this.#firstSpelling(code)];
      variants.push(spelling);
      this.#variants.set(code, variants);
    }
    return spelling;
  }

  *#buildShown(): Steps<string[]> {
    for (;;) {
      const changes = this.#changes;
      const levels = this.#name === 'category' ? yield* this.#buildLevels() : undefined;
      const shown: string[] = [];
      for (let code = 0; code < this.#length; code++) {
        if (code % VALUES_A_STEP === 0) yield;
        shown[code] = this.#show(code, levels);
      }
      if (this.#shown !== undefined) return this.#shown;
      // Values that were counted meanwhile may be shown in another way.
      if (changes !== this.#changes || shown.length !== this.#length) continue;
      this.#levels = levels;
      this.#shown = shown;
      return shown;
    }
  }

  *#buildLevels(): Steps<LevelSpellings> {
    const levels = new LevelSpellings();
    const { spellings } = this.#liveCounts();
    for (let spelling = 0; spelling < this.#spellings; spelling++) {
      if (spelling % VALUES_A_STEP === 0) yield;
      levels.add(this.textOf(spelling), spellings[spelling] ?? 0);
    }
    return levels;
  }

  #showAgain(): void {
    this.#shown = Array.from({ length: this.#length }, (_, code) => this.#show(code));
    this.revision++;
  }

  #show(code: number, levels = this.#levels): string {
    const first = this.textOf(this.#firstSpelling(code));
    if (levels !== undefined) return levels.write(first);
    const canonical = this.#rules.canonical(this.#name, first);
    return canonical?.kind === 'text' ? canonical.text : this.textOf(this.mainSpelling(code));
  }

  #liveCounts(): { spellings: Uint32Array; values: Uint32Array } {
    if (this.#counts === undefined) {
      const spellings = new Uint32Array(this.#spellings);
      const values = new Uint32Array(this.#length);
      if (this.#documents === undefined) {
        // Until the first count, every cell is of a live product.
        for (const spelling of this.#cells()) spellings[spelling] = (spellings[spelling] ?? 0) + 1;
      } else spellings.set(this.#documents);
      for (const [spelling, products] of spellings.entries()) {
        const code = this.codeOfSpelling(spelling);
        values[code] = (values[code] ?? 0) + products;
      }
      this.#counts = { spellings, values };
    }
    return this.#counts;
  }

  #variantsByCode(): Map<number, number[]> {
    if (this.#variants === undefined) {
      const variants = new Map<number, number[]>();
      if (!this.isIdentity) {
        for (let spelling = 0; spelling < this.#spellings; spelling++)
          addToList(variants, this.codeOfSpelling(spelling), spelling);
        for (const [code, spellings] of variants) if (spellings.length === 1) variants.delete(code);
      }
      this.#variants = variants;
    }
    return this.#variants;
  }

  #keys(): Map<string, number> {
    return this.#codeOfKey ?? finish(this.#buildKeys());
  }

  *#buildKeys(): Steps<Map<string, number>> {
    const keys = new Map<string, number>();
    for (let code = 0; code < this.#length && this.#codeOfKey === undefined; code++) {
      if (code % VALUES_A_STEP === 0) yield;
      const key = readKey(this.#name, this.textOf(this.#firstSpelling(code)), this.#rules);
      if (key !== undefined) keys.set(key, code);
    }
    // They may have been needed while this paused.
    this.#codeOfKey ??= keys;
    return this.#codeOfKey;
  }

  #spellingsByText(): Map<string, number> {
    this.#spellingOfText ??= new Map(this.#writableTexts().map((text, spelling) => [text, spelling]));
    return this.#spellingOfText;
  }

  textOf(spelling: number): string {
    return this.#writableTexts()[spelling] ?? '';
  }

  #writableTexts(): string[] {
    this.#texts ??= this.#readTexts();
    return this.#texts;
  }
}
