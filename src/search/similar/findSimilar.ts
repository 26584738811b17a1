import type { LiveIndex } from '../../index/liveIndex.js';
import { applyFilter } from '../filter/applyFilter.js';
import { parseFilter } from '../filter/parseFilter.js';
import { describeSeeds, type Seeds } from './describeSeeds.js';
import { relateCategories } from './relateCategories.js';
import { type Similarities, similarByVector, similarByWords } from './similarCandidates.js';
import type { Relation, SimilarAnswer, SimilarHit, SimilarRequest } from './similarSchemas.js';

/** Factor for products of an unrelated category. */
const UNRELATED_FACTOR = 0.5;

interface Scored {
  readonly ordinal: number;
  readonly score: number;
  readonly similarity: number;
  readonly category: Relation;
  readonly factors: { readonly category: number; readonly price: number };
}

/**
 * Finds the products most similar to the seed products: nearest to the centroid of their vectors, of related
 * categories (of others only if there are too few), and at a comparable price. Excludes the seeds, their
 * groups, and products with the same title; returns one variant of each other group. Without vectors,
 * compares words.
 * @throws UserError for a filter that cannot be read.
 */
export function findSimilar(index: LiveIndex, request: SimilarRequest): SimilarAnswer {
  const pass =
    request.filter === undefined || request.filter.trim() === ''
      ? index.aliveSet()
      : applyFilter(index, parseFilter(request.filter));
  const unknown = request.ids.filter((id) => index.ordinalOf(id) === undefined);
  if (unknown.length > 0) return { unknown, hits: [] };
  const ordinals = [...new Set(request.ids.map((id) => index.ordinalOf(id) ?? 0))];
  const seeds = describeSeeds(index, ordinals);
  const relate = relateCategories(index, seeds);
  for (const ordinal of ordinals) pass.delete(ordinal);
  const similarities =
    seeds.vector === undefined
      ? similarByWords(index, seeds, pass)
      : similarByVector(index, seeds.vector, relate, request.limit, pass);
  const candidates = scorePool(index, similarities, seeds, relate).sort(
    (a, b) => b.score - a.score || (index.idOf(a.ordinal) < index.idOf(b.ordinal) ? -1 : 1),
  );
  const selected = selectHits(index, seeds, candidates, request.limit);
  return {
    unknown,
    hits: candidates
      .filter((one) => selected.has(one.ordinal))
      .map((one) => present(index, seeds, request, one)),
  };
}

function scorePool(
  index: LiveIndex,
  similarities: Similarities,
  seeds: Seeds,
  relate: (category: string | undefined) => Relation,
): Scored[] {
  const categories = index.columns.field('category');
  const prices = index.columns.field('price');
  const currencies = index.columns.field('currency');
  return Array.from(similarities, ([ordinal, similarity]) => {
    const category = relate(categories?.valuesOf(ordinal)[0]);
    const comparable = currencies?.valuesOf(ordinal)[0] === seeds.currency;
    const factors = {
      category: category === 'other' ? UNRELATED_FACTOR : 1,
      price: comparable ? comparePrices(seeds.price, prices?.numberOf(ordinal)) : 1,
    };
    return { ordinal, score: similarity * factors.category * factors.price, similarity, category, factors };
  });
}

/** The best products of related categories, then of others. */
function selectHits(
  index: LiveIndex,
  seeds: Seeds,
  candidates: readonly Scored[],
  limit: number,
): Set<number> {
  const groupIds = index.columns.field('group_id');
  const groups = new Set(seeds.groups);
  const selected = new Set<number>();
  for (const others of [false, true]) {
    for (const { ordinal, category } of candidates) {
      if (selected.size >= limit) return selected;
      if ((category === 'other') !== others) continue;
      const group = groupIds?.valuesOf(ordinal)[0];
      if (group !== undefined && groups.has(group)) continue;
      if (seeds.titles.has(index.document(ordinal).title ?? '')) continue;
      selected.add(ordinal);
      if (group !== undefined) groups.add(group);
    }
  }
  return selected;
}

function present(
  index: LiveIndex,
  seeds: Seeds,
  request: SimilarRequest,
  { ordinal, score, similarity, category, factors }: Scored,
): SimilarHit {
  const by = seeds.vector === undefined ? 'words' : 'meaning';
  return {
    id: index.idOf(ordinal),
    score,
    product: index.document(ordinal),
    ...(request.explain && { explain: { by, similarity, category, factors } }),
  };
}

/** Price ratios up to 2 to this power have no effect. */
const FREE_DOUBLINGS = 1;
/** Effect of each further doubling. */
const SLOPE = 0.25;

/**
 * Price factor: 1 from half to twice the price, .8 at four times or a quarter, .67 at eight times; 1 if
 * either has no price.
 */
function comparePrices(one: number | undefined, other: number | undefined): number {
  if (one === undefined || other === undefined || !(one > 0) || !(other > 0)) return 1;
  const doublings = Math.abs(Math.log2(one / other));
  return 1 / (1 + SLOPE * Math.max(0, doublings - FREE_DOUBLINGS));
}
