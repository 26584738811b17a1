import { type FoundDate, readDate } from '../../text/dates.js';
import { type Quantity, readQuantity } from '../../text/measures.js';

/** What a value may stand for, independent of its column. Empty for words. */
export interface Reading {
  readonly quantity?: Quantity;
  readonly date?: FoundDate;
}

const NOTHING: Reading = {};
/** How numbers begin, and most dates. Most texts are words, so this saves most of the work. */
const BEGINS_WITH_NUMBER = /^\s*[+\-−－$€£¥₹.,]?\s*[.,]?\p{N}/u;
/** How dates with the name of a month begin, and where they have a year. */
const BEGINS_WITH_MONTH = /^\s*\p{L}{3,12}\.?\s+\d{1,2}\D{1,4}\d{4}/u;
/** How programs write very large and very small numbers. */
const EXPONENT = /^-?\d(?:\.\d+)?e[+-]\d+$/;

/**
 * Reads a value as a number: a number, a number with a unit (`8 GB`, `1½ in`, `1.299,00 g`) or with other
 * text (`12 pockets`, `$5`), or as a date (see `readDate`). Booleans, lists and ranges are neither.
 */
export function readValue(value: string | number | boolean): Reading {
  if (typeof value === 'number') return { quantity: { value, unit: undefined, isBare: true, isWhole: true } };
  if (typeof value === 'boolean') return NOTHING;
  if (!BEGINS_WITH_NUMBER.test(value)) {
    const named = BEGINS_WITH_MONTH.test(value) ? readDate(value) : undefined;
    return named === undefined ? NOTHING : { date: named };
  }
  if (EXPONENT.test(value)) return readValue(Number(value));
  const date = readDate(value);
  if (date !== undefined) return { date };
  const quantity = readQuantity(value);
  return quantity === undefined ? NOTHING : { quantity };
}
