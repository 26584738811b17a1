import { attributeField } from '../../domain/field.js';
import type { Product } from '../../domain/product.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import type { QueryWord } from '../understand/understandQuery.js';
import { findTerms, type HighlightSpan } from './highlightText.js';
import { matchedTerms } from './matchedTerms.js';

/** Where a text has words of the query, and which. */
export interface TextMatches {
  /** In order, without overlaps. */
  readonly spans: readonly HighlightSpan[];
  /** Words of the query, folded. */
  readonly words: readonly string[];
}

/** Where a product has words of the query. */
export interface HitMatches {
  /** The query's words, folded. */
  readonly words: readonly string[];
  /** By field; of a list, an entry per value. Fields without a match are left out. */
  readonly fields: ReadonlyMap<string, TextMatches | readonly TextMatches[]>;
}

const TEXTS = ['title', 'brand', 'category', 'description'] as const;
const MAX_ATTRIBUTES = 100;
const MAX_VALUES = 50;
const NO_MATCHES: TextMatches = { spans: [], words: [] };

/** The matches that `highlightProduct` marks, with the words of the query that they match. */
export function findMatches(
  index: LiveIndex,
  product: Product,
  words: readonly QueryWord[],
  ordinal: number,
): HitMatches {
  const byWord = words.map((word) => ({
    word: word.surface,
    terms: matchedTerms(index, [word], ordinal).terms,
  }));
  const terms = new Set(byWord.flatMap((one) => [...one.terms]));
  const matchesIn = (text: string): TextMatches => {
    const spans = findTerms(text, terms);
    if (spans.length === 0) return NO_MATCHES;
    const matched = byWord.filter((one) => one.terms.size > 0 && findTerms(text, one.terms).length > 0);
    return { spans, words: matched.map(({ word }) => word) };
  };
  const fields = new Map<string, TextMatches | readonly TextMatches[]>();
  const add = (field: string, value: unknown): void => {
    if (Array.isArray(value)) {
      const matches = value.slice(0, MAX_VALUES).map((one) => matchesIn(String(one)));
      if (matches.some(({ spans }) => spans.length > 0)) fields.set(field, matches);
    } else if (typeof value === 'string' || typeof value === 'number') {
      const matches = matchesIn(String(value));
      if (matches.spans.length > 0) fields.set(field, matches);
    }
  };
  if (terms.size > 0) {
    for (const field of TEXTS) add(field, product[field]);
    for (const [name, value] of Object.entries(product.attributes ?? {}).slice(0, MAX_ATTRIBUTES))
      add(attributeField(name), value);
  }
  return { words: byWord.map(({ word }) => word), fields };
}
