import { leadingNumber, NEUTRAL, type Notation } from './numbers.js';
import { type Unit, unitOf } from './units.js';

/** A number with its unit. */
export interface Measure {
  readonly value: number;
  /** Absent where the text is a bare number. */
  readonly unit?: Unit;
  /** The unit as it stood. */
  readonly spelling?: string;
}

/**
 * Reads a whole cell as a number with or without a unit: `8GB`, `1 1/2 in`, `1,5 kg`, `13.3-inch`, `1.299,00`.
 * Undefined for anything else, an unknown unit and a range included.
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

/** A number with whatever stands beside it. */
export interface Quantity {
  readonly value: number;
  readonly unit: Unit | undefined;
  /** Nothing stands beside it. */
  readonly isBare: boolean;
}

/** Signs that stand before a sum of money. */
const MONEY = /^[$€£¥₹]\s*/u;
/** A word or two behind a number: `12 pockets`, `8 GB RAM`, `5 €`. */
const WORDS = /^\s*([^\d\s,./-]{1,12})?(?:\s([^\d\s]{1,4}))?$/u;

/**
 * As `readMeasure`, and with anything short beside the number: a sign of money, an unknown unit, a word behind the unit.
 * The unit is that of the words where they begin with one.
 */
export function readQuantity(text: string): Quantity | undefined {
  const trimmed = text.trim();
  const money = MONEY.exec(trimmed)?.[0] ?? '';
  const rest = trimmed.slice(money.length);
  const found = leadingNumber(rest);
  if (found === undefined) return undefined;
  const { value } = found;
  const tail = rest.slice(found.end);
  if (money === '') {
    const measure = measureOf(value, tail.trim());
    if (measure !== undefined) return { value, unit: measure.unit, isBare: measure.unit === undefined };
  }
  const words = WORDS.exec(tail);
  if (words === null) return undefined;
  const unit = money === '' ? unitOf(words[1] ?? '') : undefined;
  return { value, unit, isBare: false };
}
