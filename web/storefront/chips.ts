import type { Reading, SearchAnswer, Value } from '../shared/api.js';
import { categoryLevels, shownField, shownValue } from '../shared/format.js';
import { type State, toggled } from './state.js';

/** Something that narrows the results, in a shopper's words. */
export interface Chip {
  readonly key: string;
  /** `Red`, `Dresses`, `under 100` */
  readonly words: string;
  /** Whether it only puts the products that fit first. */
  readonly preferred: boolean;
  /** The state without it. */
  readonly without: State;
}

/** Values that say nothing without the name of their field: sizes, numbers, and yes or no. */
const TERSE = /^[\p{N}.,/ -]+$|^[\p{Lu}\p{N}]{1,4}$|^.{1,2}$/u;

/** A selected value in a shopper's words: `Red`, `Dresses`, `Size M`, `Waterproof`. */
export function valueWords(field: string, value: Value): string {
  if (field === 'category') return categoryLevels(String(value)).at(-1) ?? String(value);
  const name = shownField(field);
  const negative = value === false || /^(no|false)$/i.test(String(value));
  if (negative) return `Not ${name.toLowerCase()}`;
  if (value === true || /^(yes|true)$/i.test(String(value))) return name;
  const words = shownValue(value);
  return TERSE.test(words) ? `${name} ${words}` : words;
}

/** `under 100`, `over 20`, `20 to 100` */
export function priceWords(min: number | undefined, max: number | undefined): string {
  if (min === undefined) return max === undefined ? '' : `under ${shownValue(max)}`;
  return max === undefined ? `over ${shownValue(min)}` : `${shownValue(min)} to ${shownValue(max)}`;
}

/** What a part of the query was read as: its value, or the shopper's own words where it is no single value. */
export function readingWords({ filter, text }: Reading): string {
  const said = text.trim();
  const [, quoted, plain, written] = /^(?:`(.+?)`|([\w.]+)) = '((?:[^'\\]|\\.)*)'$/.exec(filter) ?? [];
  const field = quoted ?? plain;
  if (field !== undefined && field !== '_text' && written !== undefined)
    return valueWords(field, written.replace(/\\(.)/g, '$1'));
  const without = /^_text != '((?:[^'\\]|\\.)*)'$/.exec(filter)?.[1];
  if (without !== undefined) return `without ${without.replace(/\\(.)/g, '$1')}`;
  const price = /^price (<=?|>=?) ([\d.]+)$/.exec(filter);
  if (price?.[2] === undefined) return said;
  const amount = Number(price[2]);
  return price[1]?.startsWith('<') ? priceWords(undefined, amount) : priceWords(amount, undefined);
}

/** What the query was read as and what was selected, in this order. */
export function chipsOf(state: State, answer: SearchAnswer | undefined): Chip[] {
  const read = (answer?.understood.readings ?? []).map((reading) => ({
    key: `reading ${reading.filter}`,
    words: readingWords(reading),
    preferred: !reading.strict,
    without: { ...state, ignore: [...state.ignore, reading.filter], page: 1 },
  }));
  const selected = Object.entries(state.filters).flatMap(([field, values]) =>
    values.map((value) => ({
      key: `${field} ${String(value)}`,
      words: valueWords(field, value),
      preferred: false,
      without: toggled(state, field, value),
    })),
  );
  const words = priceWords(state.min, state.max);
  const price = {
    key: 'price',
    words,
    preferred: false,
    without: { ...state, min: undefined, max: undefined, page: 1 },
  };
  return [...read, ...selected, ...(words === '' ? [] : [price])];
}

/** The query with its corrections (`runing → running`), or undefined if it was read as typed. */
export function correctedQuery(query: string, corrections: readonly string[]): string | undefined {
  let corrected = query;
  for (const correction of corrections) {
    const [typed, read] = correction.split(' → ');
    if (typed === undefined || read === undefined) continue;
    const at = corrected.toLowerCase().indexOf(typed.toLowerCase());
    if (at >= 0) corrected = corrected.slice(0, at) + read + corrected.slice(at + typed.length);
  }
  return corrected === query ? undefined : corrected;
}
