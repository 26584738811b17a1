import { UserError } from '../../domain/errors.js';
import type { Column, LiveIndex } from '../../index/liveIndex.js';
import { partitionPoint } from '../../structures/binarySearch.js';
import { Bitset } from '../../structures/bitset.js';
import { fold } from '../../text/fold.js';
import { applyFilter } from '../filter/applyFilter.js';
import type { Filter } from '../filter/parseFilter.js';

/**
 * Values of availability that mean out of stock, in Google's product data specification and in schema.org's
 * ItemAvailability.
 */
const OUT_OF_STOCK = new Set(['out of stock', 'outofstock', 'sold out', 'soldout', 'discontinued']);
/** Sample size for a field's distribution: percentiles are accurate to about three in a hundred. */
const SAMPLE_SIZE = 1024;

/**
 * Caches what the rules' filters and fields select in an index. Entries are computed on first use and dropped
 * when the index changes. A field that the catalog lacks selects nothing and never throws.
 */
export class RuleSetCache {
  private index: LiveIndex | undefined;
  private revision = -1;
  private readonly filterSets = new Map<Filter, Bitset | undefined>();
  private readonly percentiles = new Map<string, Float32Array | undefined>();
  private outOfStockSet: Bitset | undefined;

  /** Live products that pass; undefined if the filter cannot be applied to this catalog. Read only. */
  passing(index: LiveIndex, filter: Filter): Bitset | undefined {
    this.dropIfStale(index);
    if (!this.filterSets.has(filter)) this.filterSets.set(filter, passingOf(index, filter));
    return this.filterSets.get(filter);
  }

  /**
   * Percentile of each product by a numeric field, by ordinal: from -1 (lowest) over 0 (median) to 1
   * (highest); 0 for products without a number. Undefined if no product has one.
   */
  percentile(index: LiveIndex, field: string): Float32Array | undefined {
    this.dropIfStale(index);
    if (!this.percentiles.has(field)) this.percentiles.set(field, percentilesOf(index, field));
    return this.percentiles.get(field);
  }

  /** Products with a stock of 0 or less, or whose availability means out of stock. */
  outOfStock(index: LiveIndex): Bitset {
    this.dropIfStale(index);
    this.outOfStockSet ??= outOfStockOf(index);
    return this.outOfStockSet;
  }

  private dropIfStale(index: LiveIndex): void {
    if (this.index === index && this.revision === index.revision) return;
    this.index = index;
    this.revision = index.revision;
    this.filterSets.clear();
    this.percentiles.clear();
    this.outOfStockSet = undefined;
  }
}

/** Products whose date (ISO, or milliseconds since 1970) in `field` is between the two, inclusive. */
export function datedWithin(index: LiveIndex, field: string, from: number, until: number): Bitset {
  return productsWhere(index, field, (column, code) => {
    const date = column.numbers[code] ?? Number.NaN;
    return date >= from && date <= until;
  });
}

function passingOf(index: LiveIndex, filter: Filter): Bitset | undefined {
  try {
    return applyFilter(index, filter);
  } catch (error) {
    // Lint reports this; search ignores the rule.
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function outOfStockOf(index: LiveIndex): Bitset {
  const none = productsWhere(index, 'stock', ({ numbers }, code) => (numbers[code] ?? Number.NaN) <= 0);
  return none.or(
    productsWhere(index, 'availability', ({ values }, code) => OUT_OF_STOCK.has(fold(values[code] ?? ''))),
  );
}

function productsWhere(
  index: LiveIndex,
  field: string,
  passes: (column: Column, code: number) => boolean,
): Bitset {
  const bits = new Bitset(index.size);
  const column = index.columns.field(field);
  if (column === undefined) return bits;
  const { ordinals, codes } = column;
  const pass = Uint8Array.from(column.values, (_, code) => (passes(column, code) ? 1 : 0));
  for (let cell = 0; cell < codes.length; cell++) {
    if (pass[codes[cell] ?? 0] === 1) bits.add(ordinals[cell] ?? 0);
  }
  return bits;
}

/** The percentile of a product is that of its first number. */
function percentilesOf(index: LiveIndex, field: string): Float32Array | undefined {
  const column = index.columns.field(field);
  if (column === undefined) return undefined;
  const { ordinals, codes, numbers } = column;
  const liveCells: number[] = [];
  for (let cell = 0; cell < codes.length; cell++) {
    if (!Number.isNaN(numbers[codes[cell] ?? 0]) && index.alive(ordinals[cell] ?? 0)) liveCells.push(cell);
  }
  if (liveCells.length === 0) return undefined;
  const sampleSize = Math.min(liveCells.length, SAMPLE_SIZE);
  const sample = Float64Array.from({ length: sampleSize }, (_, i) => {
    const cell = liveCells[Math.floor((i * liveCells.length) / sampleSize)] ?? 0;
    return numbers[codes[cell] ?? 0] ?? 0;
  }).sort();
  const percentile = new Float32Array(index.size);
  const percentileByCode = new Float32Array(numbers.length).fill(Number.NaN);
  for (let cell = codes.length - 1; cell >= 0; cell--) {
    const code = codes[cell] ?? 0;
    const number = numbers[code] ?? Number.NaN;
    if (Number.isNaN(percentileByCode[code]))
      percentileByCode[code] = Number.isNaN(number) ? 0 : percentileIn(sample, number);
    percentile[ordinals[cell] ?? 0] = percentileByCode[code] ?? 0;
  }
  return percentile;
}

/** The share of a sorted sample below a number minus the share above it. */
function percentileIn(sample: Float64Array, number: number): number {
  const below = partitionPoint(sample.length, (index) => (sample[index] ?? 0) < number);
  const notAbove = partitionPoint(sample.length, (index) => (sample[index] ?? 0) <= number);
  const above = sample.length - notAbove;
  return (below - above) / sample.length;
}
