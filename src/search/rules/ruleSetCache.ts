import { UserError } from '../../domain/errors.js';
import type { Column, LiveIndex } from '../../index/liveIndex.js';
import { partitionPoint } from '../../structures/binarySearch.js';
import { Bitset } from '../../structures/bitset.js';
import { fold } from '../../text/fold.js';
import { applyFilter } from '../filter/applyFilter.js';
import type { Filter } from '../filter/parseFilter.js';

/** "Not to be had" in the terms of Google's product data specification and of schema.org's ItemAvailability. */
const OUT_OF_STOCK = new Set(['out of stock', 'outofstock', 'sold out', 'soldout', 'discontinued']);
/** Looked at for a field's distribution: places in it are right to about three in a hundred. */
const SAMPLE = 1024;

/**
 * What the rules' filters and fields come to in an index. Everything is made when it is first asked for, and
 * anew once the index has changed. What names a field that the catalog lacks comes to nothing, and never throws.
 */
export class RuleSetCache {
  private index: LiveIndex | undefined;
  private revision = -1;
  private readonly passes = new Map<Filter, Bitset | undefined>();
  private readonly standings = new Map<string, Float32Array | undefined>();
  private out: Bitset | undefined;

  /** The living products that pass; undefined where the filter cannot be asked of this catalog. Not to be changed. */
  passing(index: LiveIndex, filter: Filter): Bitset | undefined {
    this.follow(index);
    if (!this.passes.has(filter)) this.passes.set(filter, passingOf(index, filter));
    return this.passes.get(filter);
  }

  /**
   * Where each product stands in the catalog by a numeric field, by ordinal: from -1, least of all, over 0, the
   * middle, to 1; 0 for products without a number. Undefined where no product has one.
   */
  standing(index: LiveIndex, field: string): Float32Array | undefined {
    this.follow(index);
    if (!this.standings.has(field)) this.standings.set(field, standingOf(index, field));
    return this.standings.get(field);
  }

  /** Products whose stock is 0 or less, or whose availability says that they are not to be had. */
  outOfStock(index: LiveIndex): Bitset {
    this.follow(index);
    this.out ??= outOfStockOf(index);
    return this.out;
  }

  private follow(index: LiveIndex): void {
    if (this.index === index && this.revision === index.revision) return;
    this.index = index;
    this.revision = index.revision;
    this.passes.clear();
    this.standings.clear();
    this.out = undefined;
  }
}

/** Products whose date (ISO, or milliseconds since 1970) in `field` lies between the two, both included. */
export function datedWithin(index: LiveIndex, field: string, from: number, until: number): Bitset {
  return having(index, field, (column, code) => {
    const date = column.numbers[code] ?? Number.NaN;
    return date >= from && date <= until;
  });
}

function passingOf(index: LiveIndex, filter: Filter): Bitset | undefined {
  try {
    return applyFilter(index, filter);
  } catch (error) {
    // Lint says so; to the shopper the rule is as good as absent.
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function outOfStockOf(index: LiveIndex): Bitset {
  const none = having(index, 'stock', ({ numbers }, code) => (numbers[code] ?? Number.NaN) <= 0);
  return none.or(
    having(index, 'availability', ({ values }, code) => OUT_OF_STOCK.has(fold(values[code] ?? ''))),
  );
}

function having(index: LiveIndex, field: string, passes: (column: Column, code: number) => boolean): Bitset {
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

/** A product's place is that of its first number. */
function standingOf(index: LiveIndex, field: string): Float32Array | undefined {
  const column = index.columns.field(field);
  if (column === undefined) return undefined;
  const { ordinals, codes, numbers } = column;
  const living: number[] = [];
  for (let cell = 0; cell < codes.length; cell++) {
    if (!Number.isNaN(numbers[codes[cell] ?? 0]) && index.alive(ordinals[cell] ?? 0)) living.push(cell);
  }
  if (living.length === 0) return undefined;
  const taken = Math.min(living.length, SAMPLE);
  const sample = Float64Array.from({ length: taken }, (_, i) => {
    const cell = living[Math.floor((i * living.length) / taken)] ?? 0;
    return numbers[codes[cell] ?? 0] ?? 0;
  }).sort();
  const standing = new Float32Array(index.size);
  const places = new Float32Array(numbers.length).fill(Number.NaN);
  for (let cell = codes.length - 1; cell >= 0; cell--) {
    const code = codes[cell] ?? 0;
    const number = numbers[code] ?? Number.NaN;
    if (Number.isNaN(places[code])) places[code] = Number.isNaN(number) ? 0 : placeIn(sample, number);
    standing[ordinals[cell] ?? 0] = places[code] ?? 0;
  }
  return standing;
}

/** The share of a sorted sample below a number less the share above it. */
function placeIn(sample: Float64Array, number: number): number {
  const below = partitionPoint(sample.length, (index) => (sample[index] ?? 0) < number);
  const notAbove = partitionPoint(sample.length, (index) => (sample[index] ?? 0) <= number);
  const above = sample.length - notAbove;
  return (below - above) / sample.length;
}
