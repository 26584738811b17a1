import { type FoundDate, readDate } from '../../text/dates.js';
import { type Quantity, readQuantity } from '../../text/measures.js';

/** What a value may stand for, independent of its column. Empty for words. */
export interface Reading {
  readonly quantity?: Quantity;
  readonly date?: FoundDate;
}

const NOTHING: Reading = {};
/** Numbers and dates have a digit. */
const MAY_BE_READ = /\p{N}/u;
/** How programs write very large and very small numbers. */
const EXPONENT = /^-?\d(?:\.\d+)?e[+-]\d+$/;

/**
 * Reads a value as a number: a number, a number with a unit (`8 GB`, `1½ in`, `1.299,00 g`) or with other
 * text (`12 pockets`, `$5`), or as a date (see `readDate`). Booleans, lists and ranges are neither.
 */
export function readValue(value: string | number | boolean): Reading {
  if (typeof value === 'number') return { quantity: { value, unit: undefined, isBare: true, isWhole: true } };
  if (typeof value === 'boolean' || !MAY_BE_READ.test(value)) return NOTHING;
  if (EXPONENT.test(value)) return readValue(Number(value));
  const date = readDate(value);
  if (date !== undefined) return { date };
  const quantity = readQuantity(value);
  return quantity === undefined ? NOTHING : { quantity };
}
