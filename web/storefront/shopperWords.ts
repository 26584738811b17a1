import type { Reading, Value } from '../shared/api.js';
import { categoryLevels, shownField, shownValue } from '../shared/format.js';

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
