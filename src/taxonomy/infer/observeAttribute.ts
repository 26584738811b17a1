import type { AttributeValue } from '../../domain/product.js';
import { readMeasure } from '../../text/measures.js';
import { NUMBER_START } from '../../text/numbers.js';

/** Different spellings kept for one attribute; past it the attribute is no closed list. */
const VALUES_KEPT = 4_000;
/** A value longer than this is prose. UTF-16 units. */
const LONGEST_VALUE = 80;
const KEYS_KEPT = 20;
const UNITS_KEPT = 200;

/** How often one way of writing a unit was seen. */
export interface UnitSpelling {
  readonly symbol: string;
  readonly dimension: string;
  readonly spelling: string;
  /** Written without a space after the number. */
  readonly joined: boolean;
  count: number;
}

/** What one attribute's values looked like, gathered value by value in bounded memory. */
export class AttributeObservation {
  /** Rows that hold it, of them rows that hold several different values. */
  rows = 0;
  several = 0;
  /** Scalars seen, lists taken apart; of them those of each kind. */
  values = 0;
  booleans = 0;
  numbers = 0;
  bareNumbers = 0;
  /** Bare numbers in another form than a number's own: `5.0`, `1,5`. */
  unlikeNumbers = 0;
  long = 0;
  /** More different values than were kept. */
  open = false;
  readonly spellings = new Map<string, number>();
  readonly units = new Map<string, UnitSpelling>();
  /** The shop's keys for it, with their counts. */
  readonly keys = new Map<string, number>();
  #lastRow = -1;

  /** `row` numbers the product, so that a row with two spellings of the key counts once. True where this is its first. */
  add(key: string, value: AttributeValue, row: number): boolean {
    const seen = this.keys.get(key);
    if (seen !== undefined || this.keys.size < KEYS_KEPT) this.keys.set(key, (seen ?? 0) + 1);
    const first = this.#lastRow !== row;
    this.#lastRow = row;
    if (first) this.rows++;
    if (Array.isArray(value)) {
      if (first && isSeveral(value)) this.several++;
      for (const item of value) this.#scalar(item);
    } else this.#scalar(value);
    return first;
  }

  /** Forgets spellings, to give memory back; the attribute counts as open from here on. */
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
    if (text.length > LONGEST_VALUE) this.long++;
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
      if (String(value) !== text) this.unlikeNumbers++;
      return;
    }
    const joined = !/[\s-]$/.test(text.slice(0, text.length - spelling.length));
    const key = `${spelling}\n${joined}`;
    const seen = this.units.get(key);
    if (seen !== undefined) seen.count++;
    else if (this.units.size < UNITS_KEPT)
      this.units.set(key, { symbol: unit.symbol, dimension: unit.dimension, spelling, joined, count: 1 });
  }

  #spelling(text: string): void {
    if (this.open) return;
    const count = this.spellings.get(text);
    if (count === undefined && this.spellings.size >= VALUES_KEPT) this.forgetSpellings();
    else this.spellings.set(text, (count ?? 0) + 1);
  }
}

function isSeveral(values: readonly (string | number | boolean)[]): boolean {
  const [first, ...others] = values.map(String);
  return others.some((other) => other !== first);
}

const STARTS_AS_NUMBER = new RegExp(`^[+\\-−]?\\s*(?:${NUMBER_START.source})`, 'u');
/** A leading zero, or more digits than a shop's measures have. */
const IS_CODE = /^0\d|^\d{8}/;
