import { LEXICAL_FIELDS, type LiveIndex, TF_BITS, TF_MAX } from '../../index/liveIndex.js';
import { indexOfSorted } from '../../structures/binarySearch.js';
import type { QueryWord } from '../understand/understandQuery.js';

/** The index terms by which one product matches a query, and the lexical fields that hold them. */
export interface MatchedTerms {
  readonly terms: ReadonlySet<string>;
  /** Bit i is set if field i of LEXICAL_FIELDS has one of the terms. */
  readonly fields: number;
}

/**
 * The terms of the query's words that the product has: as typed, corrected, inflected, or of a synonym. A form of
 * several terms counts if the product has all of them.
 */
export function matchedTerms(index: LiveIndex, words: readonly QueryWord[], ordinal: number): MatchedTerms {
  const terms = new Set<string>();
  let fields = 0;
  const add = (form: readonly string[]): void => {
    const found = form.map((term) => fieldsOf(index, term, ordinal));
    if (found.length === 0 || found.includes(0)) return;
    for (const term of form) terms.add(term);
    for (const one of found) fields |= one;
  };
  for (const { alternatives, parts, others = [] } of words) {
    for (const term of alternatives) add([term]);
    add(parts);
    for (const { terms: form } of others) add(form);
  }
  return { terms, fields };
}

function fieldsOf(index: LiveIndex, term: string, ordinal: number): number {
  const postings = index.lexical.postings(term);
  const place = postings === undefined ? -1 : indexOfSorted(postings.ordinals, ordinal);
  const packed = place < 0 ? 0 : (postings?.packed[place] ?? 0);
  let fields = 0;
  for (let field = 0; field < LEXICAL_FIELDS.length; field++)
    if (((packed >>> (field * TF_BITS)) & TF_MAX) > 0) fields |= 1 << field;
  return fields;
}
