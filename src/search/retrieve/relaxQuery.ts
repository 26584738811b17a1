import { categoryLevels, joinLevels } from '../../domain/categoryPath.js';
import type { FoundSet, ProductSet, ProductSets } from '../engine/productSets.js';
import type { Filter } from '../filter/parseFilter.js';
import type { QueryWord, UnderstoodQuery } from '../understand/understandQuery.js';
import { FULL_COVERAGE, type MatchThresholds, STRICT } from './retrieve.js';

/** The query and the filter to relax. */
export interface RelaxationInput<Set> {
  readonly understood: UnderstoodQuery;
  readonly vector: Float32Array | undefined;
  /** The catalog's cut-off for semantic hits. */
  readonly minCosine: number;
  readonly filter: Filter | undefined;
  /** The products that pass a filter and all other conditions. */
  readonly passOf: (filter: Filter | undefined) => Set;
}

export interface RelaxedQuery<Found> {
  readonly candidates: Found;
  /** The query without the dropped words. */
  readonly understood: UnderstoodQuery;
  /** One sentence per relaxation; empty if nothing was relaxed. */
  readonly relaxed: readonly string[];
}

/** Minimum share of the query's weight that the remaining words must carry. */
const MIN_KEPT_WEIGHT = 0.5;
/**
 * After dropping words that no product has, all other words are required: most single words mean something
 * else.
 */
const ALL_WORDS: MatchThresholds = { ...STRICT, minCoverage: FULL_COVERAGE };
/** Minimum coverage when few words are enough. */
const FEW_WORDS: MatchThresholds = { ...STRICT, minCoverage: 0.1 };
/**
 * Thresholds for the nearest products when none is near, relative to the catalog's cut-off and to the nearest
 * product's cosine.
 */
const NEAREST_THRESHOLDS = { cutoff: 0.75, share: 0.5 };

/**
 * Relaxes a query that found nothing, step by step, until something is found:
 * 1. drop the words that no product has, but require all others;
 * 2. require fewer words than for a partial match;
 * 3. repeat both with the filter's category widened by one level, up to the top level;
 * 4. return the nearest products by meaning, even below the cut-off.
 * Steps 2 to 4 apply only if the shop has matching products that the filter excludes: a query unrelated to
 * the shop finds nothing. Only the category condition is ever widened. Each step finds the same products with
 * any filter, which only removes some, so facets, totals and pages stay consistent.
 */
export function relaxQuery<Set extends ProductSet<Set>, Found extends FoundSet<Set>>(
  sets: ProductSets<Set, Found>,
  input: RelaxationInput<Set>,
  strict: Found,
): RelaxedQuery<Found> {
  const { understood, vector, minCosine, filter, passOf } = input;
  const unchanged = { candidates: strict, understood, relaxed: [] };
  if (!sets.isEmpty(strict) || understood.everything || understood.words.length === 0) return unchanged;
  const withoutUnknownWords = withoutUnknown(sets, understood, vector);
  const retrieveFrom = (
    query: UnderstoodQuery,
    among: Set,
    thresholds?: MatchThresholds,
    min = minCosine,
  ): Found => sets.retrieve(query, vector, min, among, thresholds);
  const attempt = (among: Set, steps: readonly string[], first: boolean): RelaxedQuery<Found> | undefined => {
    if (!first) {
      const candidates = retrieveFrom(understood, among);
      if (!sets.isEmpty(candidates)) return { candidates, understood, relaxed: steps };
    }
    if (withoutUnknownWords === undefined) return undefined;
    const candidates = retrieveFrom(withoutUnknownWords, among, ALL_WORDS);
    if (sets.isEmpty(candidates)) return undefined;
    const dropped = describeDropped(droppedWords(understood, withoutUnknownWords.words));
    return { candidates, understood: withoutUnknownWords, relaxed: [...steps, dropped] };
  };

  const pass = passOf(filter);
  const fewerWords = attempt(pass, [], true);
  if (fewerWords !== undefined) return fewerWords;
  if (filter === undefined) return unchanged;
  const everything = passOf(undefined);
  const matchesWithoutFilter = !sets.isEmpty(retrieveFrom(understood, everything));
  const query = matchesWithoutFilter ? understood : withoutUnknownWords;
  if (query === undefined) return unchanged;
  if (!matchesWithoutFilter && sets.isEmpty(retrieveFrom(query, everything, ALL_WORDS))) return unchanged;
  const byFewWords = retrieveFrom(query, pass, FEW_WORDS);
  if (!sets.isEmpty(byFewWords)) {
    const dropped = droppedWords(understood, sets.wordsFound(byFewWords, query));
    return { candidates: byFewWords, understood: query, relaxed: [describeDropped(dropped)] };
  }
  for (const { wider, step } of widenings(filter)) {
    const relaxed = attempt(passOf(wider), [step], false);
    if (relaxed !== undefined) return relaxed;
  }
  if (vector === undefined) return unchanged;
  const thresholds = { ...STRICT, minShare: NEAREST_THRESHOLDS.share };
  const nearest = retrieveFrom(query, pass, thresholds, NEAREST_THRESHOLDS.cutoff * minCosine);
  if (sets.isEmpty(nearest)) return unchanged;
  return { candidates: nearest, understood: query, relaxed: ['nearest in meaning, though nothing is near'] };
}

/**
 * The query without words that no live product has; undefined if there are none, or if too little would be
 * left.
 */
function withoutUnknown<Set extends ProductSet<Set>, Found extends FoundSet<Set>>(
  sets: ProductSets<Set, Found>,
  understood: UnderstoodQuery,
  vector: Float32Array | undefined,
): UnderstoodQuery | undefined {
  const { index } = sets;
  const has = (term: string): boolean => (index.lexical.postings(term)?.documents ?? 0) > 0;
  const isKnown = ({ alternatives, parts, others = [], partOfCode }: QueryWord): boolean =>
    alternatives.some(has) ||
    (parts.length > 0 && parts.every(has)) ||
    others.some(({ terms }) => terms.every(has)) ||
    (partOfCode?.products(index) ?? []).length > 0;
  const words = understood.words.filter(isKnown);
  if (words.length === understood.words.length) return undefined;
  const weights = sets.weighWords(understood.words, vector);
  let keptWeight = 0;
  let totalWeight = 0;
  for (const [place, word] of understood.words.entries()) {
    totalWeight += weights[place] ?? 0;
    if (words.includes(word)) keptWeight += weights[place] ?? 0;
  }
  if (keptWeight < MIN_KEPT_WEIGHT * totalWeight) return undefined;
  // The remaining words must not count as a full title or an identifier.
  return { ...understood, words, whole: undefined, codes: [], length: 0 };
}

function droppedWords(understood: UnderstoodQuery, kept: readonly QueryWord[]): string[] {
  return understood.words.filter((word) => !kept.includes(word)).map(({ surface }) => surface);
}

function describeDropped(words: readonly string[]): string {
  if (words.length === 0) return 'with fewer of the words than usual';
  const quoted = words.map((word) => `'${word}'`);
  const last = quoted.pop() ?? '';
  return quoted.length === 0
    ? `without the word ${last}`
    : `without the words ${quoted.join(', ')} and ${last}`;
}

/** The filter with its first category condition widened by one level, then two, up to the top level. */
function* widenings(filter: Filter): Generator<{ wider: Filter; step: string }> {
  const conditions = conjuncts(filter);
  const place = conditions.findIndex(
    (condition) =>
      condition.kind === 'compare' && condition.field === 'category' && condition.operator === '=',
  );
  const condition = conditions[place];
  if (condition?.kind !== 'compare') return;
  const levels = categoryLevels(String(condition.value));
  for (let left = levels.length - 1; left > 0; left--) {
    const value = joinLevels(levels.slice(0, left));
    const parts = conditions.with(place, { ...condition, value });
    yield {
      wider: { kind: 'and', parts },
      step: `in ${value} instead of ${joinLevels(levels)}`,
    };
  }
}

/** All conditions of a conjunction, nested ones included. */
function conjuncts(filter: Filter): readonly Filter[] {
  return filter.kind === 'and' ? filter.parts.flatMap(conjuncts) : [filter];
}
