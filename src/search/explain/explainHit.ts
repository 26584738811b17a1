import type { Fact } from '../../domain/fact.js';
import { fieldValue } from '../../domain/field.js';
import { factsOf } from '../../domain/filledProduct.js';
import type { Product } from '../../domain/product.js';
import { analyze } from '../../index/lexical/analyze.js';
import { fieldsExcludedFromText } from '../../index/lexical/indexedText.js';
import { LEXICAL_FIELDS, type LexicalField, type LiveIndex, TF_BITS, TF_MAX } from '../../index/liveIndex.js';
import { indexOfSorted } from '../../structures/binarySearch.js';
import type { Ranking } from '../rank/ranking.js';
import { FEATURES, type Feature } from '../rank/rankingWeights.js';
import type { QueryWord } from '../understand/understandQuery.js';
import type { Explanation } from './explanation.js';

/**
 * Explains why a product is a hit and how its score is composed; `filtered` are the fields that the filter
 * names.
 */
export function explainHit(
  index: LiveIndex,
  words: readonly QueryWord[],
  ranking: Ranking,
  filtered: readonly string[],
  ordinal: number,
  product: Product,
): Explanation {
  const foundWords = words
    .map((word) => ({ word, fields: locateWord(index, word, ordinal) }))
    .filter(({ fields }) => fields.length > 0);
  const shares = ranking.shares(ordinal);
  const values = ranking.features(ordinal);
  const features: Explanation['features'] = {};
  for (const feature of Object.keys(FEATURES) as Feature[]) {
    features[feature] = {
      value: values[feature],
      weight: ranking.weights[feature],
      share: shares[feature],
      about: FEATURES[feature],
    };
  }
  const relevantFields = new Set<string>(filtered);
  if (shares.category !== 0) relevantFields.add('category');
  for (const { fields } of foundWords) for (const field of fields) relevantFields.add(field);
  return {
    matched: foundWords.map(({ word }) => word.surface),
    shares: { ...shares },
    words: foundWords.map(({ word, fields }) => ({ word: word.surface, fields })),
    features,
    facts: appliedFacts(product).filter(
      (fact) => relevantFields.has(fact.field) || factHasWord(product, fact, foundWords),
    ),
  };
}

/** Suggested values are not in the product yet, so no query finds them. */
function appliedFacts(product: Product): Fact[] {
  return factsOf(product).filter(({ status }) => status === 'applied');
}

/** Whether words that were found among the attributes occur in this one, and it is indexed for words. */
function factHasWord(
  product: Product,
  { field }: Fact,
  foundWords: readonly { readonly word: QueryWord; readonly fields: readonly LexicalField[] }[],
): boolean {
  const value = fieldValue(product, field);
  if (value === undefined || !field.startsWith('attributes.') || fieldsExcludedFromText(product).has(field))
    return false;
  const terms = new Set(analyze([value].flat().join(' ')).map(({ text }) => text));
  return foundWords.some(
    ({ word, fields }) =>
      fields.includes('attributes') && [...word.alternatives, ...word.parts].some((term) => terms.has(term)),
  );
}

/**
 * The fields of a product with a word of the query: any of its alternatives, all of its parts, or all terms
 * of another form. The field of identifiers also if an identifier contains the word.
 */
function locateWord(index: LiveIndex, word: QueryWord, ordinal: number): LexicalField[] {
  const whole = word.alternatives.map((term) => frequenciesOf(index, term, ordinal));
  const parts = word.parts.map((term) => frequenciesOf(index, term, ordinal));
  const others = (word.others ?? [])
    .map(({ terms }) => terms.map((term) => frequenciesOf(index, term, ordinal)))
    .filter((form) => form.every((frequencies) => frequencies > 0));
  const matching = [
    ...whole,
    ...(parts.every((frequencies) => frequencies > 0) ? parts : []),
    ...others.flat(),
  ];
  const isPartOfCode = word.partOfCode?.products(index).includes(ordinal) === true;
  return LEXICAL_FIELDS.filter(
    (name, field) =>
      (isPartOfCode && name === 'identifiers') ||
      matching.some((frequencies) => ((frequencies >>> (field * TF_BITS)) & TF_MAX) > 0),
  );
}

/** Term frequencies packed by field, as in the postings; 0 if the product lacks the term. */
function frequenciesOf(index: LiveIndex, term: string, ordinal: number): number {
  const postings = index.lexical.postings(term);
  if (postings === undefined) return 0;
  const place = indexOfSorted(postings.ordinals, ordinal);
  return place < 0 ? 0 : (postings.packed[place] ?? 0);
}
