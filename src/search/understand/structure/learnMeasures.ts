import { attributeName } from '../../../domain/field.js';
import { isIdentifierField } from '../../../index/identifiers/identifierKeys.js';
import { type Column, type LiveIndex, type Postings, TF_MAX } from '../../../index/liveIndex.js';
import { indexOfSorted } from '../../../structures/binarySearch.js';
import type { Steps } from '../../../structures/inSlices.js';
import type { TaxonomyView } from '../../../taxonomy/view.js';
import { readMeasure } from '../../../text/measures.js';
import { toBase, type Unit, unitOf } from '../../../text/units.js';

/** A field whose values are measures of one dimension. */
export interface NamedMeasure {
  readonly column: Column;
  readonly dimension: string;
  /** The unit of all values; undefined if they have several. */
  readonly unit: Unit | undefined;
  /** Value codes with their measure in the base of the dimension. */
  readonly measures: readonly { readonly code: number; readonly base: number }[];
  /** Share of its products whose title has the number: how common the measure is in titles. */
  readonly titleShare: number;
}

const SAMPLE = 32;
/** Minimum share of the values that must be measures of one dimension. */
const MIN_AGREEING = 0.8;
const MIN_CELLS = 3;
const MAX_VALUES = 5000;
/** Minimum share of titles with the number for a query like `13 inch` to mean the field. */
const MIN_TITLE_SHARE = 0.1;
const BARE = /^[\d.,\s-]*$/;

/** The measures that titles of this catalog mention, most frequent first. */
export function* learnMeasures(index: LiveIndex, taxonomy: TaxonomyView | undefined): Steps<NamedMeasure[]> {
  const found: NamedMeasure[] = [];
  for (const field of index.columns.names()) {
    const attributeField = attributeName(field);
    if (attributeField === undefined || isIdentifierField(attributeField)) continue;
    const column = index.columns.field(field);
    if (column === undefined || column.codes.length < MIN_CELLS || column.values.length > MAX_VALUES)
      continue;
    const attribute = taxonomy?.attribute(attributeField);
    const governed =
      attribute?.type === 'number+unit' && attribute.unit !== undefined ? unitOf(attribute.unit) : undefined;
    // Most columns hold words or bare numbers; examining two values rules out nearly all of them.
    const [first = '', middle = ''] = [column.values[0], column.values[column.values.length >>> 1]];
    if (governed === undefined && !isMeasure(first) && !isMeasure(middle)) continue;
    yield;
    const read = readColumn(column, governed);
    if (read === undefined) continue;
    const titleShare = shareInTitles(index, column);
    if (titleShare >= MIN_TITLE_SHARE) found.push({ column, ...read, titleShare });
  }
  return found.sort((a, b) => b.titleShare - a.titleShare || (a.column.name < b.column.name ? -1 : 1));
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

/** Titles have the number as written in the value, whatever the column's unit. */
function shareInTitles(index: LiveIndex, { codes, ordinals, values }: Column): number {
  const taken = Math.min(SAMPLE, codes.length);
  let inTitle = 0;
  for (let i = 0; i < taken; i++) {
    const cell = Math.floor((i * codes.length) / taken);
    const written = readMeasure(values[codes[cell] ?? 0] ?? '')?.value;
    const postings = written === undefined ? undefined : index.lexical.postings(String(written));
    if (postings !== undefined && isInTitle(postings, ordinals[cell] ?? 0)) inTitle++;
  }
  return inTitle / taken;
}

function isInTitle({ ordinals, packed }: Postings, ordinal: number): boolean {
  const place = indexOfSorted(ordinals, ordinal);
  return place >= 0 && ((packed[place] ?? 0) & TF_MAX) > 0;
}
