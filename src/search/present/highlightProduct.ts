import { attributeField } from '../../domain/field.js';
import type { Product } from '../../domain/product.js';
import { LEXICAL_FIELDS, type LexicalField } from '../../index/liveIndex.js';
import { escapeHtml, highlightText } from './highlightText.js';
import type { MatchedTerms } from './matchedTerms.js';

/** The fields of a product with matches, as HTML; of a list, each value. */
export type Highlight = Record<string, string | string[]>;

const TEXTS = ['title', 'brand', 'category', 'description'] as const;
const MAX_ATTRIBUTES = 100;
const MAX_VALUES = 50;

/** Title, brand, category, description and attributes with the matched words in `<em>`; fields without a match are left out. */
export function highlightProduct(product: Product, { terms, fields }: MatchedTerms): Highlight {
  const highlight: Highlight = {};
  if (terms.size === 0) return highlight;
  const has = (field: LexicalField): boolean => (fields & (1 << LEXICAL_FIELDS.indexOf(field))) !== 0;
  for (const field of TEXTS) {
    const text = product[field];
    const html = text === undefined || !has(field) ? undefined : highlightText(text, terms);
    if (html !== undefined) highlight[field] = html;
  }
  // Long values of attributes are indexed with the description.
  if (!has('attributes') && !has('description')) return highlight;
  for (const [name, value] of Object.entries(product.attributes ?? {}).slice(0, MAX_ATTRIBUTES)) {
    const html = Array.isArray(value)
      ? highlightList(value, terms)
      : typeof value === 'boolean'
        ? undefined
        : highlightText(String(value), terms);
    if (html !== undefined) highlight[attributeField(name)] = html;
  }
  return highlight;
}

/** All values, if one matches. */
function highlightList(
  values: readonly (string | number | boolean)[],
  terms: ReadonlySet<string>,
): string[] | undefined {
  let matches = false;
  const html = values.slice(0, MAX_VALUES).map((value) => {
    const highlighted = typeof value === 'boolean' ? undefined : highlightText(String(value), terms);
    if (highlighted !== undefined) matches = true;
    return highlighted ?? escapeHtml(String(value));
  });
  return matches ? html : undefined;
}
