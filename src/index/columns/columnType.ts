import { z } from 'zod';
import { type DateOrder, timeOf } from '../../text/dates.js';
import { toBase, UNITS, type Unit, unitIn, unitOf } from '../../text/units.js';
import type { Reading } from './readValue.js';

/** What the values of a column are. At most one of `unit` and `dates` is set; neither for words and plain numbers. */
export interface ColumnType {
  /** The unit most used in the column: a bare number is in it. */
  readonly unit: Unit | undefined;
  /** Set for a column of dates: how to read those such as `03/04/2024`. */
  readonly dates: DateOrder | undefined;
  /** Whether at least half of the cells have a number, so that the column sorts by number. */
  readonly isNumeric: boolean;
}

/** Minimum share of a column's measures that must be of one dimension. */
const MIN_SHARE = 0.8;
/** Bare numbers in a column of dates: years, and milliseconds since 1970 from here on. */
const MIN_MILLISECONDS = 1e10;

const evidenceSchema = z.strictObject({
  cells: z.number().int(),
  numbers: z.number().int(),
  dates: z.number().int(),
  dayFirst: z.number().int(),
  monthFirst: z.number().int(),
  units: z.record(z.string(), z.number().int()),
});

/** Counts what the cells of a column are. The type depends on the counts only, not on the order of the cells. */
export class ColumnEvidence {
  /** The unit that the taxonomy gives the attribute. */
  readonly #governing: Unit | undefined;
  #cells = 0;
  #numbers = 0;
  #dates = 0;
  #dayFirst = 0;
  #monthFirst = 0;
  readonly #units = new Map<Unit, number>();

  constructor(governing?: Unit) {
    this.#governing = governing;
  }

  /** Number of cells counted. */
  get cells(): number {
    return this.#cells;
  }

  /** `count` may be negative, to take cells back. */
  add({ quantity, date }: Reading, count: number): void {
    this.#cells += count;
    if (quantity !== undefined) this.#numbers += count;
    if (quantity?.unit !== undefined)
      this.#units.set(quantity.unit, (this.#units.get(quantity.unit) ?? 0) + count);
    if (date !== undefined) this.#dates += count;
    if (date?.proves === 'day first') this.#dayFirst += count;
    if (date?.proves === 'month first') this.#monthFirst += count;
  }

  type(): ColumnType {
    const isDate = this.#governing === undefined && this.#dates > 0 && this.#dates >= this.#numbers;
    const measured = isDate ? this.#dates : this.#numbers;
    return {
      unit: isDate ? undefined : this.#unit(),
      dates: isDate ? (this.#dayFirst > this.#monthFirst ? 'day first' : 'month first') : undefined,
      isNumeric: measured > 0 && 2 * measured >= this.#cells,
    };
  }

  #unit(): Unit | undefined {
    if (this.#governing === undefined) return unitOfCells(this.#units);
    const { dimension } = this.#governing;
    const own = [...this.#units].filter(([unit]) => unit.dimension === dimension);
    return unitOfCells(new Map(own)) ?? this.#governing;
  }

  toJson(): string {
    const units = [...this.#units].map(([{ symbol }, count]): [string, number] => [symbol, count]);
    return JSON.stringify({
      cells: this.#cells,
      numbers: this.#numbers,
      dates: this.#dates,
      dayFirst: this.#dayFirst,
      monthFirst: this.#monthFirst,
      units: Object.fromEntries(units),
    });
  }

  /** The reverse of `toJson`. */
  static parse(text: string, governing: Unit | undefined): ColumnEvidence {
    const counts = evidenceSchema.parse(JSON.parse(text));
    const evidence = new ColumnEvidence(governing);
    evidence.#cells = counts.cells;
    evidence.#numbers = counts.numbers;
    evidence.#dates = counts.dates;
    evidence.#dayFirst = counts.dayFirst;
    evidence.#monthFirst = counts.monthFirst;
    for (const [symbol, count] of Object.entries(counts.units)) {
      const unit = unitOf(symbol);
      if (unit !== undefined) evidence.#units.set(unit, count);
    }
    return evidence;
  }
}

/** The most frequent unit; of equals, the one of middle size. Undefined for several dimensions. */
function unitOfCells(cells: ReadonlyMap<Unit, number>): Unit | undefined {
  const byDimension = new Map<string, number>();
  let all = 0;
  for (const [{ dimension }, count] of cells) {
    byDimension.set(dimension, (byDimension.get(dimension) ?? 0) + count);
    all += count;
  }
  const common = [...cells].filter(
    ([{ dimension }, count]) => count > 0 && (byDimension.get(dimension) ?? 0) >= MIN_SHARE * all,
  );
  const most = Math.max(...common.map(([, count]) => count));
  const best = common.filter(([, count]) => count === most).map(([unit]) => unit);
  best.sort((a, b) => a.factor - b.factor || UNITS.indexOf(a) - UNITS.indexOf(b));
  return best[(best.length - 1) >>> 1];
}

/**
 * The number that a column of this type stores for a value: in the base of the unit's dimension, or milliseconds
 * since 1970. A bare number is taken to be in the unit; another dimension, and words, give NaN.
 */
export function numberIn({ unit, dates }: ColumnType, { quantity, date }: Reading): number {
  if (dates !== undefined) {
    if (date !== undefined) return timeOf(date, dates);
    return quantity?.isBare === true ? timeOfNumber(quantity.value) : Number.NaN;
  }
  if (quantity === undefined) return Number.NaN;
  const { value, unit: written, isBare } = quantity;
  if (unit === undefined) return value;
  if (isBare) return toBase(value, unit);
  const meant = written === undefined ? undefined : unitIn(unit.dimension, written);
  return meant === undefined ? Number.NaN : toBase(value, meant);
}

/** A year's start, or the number itself if it is milliseconds; NaN for other numbers. */
export function timeOfNumber(value: number): number {
  if (value >= MIN_MILLISECONDS) return value;
  return Number.isInteger(value) && value >= 1000 && value <= 9999 ? Date.UTC(value, 0, 1) : Number.NaN;
}
