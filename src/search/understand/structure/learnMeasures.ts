import { attributeName } from '../../../domain/field.js';
import { isIdentifierField } from '../../../index/identifiers/identifierKeys.js';
import { type Column, type LiveIndex, type Postings, TF_MAX } from '../../../index/liveIndex.js';
import type { TaxonomyView } from '../../../taxonomy/view.js';
import { readMeasure } from '../../../text/measures.js';
import { toBase, type Unit, unitOf } from '../../../text/units.js';

/** A field whose values are measures of one dimension. */
export interface NamedMeasure {
  readonly column: Column;
  readonly dimension: string;
  /** The one unit that all values are written in; undefined where they are written in several. */
  readonly unit: Unit | undefined;
  /** Value codes with their measure in the dimension's base. */
  readonly measures: readonly { readonly code: number; readonly base: number }[];
  /** Share of its products whose title says the number: what people know a product of this kind by. */
  readonly spoken: number;
}

const SAMPLE = 32;
/** Of the values, this share must be measures of the dimension. */
const MIN_AGREEING = 0.8;
const MIN_CELLS = 3;
const MAX_VALUES = 5000;
/** A field whose numbers titles hardly ever say is not what `13 inch` means. */
const MIN_SPOKEN = 0.1;
const BARE = /^[\d.,\s-]*$/;

/** The measures that titles of this catalog name, the most spoken first. */
export function learnMeasures(index: LiveIndex, taxonomy: TaxonomyView | undefined): NamedMeasure[] {
  const found: NamedMeasure[] = [];
  for (const field of index.columns.names()) {
    const own = attributeName(field);
    if (own === undefined || isIdentifierField(own)) continue;
    const column = index.columns.field(field);
    if (column === undefined || column.codes.length < MIN_CELLS || column.values.length > MAX_VALUES)
      continue;
    const attribute = taxonomy?.attribute(own);
    const governed =
      attribute?.type === 'number+unit' && attribute.unit !== undefined ? unitOf(attribute.unit) : undefined;
    // Most columns of a wide catalog are of words or bare numbers: a look at two values spares the rest.
    const [first = '', middle = ''] = [column.values[0], column.values[column.values.length >>> 1]];
    if (governed === undefined && !isMeasure(first) && !isMeasure(middle)) continue;
    const read = readColumn(column, governed);
    if (read === undefined) continue;
    const spoken = spokenShare(index, column);
    if (spoken >= MIN_SPOKEN) found.push({ column, ...read, spoken });
  }
  return found.sort((a, b) => b.spoken - a.spoken || (a.column.name < b.column.name ? -1 : 1));
}

function isMeasure(value: string): boolean {
  return !BARE.test(value) && readMeasure(value)?.unit !== undefined;
}

function readColumn(
  column: Column,
  governed: Unit | undefined,
): Pick<NamedMeasure, 'dimension' | 'unit' | 'measures'> | undefined {
  const byDimension = new Map<string, { code: number; base: number; unit: Unit }[]>();
  for (const [code, value] of column.values.entries()) {
    const measure = readMeasure(value);
    const unit = measure?.unit ?? governed;
    if (measure === undefined || unit === undefined) continue;
    const list = byDimension.get(unit.dimension) ?? [];
    list.push({ code, base: toBase(measure.value, unit), unit });
    byDimension.set(unit.dimension, list);
  }
  const [largest] = [...byDimension].sort((a, b) => b[1].length - a[1].length);
  if (largest === undefined || largest[1].length < MIN_AGREEING * column.values.length) return undefined;
  const units = new Set(largest[1].map(({ unit }) => unit));
  const [unit] = units;
  return { dimension: largest[0], unit: units.size === 1 ? unit : undefined, measures: largest[1] };
}

/** The number as titles say it is the one that the value is written with, whatever unit the column counts in. */
function spokenShare(index: LiveIndex, { codes, ordinals, values }: Column): number {
  const taken = Math.min(SAMPLE, codes.length);
  let spoken = 0;
  for (let i = 0; i < taken; i++) {
    const cell = Math.floor((i * codes.length) / taken);
    const written = readMeasure(values[codes[cell] ?? 0] ?? '')?.value;
    const postings = written === undefined ? undefined : index.lexical.postings(String(written));
    if (postings !== undefined && isInTitle(postings, ordinals[cell] ?? 0)) spoken++;
  }
  return spoken / taken;
}

function isInTitle({ ordinals, packed }: Postings, ordinal: number): boolean {
  let low = 0;
  let high = ordinals.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ordinals[middle] ?? 0) < ordinal) low = middle + 1;
    else high = middle;
  }
  return ordinals[low] === ordinal && ((packed[low] ?? 0) & TF_MAX) > 0;
}
