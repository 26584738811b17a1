import { categoryLevels, joinLevels } from '../../domain/categoryPath.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import type { Bitset } from '../../structures/bitset.js';
import type { Filter } from '../filter/parseFilter.js';
import type { QueryWord, UnderstoodQuery } from '../understand/understandQuery.js';
import { type CandidateSet, FULL_COVERAGE, type MatchThresholds, retrieve, STRICT } from './retrieve.js';
import { weighWords } from './weighWords.js';

/** What is searched for, and under which filter. */
export interface RelaxationInput {
  readonly understood: UnderstoodQuery;
  readonly vector: Float32Array | undefined;
  /** The catalog's cut-off for hits by meaning alone. */
  readonly minCosine: number;
  readonly filter: Filter | undefined;
  /** The products that pass a filter, and whatever else decides about that. */
  readonly passOf: (filter: Filter | undefined) => Bitset;
}

export interface RelaxedQuery {
  readonly candidates: CandidateSet;
  /** The query without the words that were given up. */
  readonly understood: UnderstoodQuery;
  /** What was given up, in sentences; empty where the answer is the strict one. */
  readonly relaxed: readonly string[];
}

/** Words may be given up as long as those kept tell so much of what all of them tell. */
const MIN_KEPT = 0.5;
/** Without the words that no product has, all others are needed: each by itself, most words mean something else. */
const ALL_WORDS: MatchThresholds = { ...STRICT, minCoverage: FULL_COVERAGE };
/** A product with so much of the query's weight is better than none. */
const FEW_WORDS: MatchThresholds = { ...STRICT, minCoverage: 0.1 };
/** What is nearest where nothing is near, in shares of the catalog's cut-off and of the nearest product's cosine. */
const FARTHER = { cutOff: 0.75, share: 0.5 };

/**
 * Where nothing was found, asks for less, step by step, until something is:
 * 1. without the words that no product has, but with all others;
 * 2. with fewer of the words than a partial match needs;
 * 3. both again with the filter's category a level wider, and so on up;
 * 4. the nearest by meaning, though below the cut-off.
 * Steps 2 to 4 are taken only where the shop has what is asked for and the filter leaves it out: a query that has
 * nothing to do with the shop finds nothing. No condition but the category is ever widened. What a step finds does
 * not depend on the filter, which only takes from it, so that facets, totals and pages agree as they do elsewhere.
 */
export function relaxQuery(index: LiveIndex, sought: RelaxationInput, strict: CandidateSet): RelaxedQuery {
  const { understood, vector, minCosine, filter, passOf } = sought;
  const unchanged = { candidates: strict, understood, relaxed: [] };
  if (strict.ordinals.length > 0 || understood.everything || understood.words.length === 0) return unchanged;
  const known = withoutUnknown(index, understood, vector);
  const find = (
    what: UnderstoodQuery,
    among: Bitset,
    looseness?: MatchThresholds,
    min = minCosine,
  ): CandidateSet => retrieve(index, what, vector, min, among, looseness);
  const attempt = (among: Bitset, said: readonly string[], first: boolean): RelaxedQuery | undefined => {
    if (!first) {
      const candidates = find(understood, among);
      if (candidates.ordinals.length > 0) return { candidates, understood, relaxed: said };
    }
    if (known === undefined) return undefined;
    const candidates = find(known, among, ALL_WORDS);
    if (candidates.ordinals.length === 0) return undefined;
    return { candidates, understood: known, relaxed: [...said, without(lost(understood, known.words))] };
  };

  const pass = passOf(filter);
  const simpler = attempt(pass, [], true);
  if (simpler !== undefined) return simpler;
  if (filter === undefined) return unchanged;
  const everything = passOf(undefined);
  const isThere = find(understood, everything).ordinals.length > 0;
  const what = isThere ? understood : known;
  if (what === undefined) return unchanged;
  if (!isThere && find(what, everything, ALL_WORDS).ordinals.length === 0) return unchanged;
  const few = find(what, pass, FEW_WORDS);
  if (few.ordinals.length > 0) {
    const found = wordsOf(few, what);
    return { candidates: few, understood: what, relaxed: [without(lost(understood, found))] };
  }
  for (const { wider, said } of widenings(filter)) {
    const found = attempt(passOf(wider), [said], false);
    if (found !== undefined) return found;
  }
  if (vector === undefined) return unchanged;
  const looseness = { ...STRICT, minShare: FARTHER.share };
  const near = find(what, pass, looseness, FARTHER.cutOff * minCosine);
  if (near.ordinals.length === 0) return unchanged;
  return { candidates: near, understood: what, relaxed: ['nearest in meaning, though nothing is near'] };
}

/** The query without words that no living product has; undefined where it has none, or little would be left. */
function withoutUnknown(
  index: LiveIndex,
  understood: UnderstoodQuery,
  vector: Float32Array | undefined,
): UnderstoodQuery | undefined {
  const has = (term: string): boolean => (index.lexical.postings(term)?.documents ?? 0) > 0;
  const isKnown = ({ alternatives, parts, others = [], partOfCode }: QueryWord): boolean =>
    alternatives.some(has) ||
    (parts.length > 0 && parts.every(has)) ||
    others.some(({ terms }) => terms.every(has)) ||
    (partOfCode !== undefined && index.findByIdentifierPart(partOfCode, 1).length > 0);
  const words = understood.words.filter(isKnown);
  if (words.length === understood.words.length) return undefined;
  const told = weighWords(index, understood.words, vector);
  let kept = 0;
  let all = 0;
  for (const [place, word] of understood.words.entries()) {
    all += told[place] ?? 0;
    if (words.includes(word)) kept += told[place] ?? 0;
  }
  if (kept < MIN_KEPT * all) return undefined;
  // What is left is no full title and no identifier: neither may come of words that were taken away.
  return { ...understood, words, whole: undefined, codes: [], length: 0 };
}

/** The words that at least one candidate has. */
function wordsOf({ ordinals, words }: CandidateSet, understood: UnderstoodQuery): QueryWord[] {
  let bits = 0;
  for (const ordinal of ordinals) bits |= words.matched[ordinal] ?? 0;
  return understood.words.filter((_, place) => (bits & (1 << place)) !== 0);
}

function lost(understood: UnderstoodQuery, kept: readonly QueryWord[]): string[] {
  return understood.words.filter((word) => !kept.includes(word)).map(({ surface }) => surface);
}

function without(words: readonly string[]): string {
  if (words.length === 0) return 'with fewer of the words than usual';
  const quoted = words.map((word) => `'${word}'`);
  const last = quoted.pop() ?? '';
  return quoted.length === 0
    ? `without the word ${last}`
    : `without the words ${quoted.join(', ')} and ${last}`;
}

/** The filter with its first category condition a level wider, then two, up to the top level. */
function* widenings(filter: Filter): Generator<{ wider: Filter; said: string }> {
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
      said: `in ${value} instead of ${joinLevels(levels)}`,
    };
  }
}

/** Conditions that all must hold, those of nested conjunctions too. */
function conjuncts(filter: Filter): readonly Filter[] {
  return filter.kind === 'and' ? filter.parts.flatMap(conjuncts) : [filter];
}
