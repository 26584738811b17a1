import { leadingNumber, NEUTRAL, type Notation } from './numbers.js';
import { type Unit, unitOf } from './units.js';

/** A number with its unit. */
export interface Measure {
  readonly value: number;
  /** Absent if the text is a bare number. */
  readonly unit?: Unit;
  /** The unit as written in the text. */
  readonly spelling?: string;
}

/**
 * Reads a whole cell as a number with or without a unit: `8GB`, `1 1/2 in`, `1,5 kg`, `13.3-inch`, `1.299,00`.
 * Undefined for anything else, including an unknown unit and a range.
 */
export function readMeasure(text: string, notation: Notation = NEUTRAL): Measure | undefined {
  const found = leadingNumber(text, notation);
  return found === undefined ? undefined : measureOf(found.value, text.slice(found.end).trim());
}

function measureOf(value: number, tail: string): Measure | undefined {
  if (tail === '') return { value };
  const spelling = (tail.startsWith('-') ? tail.slice(1) : tail).trim();
  const unit = unitOf(spelling);
  return unit === undefined ? undefined : { value, unit, spelling };
}

/** A number with any short text around it. */
export interface Quantity {
  readonly value: number;
  readonly unit: Unit | undefined;
  /** The number has no unit and no other text around it. */
  readonly isBare: boolean;
  /** There is nothing besides the number and its unit. */
  readonly isWhole: boolean;
}

/** Currency symbols before an amount. */
const CURRENCY_SYMBOL = /^[$€£¥₹]\s*/u;
/** One or two words after a number: `12 pockets`, `8 GB RAM`, `5 €`. */
const TRAILING_WORDS = /^\s*([^\d\s,./-]{1,12})?(?:\s([^\d\s]{1,4}))?$/u;

/**
 * Like `readMeasure`, but also accepts short text around the number: a currency symbol, an unknown unit, a word after
 * the unit. The unit is set if the words begin with a known one.
 */
export function readQuantity(text: string): Quantity | undefined {
  const trimmed = text.trim();
  const currency = CURRENCY_SYMBOL.exec(trimmed)?.[0] ?? '';
  const rest = trimmed.slice(currency.length);
  const found = leadingNumber(rest);
  if (found === undefined) return undefined;
  const { value } = found;
  const tail = rest.slice(found.end);
  if (currency === '') {
    const measure = measureOf(value, tail.trim());
    if (measure !== undefined)
      return { value, unit: measure.unit, isBare: measure.unit === undefined, isWhole: true };
  }
  const words = TRAILING_WORDS.exec(tail);
  if (words === null) return undefined;
  const unit = currency === '' ? unitOf(words[1] ?? '') : undefined;
  return { value, unit, isBare: false, isWhole: false };
}
