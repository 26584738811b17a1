import type { LiveIndex } from '../../index/liveIndex.js';
import type { FoundSet, ProductSet, ProductSets } from '../engine/productSets.js';
import { scoreWords } from '../retrieve/bm25f.js';
import { FULL_COVERAGE, type MatchThresholds, STRICT } from '../retrieve/retrieve.js';
import { weighWords } from '../retrieve/weighWords.js';
import { withoutRelatedNouns } from '../understand/relatedNouns.js';
import type { QueryWord, UnderstoodQuery } from '../understand/understandQuery.js';
import { isBrandName } from './brandNames.js';
import type { QueryRelevance } from './queryRelevance.js';

/**
 * What hits of an unsupported query need: most of its weight in words. The one word `car` of `car insurance` is too
 * little, `working` and `home` of `working from home` are enough.
 */
export const UNSUPPORTED: MatchThresholds = { ...STRICT, minCoverage: 0.75 };
/** A cosine that no product reaches. */
export const NO_COSINE = 2;

/** A word with one is a number or a code. */
export const DIGIT = /\p{N}/u;

/**
 * Whether weak matches, of some words or of meaning alone, may answer the query. They may if a product has all of the
 * words, one of them in its title, or a number or brand of the query, or if the query as a whole has to do with the catalog. They may not if it
 * consists of words that no product has, one of them a brand's name. Without a vector or a calibration, words decide
 * alone. The filter of a request does not matter, so that a filter only removes hits.
 */
export function isSupported<Set extends ProductSet<Set>, Found extends FoundSet<Set>>(
  sets: ProductSets<Set, Found>,
  understood: UnderstoodQuery,
  vector: Float32Array | undefined,
  relevance: QueryRelevance | undefined,
): boolean {
  const { index } = sets;
  const { everything, whole } = understood;
  const { words } = withoutRelatedNouns(understood);
  if (vector === undefined || relevance === undefined || everything || words.length === 0) return true;
  if ((whole?.identifierMatches(index) ?? []).length > 0) return true;
  const known = words.filter((word) => hasProducts(index, word));
  if (known.length === 0) {
    if (words.some(({ surface }) => isBrandName(surface))) return false;
  } else if (words.length === 1 || sets.hasStrongMatch(words, vector)) return true;
  return relevance.isRelated(index, understood.meaning, vector, words.length, known.length === words.length);
}

/** Whether a product has all of the words, one of them in its title, or a number or brand of the query. */
export function hasStrongMatch(index: LiveIndex, words: readonly QueryWord[], vector: Float32Array): boolean {
  const scores = scoreWords(index, words, weighWords(index, words, vector), index.aliveSet());
  let numbers = 0;
  for (const [place, { surface }] of words.entries()) if (DIGIT.test(surface)) numbers |= 1 << place;
  return scores.matchedOrdinals.some((ordinal) => {
    const coverage = scores.coverage[ordinal] ?? 0;
    if (coverage < STRICT.minCoverage) return false;
    return (
      (coverage >= FULL_COVERAGE && (scores.titleWords[ordinal] ?? 0) > 0) ||
      ((scores.matched[ordinal] ?? 0) & numbers) !== 0 ||
      (scores.brandCoverage[ordinal] ?? 0) > 0
    );
  });
}

/** Whether a live product has the word in one of its forms. */
function hasProducts(index: LiveIndex, { alternatives, parts, others = [], partOfCode }: QueryWord): boolean {
  const has = (term: string): boolean => (index.lexical.postings(term)?.documents ?? 0) > 0;
  return (
    alternatives.some(has) ||
    (parts.length > 0 && parts.every(has)) ||
    others.some(({ terms }) => terms.every(has)) ||
    (partOfCode !== undefined && partOfCode.products(index).length > 0)
  );
}
