import { categoryLevels, joinLevels } from '../../domain/categoryPath.js';
import { attributeName } from '../../domain/field.js';
import type { Column, LiveIndex } from '../../index/liveIndex.js';
import type { Steps } from '../../structures/inSlices.js';
import { highlightTyped } from './highlightTyped.js';
import { PrefixTable } from './prefixTable.js';
import { LATER_WORD, penaltyOf, type TopCandidates } from './suggestionCandidates.js';
import type { SuggestionKind } from './suggestSchemas.js';
import { keyOf, type TypedText, wordStarts } from './typedText.js';

/** Longer values and values with several lines are prose and not completed. */
const MAX_VALUE_LENGTH = 60;
/** Values added between two pauses. */
const VALUES_A_STEP = 100;
/** Columns looked at between two pauses: a catalog may have very many. */
const COLUMNS_A_STEP = 100;
const HAS_LETTER = /^(?=.*\p{L}).*$/u;
const PLAIN_FIELD = /^[\p{L}\p{N}_.:-]+$/u;
const FLAGS: ReadonlySet<string> = new Set(['true', 'false']);

/** A category, brand or attribute value that products can be filtered by. */
interface CatalogValue {
  readonly kind: Extract<SuggestionKind, 'category' | 'brand' | 'value'>;
  readonly text: string;
  readonly key: string;
  readonly column: Column;
  /** Value codes: for a category also those of the categories below it. */
  readonly codes: number[];
  /** Where its own name begins in the key: for a category its last level. */
  readonly nameStart: number;
}

interface ReadColumn {
  readonly kind: CatalogValue['kind'];
  readonly column: Column;
  /** How many of its values were added. */
  values: number;
  /** Cells and replacements when its values were read last. */
  cells: number;
  replacements: number;
}

/** The values that products can be filtered by, found by the beginning of any of their first words. */
export class CatalogValues {
  readonly #values: CatalogValue[] = [];
  readonly #categories = new Map<string, CatalogValue>();
  /** What was read so far of each column with values to complete, by name. */
  readonly #read = new Map<string, ReadColumn>();
  /** The names that `#read` was made of. */
  #names: readonly string[] | undefined;
  /** Payloads are twice the value's position, plus one if the key begins at another word than its name. */
  #table = new PrefixTable([]);

  private constructor(private readonly index: LiveIndex) {}

  static *build(index: LiveIndex): Steps<CatalogValues> {
    const built = new CatalogValues(index);
    const entries: { key: string; payload: number }[] = [];
    yield* built.#addNewValues((key, payload) => entries.push({ key, payload }));
    built.#table = yield* PrefixTable.build(entries);
    return built;
  }

  /** Adds values of products that were added since. */
  *addNew(): Steps {
    yield* this.#addNewValues((key, payload) => this.#table.add(key, payload));
  }

  /** Offers each value of a live product with the typed text at the beginning of a word. */
  offerPrefixed(typed: TypedText, to: Record<CatalogValue['kind'], TopCandidates>): void {
    this.#table.forEachPrefixed(typed.key, (payload) => this.#offer(payload, 0, typed, to));
  }

  /** The same for a text 1 to `edits` edits away. */
  offerNear(typed: TypedText, edits: number, to: Record<CatalogValue['kind'], TopCandidates>): void {
    this.#table.forEachNear(typed.key, edits, (payload, distance) => {
      if (distance > 0) this.#offer(payload, distance, typed, to);
    });
  }

  #offer(
    payload: number,
    edits: number,
    typed: TypedText,
    to: Record<CatalogValue['kind'], TopCandidates>,
  ): void {
    const value = this.#values[payload >>> 1];
    if (value === undefined) return;
    const { kind, text, key, nameStart } = value;
    const weight = countProducts(value);
    const penalty = penaltyOf(edits, 0, (payload & 1) === 1 ? LATER_WORD : 0);
    const best = to[kind];
    if (weight === 0 || !best.admits({ penalty, weight, text, of: value.column.name })) return;
    best.offer({
      kind,
      text,
      key,
      penalty,
      weight,
      of: value.column.name,
      show: () => ({
        kind,
        text,
        filter: `${fieldName(value.column.name)} = '${text.replace(/[\\']/g, '\\$&')}'`,
        count: weight,
        highlights: highlightTyped(text, typed.key, edits, nameStart),
      }),
    });
  }

  *#addNewValues(add: (key: string, payload: number) => void): Steps {
    yield* this.#findColumns();
    let looked = 0;
    for (const read of this.#read.values()) {
      if (++looked % COLUMNS_A_STEP === 0) yield;
      const { kind, column } = read;
      // Looked at after every write, so columns without a change must cost nothing.
      if (read.cells === column.cells && read.replacements === column.replacements) continue;
      [read.cells, read.replacements] = [column.cells, column.replacements];
      const { values } = column;
      yield;
      for (; read.values < values.length; read.values++) {
        const code = read.values;
        if (code % VALUES_A_STEP === 0) yield;
        const value = values[code] ?? '';
        if (kind === 'category') this.#addCategory(column, code, value, add);
        else if (value.length <= MAX_VALUE_LENGTH && HAS_LETTER.test(value) && !FLAGS.has(value))
          this.#addValue({ kind, text: value, key: keyOf(value), column, codes: [code], nameStart: 0 }, add);
      }
    }
  }

  *#findColumns(): Steps {
    const names = this.index.columns.names();
    if (names === this.#names) return;
    this.#names = names;
    let looked = 0;
    for (const name of names) {
      if (++looked % COLUMNS_A_STEP === 0) yield;
      if (this.#read.has(name)) continue;
      const kind = kindOf(name);
      const column = this.index.columns.field(name);
      if (kind === undefined || column === undefined || name.includes('`')) continue;
      this.#read.set(name, { kind, column, values: 0, cells: -1, replacements: -1 });
    }
  }

  #addCategory(
    column: Column,
    code: number,
    path: string,
    add: (key: string, payload: number) => void,
  ): void {
    const levels = categoryLevels(path);
    for (let depth = 1; depth <= levels.length; depth++) {
      const text = joinLevels(levels.slice(0, depth));
      const known = this.#categories.get(text);
      if (known !== undefined) {
        known.codes.push(code);
        continue;
      }
      const key = keyOf(text);
      const own = keyOf(levels[depth - 1] ?? '');
      const nameStart = key.length - own.length;
      const value: CatalogValue = { kind: 'category', text, key, column, codes: [code], nameStart };
      this.#categories.set(text, value);
      this.#addValue(value, add);
    }
  }

  #addValue(value: CatalogValue, add: (key: string, payload: number) => void): void {
    const place = this.#values.length;
    this.#values.push(value);
    const starts = wordStarts(value.key);
    if (value.key !== '' && !starts.includes(value.nameStart)) starts.push(value.nameStart);
    for (const start of starts)
      add(value.key.slice(start), place * 2 + (start === value.nameStart || start === 0 ? 0 : 1));
  }
}

function kindOf(field: string): CatalogValue['kind'] | undefined {
  if (field === 'category' || field === 'brand') return field;
  return attributeName(field) === undefined ? undefined : 'value';
}

function countProducts({ column, codes }: CatalogValue): number {
  let products = 0;
  for (const code of codes) products += column.documents(code);
  return products;
}

function fieldName(field: string): string {
  return PLAIN_FIELD.test(field) ? field : `\`${field}\``;
}
