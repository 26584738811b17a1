import type { Product } from '../../domain/product.js';
import type { Attribute } from '../../taxonomy/schema.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { fold } from '../../text/fold.js';
import { type Measure, readMeasure } from '../../text/measures.js';
import { NUMBER_START } from '../../text/numbers.js';
import { unitOf } from '../../text/units.js';
import { canonicalValue, sameValue } from '../features/labels.js';
import { quoteOf, type SpanText, stemsOf } from './readSpans.js';

/** The spans of a text with their quotes, as written and folded, read once for all attributes. */
export interface QuotedSpans {
  readonly text: SpanText;
  readonly quotes: readonly string[];
  readonly folded: readonly string[];
  /** The letters and digits of each folded quote. */
  readonly alphanumeric: readonly string[];
  /** The quotes that are a number, with or without a unit; undefined for all others. */
  readonly measures: readonly (Measure | undefined)[];
}

const BEGINS_AS_NUMBER = new RegExp(`^(?:${NUMBER_START.source})`, 'u');
/** A word matches a value that it extends by an ending: minimum length of the value, maximum length of the ending. */
const MIN_PREFIX = 3;
const MAX_ENDING = 3;
/** Minimum letters and digits of a value that is matched without its marks. */
const MIN_ALPHANUMERIC = 5;

export function readQuotes(product: Product, text: SpanText): QuotedSpans {
  const quotes = text.stems.map((_, x) => quoteOf(text, x, product));
  const folded = quotes.map(fold);
  return {
    ...{ text, quotes, folded },
    alphanumeric: folded.map(alphanumericOf),
    measures: quotes.map((quote) => (BEGINS_AS_NUMBER.test(quote) ? readMeasure(quote) : undefined)),
  };
}

/**
 * Distant supervision (Mintz et al. 2009): labels each span with the index in `values` of the value it states, -1 for
 * none. For each value the first of these that matches any span decides:
 * 1. the value as written, its inflection, an alias, or the same measure in another notation;
 * 2. the same letters and digits with other marks between them;
 * 3. a word that begins with the value (`Printed` for `Print`).
 */
export function labelSpans(
  { text, quotes, folded, alphanumeric: alphanumerics, measures }: QuotedSpans,
  attribute: Attribute,
  values: readonly (string | number | boolean)[],
  view: TaxonomyView,
): Int32Array {
  const labels = new Int32Array(quotes.length).fill(-1);
  for (const [index, value] of values.entries()) {
    const written = String(value);
    const plain = fold(written);
    const stems = stemsOf(written);
    const alphanumeric = alphanumericOf(plain);
    const names = new Set([plain, ...aliasesOf(attribute, written).map(fold)]);
    const matchers: ((x: number) => boolean)[] = [
      (x) =>
        names.has(folded[x] ?? '') ||
        text.stems[x] === stems ||
        isSameMeasure(attribute, quotes[x] ?? '', measures[x], value, view),
      (x) => alphanumeric.length >= MIN_ALPHANUMERIC && alphanumerics[x] === alphanumeric,
      (x) =>
        plain.length >= MIN_PREFIX &&
        text.from[x] === text.to[x] &&
        (folded[x] ?? '').startsWith(plain) &&
        (folded[x] ?? '').length - plain.length <= MAX_ENDING,
    ];
    for (const matches of matchers) {
      let isFound = false;
      for (let x = 0; x < quotes.length; x++) {
        if ((labels[x] ?? -1) >= 0 || !matches(x)) continue;
        labels[x] = index;
        isFound = true;
      }
      if (isFound) break;
    }
  }
  return labels;
}

function aliasesOf(attribute: Attribute, value: string): readonly string[] {
  if (attribute.type !== 'enum') return [];
  return attribute.values.find(({ name }) => name === value)?.aliases ?? [];
}

function isSameMeasure(
  attribute: Attribute,
  quote: string,
  measure: Measure | undefined,
  value: string | number | boolean,
  view: TaxonomyView,
): boolean {
  if (attribute.type !== 'number+unit' || measure === undefined) return false;
  if (attribute.unit !== undefined) {
    if (measure.unit === undefined) return false;
    // Most numbers of a text are in another unit, and reading them as this attribute's value takes long.
    const own = unitOf(attribute.unit);
    if (own !== undefined && own.dimension !== measure.unit.dimension) return false;
  }
  const read = canonicalValue(attribute, quote, view);
  return read !== undefined && sameValue(attribute, read, value);
}

const LETTERS_AND_DIGITS = /^[a-z0-9]*$/;

function alphanumericOf(text: string): string {
  return LETTERS_AND_DIGITS.test(text) ? text : text.replace(/[^\p{L}\p{N}]+/gu, '');
}
