import { isBlank } from '../../domain/isBlank.js';
import type { AttributeValue, Product } from '../../domain/product.js';
import type { Attribute, BooleanAttribute, MeasureAttribute } from '../../taxonomy/schema.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { writeMeasure } from '../../taxonomy/writeMeasure.js';
import { fold } from '../../text/fold.js';
import { readMeasure } from '../../text/measures.js';
import { convert, unitOf } from '../../text/units.js';

/** The merchant's values of a product, in the taxonomy's terms: its labels for training. */
export interface Labels {
  /** Id of the row's category; undefined if it is blank or not in the taxonomy. */
  readonly category: string | undefined;
  /** Canonical values by attribute id, for attributes that the category carries. */
  readonly values: ReadonlyMap<string, AttributeValue>;
  /** Ids of carried attributes that hold an empty list: the merchant states that there is no value. */
  readonly explicitlyEmpty: ReadonlySet<string>;
}

/** Reads the labels of a row. Cells that are no valid value of their attribute are ignored. */
export function readLabels(product: Product, view: TaxonomyView): Labels {
  const category = isBlank(product.category) ? undefined : view.find(product.category ?? '')?.id;
  const values = new Map<string, AttributeValue>();
  const explicitlyEmpty = new Set<string>();
  if (product.attributes === undefined) return { category, values, explicitlyEmpty };
  const keys = new Map<string, AttributeValue>();
  for (const [key, value] of Object.entries(product.attributes)) {
    if (!isBlank(value) || Array.isArray(value)) keys.set(key, value);
  }
  if (keys.size === 0) return { category, values, explicitlyEmpty };
  for (const attribute of view.carried(category)) {
    const cell = keys.get(attribute.id) ?? keys.get(view.keyOf(product, attribute));
    if (Array.isArray(cell) && cell.length === 0) explicitlyEmpty.add(attribute.id);
    const value = cell === undefined ? undefined : canonicalValue(attribute, cell, view);
    if (value !== undefined) values.set(attribute.id, value);
  }
  return { category, values, explicitlyEmpty };
}

/** A cell in the taxonomy's canonical form; undefined if it is no valid value of the attribute. */
export function canonicalValue(
  attribute: Attribute,
  cell: AttributeValue,
  view: TaxonomyView,
): AttributeValue | undefined {
  if (Array.isArray(cell)) {
    const items = cell
      .map((item) => canonicalScalar(attribute, item, view))
      .filter((item) => item !== undefined);
    if (items.length === 0) return undefined;
    return items.length === 1 || !attribute.multiple ? items[0] : [...new Set(items)];
  }
  return canonicalScalar(attribute, cell, view);
}

function canonicalScalar(
  attribute: Attribute,
  cell: string | number | boolean,
  view: TaxonomyView,
): string | number | boolean | undefined {
  switch (attribute.type) {
    case 'enum':
      return (
        view.canonical(attribute, String(cell)) ?? (attribute.open === true ? openValue(cell) : undefined)
      );
    case 'boolean':
      return readBoolean(attribute, cell);
    case 'number+unit':
      return measureOf(attribute, cell);
    case 'text':
      return typeof cell === 'string' ? cell.trim() : cell;
  }
}

function openValue(cell: string | number | boolean): string | undefined {
  const written = String(cell).trim();
  return written === '' ? undefined : written;
}

const YES = new Set(['true', 'yes', 'y', '1']);
const NO = new Set(['false', 'no', 'n', '0']);

function readBoolean(attribute: BooleanAttribute, cell: string | number | boolean): boolean | undefined {
  if (typeof cell === 'boolean') return cell;
  const folded = fold(String(cell));
  if (YES.has(folded) || attribute.true.some((word) => fold(word) === folded)) return true;
  if (NO.has(folded) || attribute.false.some((word) => fold(word) === folded)) return false;
  return undefined;
}

function measureOf(
  attribute: MeasureAttribute,
  cell: string | number | boolean,
): string | number | undefined {
  if (typeof cell === 'boolean') return undefined;
  const measure = readMeasure(String(cell));
  if (measure === undefined) return undefined;
  const own = attribute.unit === undefined ? undefined : unitOf(attribute.unit);
  if (measure.unit === undefined || own === undefined) {
    return measure.unit === undefined || attribute.unit === measure.unit.symbol
      ? writeMeasure(measure.value, attribute)
      : undefined;
  }
  const value = convert(measure.value, measure.unit, own);
  return value === undefined ? undefined : writeMeasure(value, attribute);
}

/** Whether two canonical values of an attribute are equal: measures within half a percent, words after folding. */
export function sameValue(attribute: Attribute, one: AttributeValue, other: AttributeValue): boolean {
  if (Array.isArray(one) || Array.isArray(other)) {
    const left = [one].flat().map(foldedOf).sort();
    const right = [other].flat().map(foldedOf).sort();
    return left.length === right.length && left.every((item, i) => item === right[i]);
  }
  if (one === other) return true;
  if (attribute.type !== 'number+unit') return foldedOf(one) === foldedOf(other);
  const left = readMeasure(String(one))?.value;
  const right = readMeasure(String(other))?.value;
  if (left === undefined || right === undefined) return false;
  return Math.abs(left - right) <= 0.005 * Math.max(Math.abs(left), Math.abs(right));
}

function foldedOf(value: string | number | boolean): string {
  return fold(String(value));
}
