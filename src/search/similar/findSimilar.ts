import type { LiveIndex } from '../../index/liveIndex.js';
import { applyFilter } from '../filter/applyFilter.js';
import { parseFilter } from '../filter/parseFilter.js';
import { describeSeeds, type Seeds } from './describeSeeds.js';
import { relateCategories } from './relateCategories.js';
import { type Similarities, similarByVector, similarByWords } from './similarCandidates.js';
import type { Relation, SimilarAnswer, SimilarHit, SimilarRequest } from './similarSchemas.js';

/** What is left of the similarity of a product from a category that has nothing to do with those asked about. */
const OTHER_CATEGORY = 0.5;

interface Scored {
  readonly ordinal: number;
  readonly score: number;
  readonly similarity: number;
  readonly category: Relation;
  readonly factors: { readonly category: number; readonly price: number };
}

/**
 * The products most like those asked about: nearest to the mean of their vectors, of related categories (of others
 * only where too few are), at a comparable price. Left out are they themselves, what is of their groups or bears one
 * of their titles; of other groups one variant is given. Where no vector is at hand, words are compared.
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
  const asked = describeSeeds(index, ordinals);
  const related = relateCategories(index, asked);
  for (const ordinal of ordinals) pass.delete(ordinal);
  const pool =
    asked.vector === undefined
      ? similarByWords(index, asked, pass)
      : similarByVector(index, asked.vector, related, request.limit, pass);
  const scored = scorePool(index, pool, asked, related).sort(
    (a, b) => b.score - a.score || (index.idOf(a.ordinal) < index.idOf(b.ordinal) ? -1 : 1),
  );
  const taken = take(index, asked, scored, request.limit);
  return {
    unknown,
    hits: scored.filter((one) => taken.has(one.ordinal)).map((one) => present(index, asked, request, one)),
  };
}

function scorePool(
  index: LiveIndex,
  pool: Similarities,
  asked: Seeds,
  related: (category: string | undefined) => Relation,
): Scored[] {
  const categories = index.columns.field('category');
  const prices = index.columns.field('price');
  const currencies = index.columns.field('currency');
  return Array.from(pool, ([ordinal, similarity]) => {
    const category = related(categories?.valuesOf(ordinal)[0]);
    const comparable = currencies?.valuesOf(ordinal)[0] === asked.currency;
    const factors = {
      category: category === 'other' ? OTHER_CATEGORY : 1,
      price: comparable ? comparePrices(asked.price, prices?.numberOf(ordinal)) : 1,
    };
    return { ordinal, score: similarity * factors.category * factors.price, similarity, category, factors };
  });
}

/** The best of related categories, filled up from others. */
function take(index: LiveIndex, asked: Seeds, scored: readonly Scored[], limit: number): Set<number> {
  const groupIds = index.columns.field('group_id');
  const groups = new Set(asked.groups);
  const taken = new Set<number>();
  for (const others of [false, true]) {
    for (const { ordinal, category } of scored) {
      if (taken.size >= limit) return taken;
      if ((category === 'other') !== others) continue;
      const group = groupIds?.valuesOf(ordinal)[0];
      if (group !== undefined && groups.has(group)) continue;
      if (asked.titles.has(index.document(ordinal).title ?? '')) continue;
      taken.add(ordinal);
      if (group !== undefined) groups.add(group);
    }
  }
  return taken;
}

function present(
  index: LiveIndex,
  asked: Seeds,
  request: SimilarRequest,
  { ordinal, score, similarity, category, factors }: Scored,
): SimilarHit {
  const by = asked.vector === undefined ? 'words' : 'meaning';
  return {
    id: index.idOf(ordinal),
    score,
    product: index.document(ordinal),
    ...(request.explain && { explain: { by, similarity, category, factors } }),
  };
}

/** From half to twice a price, nothing is taken off. */
const FREE_DOUBLINGS = 1;
/** How steeply further doublings tell. */
const SLOPE = 0.25;

/**
 * How far a price lets two products stand for each other: 1 from half to twice, .8 at four times or a quarter,
 * .67 at eight times; 1 where either has none.
 */
function comparePrices(one: number | undefined, other: number | undefined): number {
  if (one === undefined || other === undefined || !(one > 0) || !(other > 0)) return 1;
  const doublings = Math.abs(Math.log2(one / other));
  return 1 / (1 + SLOPE * Math.max(0, doublings - FREE_DOUBLINGS));
}
