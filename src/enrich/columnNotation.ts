import type { Fact } from '../domain/fact.js';
import { attributeField, attributeName } from '../domain/field.js';
import type { AttributeValue, Product } from '../domain/product.js';
import type { TaxonomyView } from '../taxonomy/view.js';
import { readMeasure } from '../text/measures.js';
import { fromBase, numberText, toBase, type Unit, unitIn, unitOf } from '../text/units.js';

/** How a unit is written: `g` with or without a space. */
interface UnitNotation {
  readonly unit: Unit;
  cells: number;
  /** Cells by what stands after the number. */
  readonly endings: Map<string, number>;
}

interface Column {
  cells: number;
  readonly units: Map<string, UnitNotation>;
  /** Cells by spelling, by the measure in the base of the dimension. */
  readonly spellings: Map<number, Map<string, number>>;
}

/** A unit that fewer of a column's cells have is an exception there. */
const MIN_SHARE = 0.1;
const MAX_SPELLINGS = 10_000;

/**
 * Learns from the merchant's cells how a column writes measures, to write filled values alike: `400g` where the shop
 * writes so, even if the taxonomy's unit is kg.
 */
export class ColumnNotation {
  readonly #view: TaxonomyView;
  readonly #columns = new Map<string, Column>();

  constructor(view: TaxonomyView) {
    this.#view = view;
  }

  observe(product: Product): void {
    for (const [name, value] of Object.entries(product.attributes ?? {})) {
      const own = this.#unitOf(name);
      if (own === undefined) continue;
      for (const text of [value].flat()) if (typeof text === 'string') this.#observeCell(name, own, text);
    }
  }

  /** The fact with `written`, if the column writes its value in another way. */
  apply(fact: Fact): Fact {
    const column = this.#columns.get(fact.field);
    if (column === undefined || Array.isArray(fact.value)) return fact;
    const written = this.#write(column, fact);
    return written === undefined || written === fact.value ? fact : { ...fact, written };
  }

  #unitOf(name: string): Unit | undefined {
    const attribute = this.#view.attribute(name);
    return attribute?.type === 'number+unit' && attribute.unit !== undefined
      ? unitOf(attribute.unit)
      : undefined;
  }

  #observeCell(name: string, own: Unit, text: string): void {
    const measure = readMeasure(text);
    const unit = measure?.unit === undefined ? undefined : unitIn(own.dimension, measure.unit);
    if (measure === undefined || unit === undefined) return;
    const field = attributeField(name);
    let column = this.#columns.get(field);
    if (column === undefined) {
      column = { cells: 0, units: new Map(), spellings: new Map() };
      this.#columns.set(field, column);
    }
    column.cells++;
    const notation = column.units.get(unit.symbol) ?? { unit, cells: 0, endings: new Map() };
    column.units.set(unit.symbol, notation);
    notation.cells++;
    const written = text.trim();
    const ending = /[\s-]*\D*$/u.exec(written)?.[0] ?? '';
    increment(notation.endings, ending);
    const base = toBase(measure.value, unit);
    const spellings = column.spellings.get(base) ?? new Map<string, number>();
    if (column.spellings.size < MAX_SPELLINGS) column.spellings.set(base, spellings);
    increment(spellings, written);
  }

  #write(column: Column, { field, value, evidence }: Fact): AttributeValue | undefined {
    const own = this.#unitOf(attributeName(field) ?? '');
    const measure = own === undefined ? undefined : readMeasure(String(value));
    const unit =
      own === undefined || measure?.unit === undefined ? undefined : unitIn(own.dimension, measure.unit);
    if (measure === undefined || unit === undefined) return undefined;
    const base = toBase(measure.value, unit);
    const known = column.spellings.get(base);
    if (known !== undefined) return mostFrequent(known);
    const quoted = 'quote' in evidence ? readMeasure(evidence.quote)?.unit : undefined;
    const inQuote = quoted === undefined ? undefined : unitIn(unit.dimension, quoted);
    const notation =
      this.#usual(column, inQuote) ?? this.#usual(column, unit) ?? mostUsed(column.units.values());
    const ending = notation === undefined ? undefined : mostFrequent(notation.endings);
    if (notation === undefined || ending === undefined) return undefined;
    const written = `${numberText(fromBase(base, notation.unit))}${ending}`;
    const reread = readMeasure(written);
    // A number that would have to be rounded stays in its own unit.
    const isExact = reread !== undefined && isSame(toBase(reread.value, notation.unit), base);
    return isExact ? written : undefined;
  }

  #usual(column: Column, unit: Unit | undefined): UnitNotation | undefined {
    const notation = unit === undefined ? undefined : column.units.get(unit.symbol);
    return notation !== undefined && notation.cells >= MIN_SHARE * column.cells ? notation : undefined;
  }
}

function isSame(one: number, other: number): boolean {
  return Math.abs(one - other) <= 1e-9 * Math.max(Math.abs(one), Math.abs(other));
}

function mostUsed(notations: Iterable<UnitNotation>): UnitNotation | undefined {
  let most: UnitNotation | undefined;
  for (const notation of notations)
    if (
      most === undefined ||
      notation.cells > most.cells ||
      (notation.cells === most.cells && notation.unit.symbol < most.unit.symbol)
    )
      most = notation;
  return most;
}

/** The most frequent text; of equals, the first in UTF-16 order. */
function mostFrequent(counts: ReadonlyMap<string, number>): string | undefined {
  let best: readonly [string, number] | undefined;
  for (const entry of counts)
    if (best === undefined || entry[1] > best[1] || (entry[1] === best[1] && entry[0] < best[0]))
      best = entry;
  return best?.[0];
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
