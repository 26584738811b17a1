import type { AttributeValue } from '../../domain/product.js';
import { readMeasure } from '../../text/measures.js';
import { NUMBER_START } from '../../text/numbers.js';

/** Maximum number of distinct spellings per attribute. An attribute with more is not a closed list. */
const MAX_VALUES = 4_000;
/** A longer value is prose. In UTF-16 code units. */
const MAX_VALUE_LENGTH = 80;
const MAX_KEYS = 20;
const MAX_UNITS = 200;

/** The count of one spelling of a unit. */
export interface UnitSpelling {
  readonly symbol: string;
  readonly dimension: string;
  readonly spelling: string;
  /** Whether the unit follows the number without a space. */
  readonly joined: boolean;
  count: number;
}

/** Statistics of one attribute's values, collected in bounded memory. */
export class AttributeObservation {
  /** Rows with the attribute, and rows with several distinct values. */
  rows = 0;
  multiValuedRows = 0;
  /** Scalars, including list members; in total and by kind. */
  values = 0;
  booleans = 0;
  numbers = 0;
  bareNumbers = 0;
  /** Numbers without a unit that are not in canonical form: `5.0`, `1,5`. */
  nonCanonicalNumbers = 0;
  long = 0;
  /** Whether there are more distinct values than `spellings` keeps. */
  open = false;
  readonly spellings = new Map<string, number>();
  readonly units = new Map<string, UnitSpelling>();
  /** The shop's keys for the attribute, with their counts. */
  readonly keys = new Map<string, number>();
  #lastRow = -1;

  /** Adds a value of row number `row`. Returns whether it is the first of the row, which may have two spellings of the key. */
  add(key: string, value: AttributeValue, row: number): boolean {
    const seen = this.keys.get(key);
    if (seen !== undefined || this.keys.size < MAX_KEYS) this.keys.set(key, (seen ?? 0) + 1);
    const first = this.#lastRow !== row;
    this.#lastRow = row;
    if (first) this.rows++;
    if (Array.isArray(value)) {
      if (first && hasDistinctValues(value)) this.multiValuedRows++;
      for (const item of value) this.#scalar(item);
    } else this.#scalar(value);
    return first;
  }

  /** Drops all spellings to free memory. From then on the attribute is open. */
  forgetSpellings(): void {
    this.open = true;
    this.spellings.clear();
  }

  #scalar(value: string | number | boolean): void {
    const text = String(value).trim();
    if (text === '') return;
    this.values++;
    if (typeof value === 'boolean') this.booleans++;
    else if (typeof value === 'number') this.numbers++;
    else this.#text(text);
    if (text.length > MAX_VALUE_LENGTH) this.long++;
    else this.#spelling(text);
  }

  #text(text: string): void {
    if (text === 'true' || text === 'false') {
      this.booleans++;
      return;
    }
    if (!STARTS_AS_NUMBER.test(text) || IS_CODE.test(text)) return;
    const measure = readMeasure(text);
    if (measure === undefined) return;
    const { value, unit, spelling } = measure;
    if (unit === undefined || spelling === undefined) {
      this.bareNumbers++;
      if (String(value) !== text) this.nonCanonicalNumbers++;
      return;
    }
    const joined = !/[\s-]$/.test(text.slice(0, text.length - spelling.length));
    const key = `${spelling}\n${joined}`;
    const seen = this.units.get(key);
    if (seen !== undefined) seen.count++;
    else if (this.units.size < MAX_UNITS)
      this.units.set(key, { symbol: unit.symbol, dimension: unit.dimension, spelling, joined, count: 1 });
  }

  #spelling(text: string): void {
    if (this.open) return;
    const count = this.spellings.get(text);
    if (count === undefined && this.spellings.size >= MAX_VALUES) this.forgetSpellings();
    else this.spellings.set(text, (count ?? 0) + 1);
  }
}

function hasDistinctValues(values: readonly (string | number | boolean)[]): boolean {
  const [first, ...others] = values.map(String);
  return others.some((other) => other !== first);
}

const STARTS_AS_NUMBER = new RegExp(`^[+\\-−]?\\s*(?:${NUMBER_START.source})`, 'u');
/** A leading zero, or more digits than a measure has. */
const IS_CODE = /^0\d|^\d{8}/;
