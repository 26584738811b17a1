import { categoryLevels, joinLevels } from '../../domain/categoryPath.js';
import { attributeName } from '../../domain/field.js';
import type { Column, LiveIndex } from '../../index/liveIndex.js';
import { highlightTyped } from './highlightTyped.js';
import { PrefixTable } from './prefixTable.js';
import { LATER_WORD, penaltyOf, type TopCandidates } from './suggestionCandidates.js';
import type { SuggestionKind } from './suggestSchemas.js';
import { keyOf, type TypedText, wordStarts } from './typedText.js';

/** Longer values, and those of several lines, are prose; nobody completes them. */
const LONGEST_VALUE = 60;
const SAYS_SOMETHING = /^(?=.*\p{L}).*$/u;
const PLAIN_FIELD = /^[\p{L}\p{N}_.:-]+$/u;
const FLAGS: ReadonlySet<string> = new Set(['true', 'false']);

/** A category, brand or value: something that products can be filtered by. */
interface CatalogValue {
  readonly kind: Extract<SuggestionKind, 'category' | 'brand' | 'value'>;
  readonly text: string;
  readonly key: string;
  readonly column: Column;
  /** Codes of the column that the phrase stands for: of a category its own and those below it. */
  readonly codes: number[];
  /** Where in the key its name begins: of a category its last level. */
  readonly main: number;
}

/** What the catalog's products can be filtered by, looked up by any of its first words. */
export class CatalogValues {
  readonly #phrases: CatalogValue[] = [];
  readonly #categories = new Map<string, CatalogValue>();
  /** How many values of each column were taken in. */
  readonly #taken = new Map<string, number>();
  /** Payloads are twice the phrase's place, and one more where its name begins elsewhere. */
  #table = new PrefixTable([]);

  constructor(private readonly index: LiveIndex) {
    const entries: { key: string; payload: number }[] = [];
    this.#takeIn((key, payload) => entries.push({ key, payload }));
    this.#table = new PrefixTable(entries);
  }

  /** Takes in values that products brought since. */
  grow(): void {
    this.#takeIn((key, payload) => this.#table.add(key, payload));
  }

  /** Offers each phrase of a living product that has what is typed at the beginning of a word. */
  offerPrefixed(typed: TypedText, to: Record<CatalogValue['kind'], TopCandidates>): void {
    this.#table.forEachPrefixed(typed.key, (payload) => this.#offer(payload, 0, typed, to));
  }

  /** The same for what is 1 to `edits` edits from it. */
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
    const phrase = this.#phrases[payload >>> 1];
    if (phrase === undefined) return;
    const { kind, text, key, main } = phrase;
    const weight = count(phrase);
    const penalty = penaltyOf(edits, 0, (payload & 1) === 1 ? LATER_WORD : 0);
    const best = to[kind];
    if (weight === 0 || !best.admits({ penalty, weight, text, of: phrase.column.name })) return;
    best.offer({
      kind,
      text,
      key,
      penalty,
      weight,
      of: phrase.column.name,
      show: () => ({
        kind,
        text,
        filter: `${fieldName(phrase.column.name)} = '${text.replace(/[\\']/g, '\\$&')}'`,
        count: weight,
        highlights: highlightTyped(text, typed.key, edits, main),
      }),
    });
  }

  #takeIn(add: (key: string, payload: number) => void): void {
    for (const name of this.index.columns.names()) {
      const kind = kindOf(name);
      const column = this.index.columns.field(name);
      if (kind === undefined || column === undefined || name.includes('`')) continue;
      const { values } = column;
      for (let code = this.#taken.get(name) ?? 0; code < values.length; code++) {
        const value = values[code] ?? '';
        if (kind === 'category') this.#takeCategory(column, code, value, add);
        else if (value.length <= LONGEST_VALUE && SAYS_SOMETHING.test(value) && !FLAGS.has(value))
          this.#enter({ kind, text: value, key: keyOf(value), column, codes: [code], main: 0 }, add);
      }
      this.#taken.set(name, values.length);
    }
  }

  #takeCategory(
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
      const main = key.length - own.length;
      const phrase: CatalogValue = { kind: 'category', text, key, column, codes: [code], main };
      this.#categories.set(text, phrase);
      this.#enter(phrase, add);
    }
  }

  #enter(phrase: CatalogValue, add: (key: string, payload: number) => void): void {
    const place = this.#phrases.length;
    this.#phrases.push(phrase);
    const starts = wordStarts(phrase.key);
    if (phrase.key !== '' && !starts.includes(phrase.main)) starts.push(phrase.main);
    for (const start of starts)
      add(phrase.key.slice(start), place * 2 + (start === phrase.main || start === 0 ? 0 : 1));
  }
}

function kindOf(field: string): CatalogValue['kind'] | undefined {
  if (field === 'category' || field === 'brand') return field;
  return attributeName(field) === undefined ? undefined : 'value';
}

function count({ column, codes }: CatalogValue): number {
  let living = 0;
  for (const code of codes) living += column.documents(code);
  return living;
}

function fieldName(field: string): string {
  return PLAIN_FIELD.test(field) ? field : `\`${field}\``;
}
