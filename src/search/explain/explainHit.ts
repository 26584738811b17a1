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
import { MAX_CODES } from '../retrieve/bm25f.js';
import type { QueryWord } from '../understand/understandQuery.js';
import type { Explanation } from './explanation.js';

/** Why the product of `ordinal` is found and stands where it stands; `filtered` are the fields that the filter names. */
export function explainHit(
  index: LiveIndex,
  words: readonly QueryWord[],
  ranking: Ranking,
  filtered: readonly string[],
  ordinal: number,
  product: Product,
): Explanation {
  const found = words
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
  const matters = new Set<string>(filtered);
  if (shares.category !== 0) matters.add('category');
  for (const { fields } of found) for (const field of fields) matters.add(field);
  return {
    matched: found.map(({ word }) => word.surface),
    shares: { ...shares },
    words: found.map(({ word, fields }) => ({ word: word.surface, fields })),
    features,
    facts: appliedFacts(product).filter((fact) => matters.has(fact.field) || holdsWord(product, fact, found)),
  };
}

/** Suggested values are in no field yet, so no query finds them. */
function appliedFacts(product: Product): Fact[] {
  return factsOf(product).filter(({ status }) => status === 'applied');
}

/** Whether words that were found among the attributes stand in this one, and it is one that words look in. */
function holdsWord(
  product: Product,
  { field }: Fact,
  found: readonly { readonly word: QueryWord; readonly fields: readonly LexicalField[] }[],
): boolean {
  const value = fieldValue(product, field);
  if (value === undefined || !field.startsWith('attributes.') || fieldsExcludedFromText(product).has(field))
    return false;
  const terms = new Set(analyze([value].flat().join(' ')).map(({ text }) => text));
  return found.some(
    ({ word, fields }) =>
      fields.includes('attributes') && [...word.alternatives, ...word.parts].some((term) => terms.has(term)),
  );
}

/**
 * The fields of a product in which a word of the query stands: as any of its alternatives, or all of its parts, or
 * all of another form's; within an identifier, where it is a part of one.
 */
function locateWord(index: LiveIndex, word: QueryWord, ordinal: number): LexicalField[] {
  const whole = word.alternatives.map((term) => frequenciesOf(index, term, ordinal));
  const parts = word.parts.map((term) => frequenciesOf(index, term, ordinal));
  const others = (word.others ?? [])
    .map(({ terms }) => terms.map((term) => frequenciesOf(index, term, ordinal)))
    .filter((form) => form.every((frequencies) => frequencies > 0));
  const found = [...whole, ...(parts.every((frequencies) => frequencies > 0) ? parts : []), ...others.flat()];
  const isPart =
    word.partOfCode !== undefined && index.findByIdentifierPart(word.partOfCode, MAX_CODES).includes(ordinal);
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
