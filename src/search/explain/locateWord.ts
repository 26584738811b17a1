import { LEXICAL_FIELDS, type LexicalField, type LiveIndex, TF_BITS, TF_MAX } from '../../index/live.js';
import { indexOfSorted } from '../../structures/binarySearch.js';
import { MAX_CODES } from '../retrieve/scoreWords.js';
import type { QueryWord } from '../understand/understand.js';

/**
 * The fields of a product in which a word of the query stands: as any of its alternatives, or all of its parts, or
 * all of another form's; within an identifier, where it is a part of one.
 */
export function locateWord(index: LiveIndex, word: QueryWord, ordinal: number): LexicalField[] {
  const whole = word.alternatives.map((term) => frequenciesOf(index, term, ordinal));
  const parts = word.parts.map((term) => frequenciesOf(index, term, ordinal));
  const others = (word.others ?? [])
    .map(({ terms }) => terms.map((term) => frequenciesOf(index, term, ordinal)))
    .filter((form) => form.every((frequencies) => frequencies > 0));
  const found = [...whole, ...(parts.every((frequencies) => frequencies > 0) ? parts : []), ...others.flat()];
  const isPart =
    word.partOfCode !== undefined && index.identifiersHolding(word.partOfCode, MAX_CODES).includes(ordinal);
  return LEXICAL_FIELDS.filter(
    (name, field) =>
      (isPart && name === 'identifiers') ||
      found.some((frequencies) => ((frequencies >>> (field * TF_BITS)) & TF_MAX) > 0),
  );
}

/** Packed by field as in the postings; 0 where the product lacks the term. */
function frequenciesOf(index: LiveIndex, term: string, ordinal: number): number {
  const postings = index.lexical.postings(term);
  if (postings === undefined) return 0;
  const place = indexOfSorted(postings.ordinals, ordinal);
  return place < 0 ? 0 : (postings.packed[place] ?? 0);
}
