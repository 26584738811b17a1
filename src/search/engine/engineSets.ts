import { lookUpKeys } from '../../index/identifiers/identifierKeys.js';
import { titleKey } from '../../index/identifiers/titleKeys.js';
import { dotAt } from '../../index/vectors/unitVector.js';
import type { Filter } from '../filter/parseFilter.js';
import type { Phrase } from '../filter/textFilter.js';
import { DIGIT } from '../relevance/isSupported.js';
import { wordWeights } from '../retrieve/bm25f.js';
import { FULL_COVERAGE, MAX_SEMANTIC, type MatchThresholds, STRICT } from '../retrieve/retrieve.js';
import { SAMPLE, statisticsOf, weighBy } from '../retrieve/weighWords.js';
import type { QueryWord, UnderstoodQuery } from '../understand/understandQuery.js';
import { codeParts, type EngineIndex } from './engineIndex.js';
import { filterProducts, mentioningProducts } from './filterProducts.js';
import { passes } from './passes.js';
import type { ProductSet, ProductSets } from './productSets.js';
import { both, either, NONE, type Products, type TermField, type WeightedWord, without } from './products.js';

/** Products beyond the last semantic hit that may be as near as it. */
const TIES = 60;
/** Guesses while an answer is missing: that there are products, so that what follows is asked too. */
const GUESS = 10;

/** Products elsewhere, which the engine is asked to count. */
export class EngineSet implements ProductSet<EngineSet> {
  constructor(
    private readonly index: EngineIndex,
    public products: Products,
  ) {}

  clone(): EngineSet {
    return new EngineSet(this.index, this.products);
  }

  and(other: EngineSet): EngineSet {
    if (other.products !== this.index.all) this.products = both(this.products, other.products);
    return this;
  }

  andNot(other: EngineSet): EngineSet {
    this.products = without(this.products, other.products);
    return this;
  }

  count(): number {
    const answer = this.index.questions?.get({ kind: 'count', products: this.products });
    return answer?.kind === 'count' ? answer.count : GUESS;
  }

  countAnd(other: EngineSet): number {
    return this.clone().and(other).count();
  }

  has(ordinal: number): boolean {
    return passes(this.index, this.products, ordinal);
  }
}

/** What a search finds elsewhere, and how. */
export interface EngineFound {
  readonly set: EngineSet;
  readonly words: readonly WeightedWord[];
  readonly weights: Float32Array;
  /** The semantic hits with their cosines. */
  readonly near: ReadonlyMap<string, number>;
  /** Products that the query names. */
  readonly named: readonly Products[];
  readonly thresholds: MatchThresholds;
}

/** The sets of an index whose products are elsewhere. */
export function engineSets(index: EngineIndex): ProductSets<EngineSet, EngineFound> {
  const setOf = (products: Products): EngineSet => new EngineSet(index, both(index.all, products));
  const weigh = (words: readonly QueryWord[], vector: Float32Array | undefined): Float32Array =>
    vector === undefined
      ? new Float32Array(words.length).fill(1)
      : weighBy(
          words,
          () => statisticsOf(cosinesOf(index, vector, index.all, SAMPLE.catalog)),
          (term) =>
            index.lexical.postings(term) === undefined
              ? undefined
              : statisticsOf(
                  cosinesOf(
                    index,
                    vector,
                    both(index.all, { kind: 'terms', among: 'anywhere', anyOf: [[term]] }),
                    SAMPLE.word,
                  ),
                ),
        );
  return {
    index,
    all: () => new EngineSet(index, index.all),
    passing: (filter: Filter) => setOf(filterProducts(index, filter)),
    mentioning: (phrase: Phrase) => setOf(mentioningProducts(phrase)),
    retrieve: (understood, vector, minCosine, pass, thresholds = STRICT) => {
      const weights = weigh(understood.words, vector);
      const words = weighted(index, understood.words, weights);
      const near = nearOf(index, understood, vector, minCosine, thresholds.minShare);
      const named = namedBy(understood);
      const found = understood.everything
        ? pass.clone()
        : pass
            .clone()
            .and(
              new EngineSet(
                index,
                either([
                  ...named,
                  ...(words.length === 0
                    ? []
                    : [{ kind: 'words' as const, words, min: thresholds.minCoverage }]),
                  ...(near.size === 0 ? [] : [{ kind: 'ids' as const, ids: [...near.keys()] }]),
                ]),
              ),
            );
      return { set: found, words, weights, near, named, thresholds };
    },
    isEmpty: ({ set }) => set.count() === 0,
    fullMatches: ({ set, words }) =>
      set
        .clone()
        .and(new EngineSet(index, words.length === 0 ? NONE : { kind: 'words', words, min: FULL_COVERAGE })),
    wordsFound: ({ set, words }, understood) =>
      understood.words.filter((_, place) => {
        const word = words[place];
        return word !== undefined && set.countAnd(new EngineSet(index, word.products)) > 0;
      }),
    weighWords: weigh,
    hasStrongMatch: (words, vector) => {
      const found = weighted(index, words, weigh(words, vector));
      const enough: Products = { kind: 'words', words: found, min: STRICT.minCoverage };
      const full: Products = { kind: 'words', words: found, min: FULL_COVERAGE };
      const numbers = found.filter((_, place) => DIGIT.test(words[place]?.surface ?? ''));
      const strong = either([
        both(full, either(words.map((word) => formsOf(index, word, 'title')))),
        ...numbers.map(({ products }) => products),
        ...words.map((word) => formsOf(index, word, 'brand')),
      ]);
      return setOf(both(enough, strong)).count() > 0;
    },
  };
}

function weighted(index: EngineIndex, words: readonly QueryWord[], weights: Float32Array): WeightedWord[] {
  const own = wordWeights(index, words, weights);
  const all = own.reduce((sum, weight) => sum + weight, 0);
  return words.map((word, place) => ({
    share: (own[place] ?? 0) / all,
    products: formsOf(index, word, 'anywhere'),
  }));
}

/** The products that have a word in one of its forms. */
export function formsOf(index: EngineIndex, word: QueryWord, among: TermField): Products {
  const { alternatives, parts, others = [], partOfCode } = word;
  const has = (term: string): boolean => index.vocabulary.terms.count(term) > 0;
  const anyOf = [
    ...alternatives.map((term) => [term]),
    ...(parts.length > 0 ? [parts] : []),
    ...others.map(({ terms }) => terms),
  ].filter((terms) => terms.length > 0 && terms.every(has));
  const codes = partOfCode === undefined || among !== 'anywhere' ? [] : codeParts(partOfCode.text);
  return either([
    ...(anyOf.length === 0 ? [] : [{ kind: 'terms' as const, among, anyOf }]),
    ...(codes.length === 0 ? [] : [{ kind: 'codePart' as const, parts: codes }]),
  ]);
}

/** See matchExactly. */
function namedBy({ codes, whole, words }: UnderstoodQuery): Products[] {
  const keys = new Set(
    codes.flatMap((code, place) =>
      place > 0 || whole !== undefined ? lookUpKeys(place === 0 ? (whole?.text ?? code) : code) : [],
    ),
  );
  const named = words.flatMap(({ partOfCode }) =>
    partOfCode?.isName === true ? codeParts(partOfCode.text) : [],
  );
  return [
    ...(keys.size === 0 ? [] : [{ kind: 'identifiers' as const, keys: [...keys] }]),
    ...(whole === undefined ? [] : [{ kind: 'titles' as const, keys: [titleKey(whole.text)] }]),
    ...(named.length === 0 ? [] : [{ kind: 'codePart' as const, parts: named }]),
  ];
}

/** The semantic hits of the whole catalog: the same bounds as `nearestWithin` has. */
function nearOf(
  index: EngineIndex,
  { everything, whole }: UnderstoodQuery,
  vector: Float32Array | undefined,
  minCosine: number,
  minShare: number,
): ReadonlyMap<string, number> {
  const near = new Map<string, number>();
  if (vector === undefined || everything) return near;
  // A query that is an identifier means that product, not products that resemble its letters.
  if ((whole?.identifierMatches(index) ?? []).length > 0) return near;
  const answer = nearestTo(index, vector);
  if (answer === undefined) return near;
  const { ids, cosines } = answer;
  const bound = Math.max(minCosine, minShare * (cosines[0] ?? 0), cosines[MAX_SEMANTIC - 1] ?? -1);
  for (const [place, id] of ids.entries()) {
    const cosine = cosines[place] ?? -1;
    if (cosine >= bound) near.set(id, cosine);
  }
  return near;
}

/** The products nearest to the query in the whole catalog. */
export function nearestTo(
  index: EngineIndex,
  vector: Float32Array,
): { readonly ids: readonly string[]; readonly cosines: readonly number[] } | undefined {
  const answer = index.questions?.get({
    kind: 'nearest',
    vector,
    within: index.all,
    limit: MAX_SEMANTIC + TIES,
  });
  return answer?.kind === 'nearest' ? answer : undefined;
}

function cosinesOf(index: EngineIndex, vector: Float32Array, products: Products, limit: number): number[] {
  const answer = index.questions?.get({ kind: 'sample', products, limit });
  if (answer?.kind !== 'sample') return [];
  return answer.vectors.map((own) => dotAt(vector, own, 0));
}
