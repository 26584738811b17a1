import type { Product } from '../../domain/product.js';
import type { Attribute } from '../../taxonomy/schema.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { fold } from '../../text/fold.js';
import { parseMeasure } from '../../text/parseMeasure.js';
import { canonicalValue, sameValue } from '../propose/labels.js';
import { quoteOf, type SpanText, stemsOf } from './readSpans.js';

/** A text read for supervision: its spans as they stand, folded and bare. */
export interface SupervisedText {
  readonly text: SpanText;
  readonly quotes: readonly string[];
  readonly folded: readonly string[];
}

const SHORTEST_PREFIX = 3;
const LONGEST_ENDING = 3;
const SHORTEST_BARE = 5;

export function readSupervised(product: Product, text: SpanText): SupervisedText {
  const quotes = text.stems.map((_, x) => quoteOf(text, x, product));
  return { text, quotes, folded: quotes.map(fold) };
}

/**
 * Distant supervision: of each span the place in `values` of the value that stands there, -1 for none. A value
 * stands where its own writing does, else its inflection, an alias or the same measure in another writing, else
 * the same letters and digits with other marks between them, else a word that begins with it (`Printed` for
 * `Print`).
 */
export function superviseSpans(
  { text, quotes, folded }: SupervisedText,
  attribute: Attribute,
  values: readonly (string | number | boolean)[],
  view: TaxonomyView,
): Int32Array {
  const found = new Int32Array(quotes.length).fill(-1);
  for (const [place, value] of values.entries()) {
    const written = String(value);
    const plain = fold(written);
    const stems = stemsOf(written);
    const bare = bareOf(plain);
    const alike = new Set([plain, ...aliasesOf(attribute, written).map(fold)]);
    const ways: ((x: number) => boolean)[] = [
      (x) =>
        alike.has(folded[x] ?? '') ||
        text.stems[x] === stems ||
        isSameMeasure(attribute, quotes[x] ?? '', value, view),
      (x) => bare.length >= SHORTEST_BARE && bareOf(folded[x] ?? '') === bare,
      (x) =>
        plain.length >= SHORTEST_PREFIX &&
        text.from[x] === text.to[x] &&
        (folded[x] ?? '').startsWith(plain) &&
        (folded[x] ?? '').length - plain.length <= LONGEST_ENDING,
    ];
    for (const way of ways) {
      let stands = false;
      for (let x = 0; x < quotes.length; x++) {
        if ((found[x] ?? -1) >= 0 || !way(x)) continue;
        found[x] = place;
        stands = true;
      }
      if (stands) break;
    }
  }
  return found;
}

function aliasesOf(attribute: Attribute, value: string): readonly string[] {
  if (attribute.type !== 'enum') return [];
  return attribute.values.find(({ name }) => name === value)?.aliases ?? [];
}

function isSameMeasure(
  attribute: Attribute,
  quote: string,
  value: string | number | boolean,
  view: TaxonomyView,
): boolean {
  if (attribute.type !== 'number+unit' || !/^[\d.¼½¾⅓⅔⅛⅜⅝⅞]/u.test(quote)) return false;
  if (attribute.unit !== undefined && parseMeasure(quote)?.unit === undefined) return false;
  const read = canonicalValue(attribute, quote, view);
  return read !== undefined && sameValue(attribute, read, value);
}

function bareOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '');
}
