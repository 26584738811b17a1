import { Bitset } from '../../structures/bitset.js';
import { selectTop } from '../../structures/topK.js';
import { arrayPools } from '../arrayPool.js';
import { composeAnswer } from '../composeAnswer.js';
import { onePerGroup, variantGroups } from '../groupVariants.js';
import { presentHit } from '../present/presentHit.js';
import { selectFields } from '../present/selectFields.js';
import { Ranking } from '../rank/ranking.js';
import { byId, readSortOrder, type SortOrder } from '../rank/sortOrder.js';
import { applyRules } from '../rules/applyRules.js';
import type { RuleEffects } from '../rules/ruleEffects.js';
import type { EmbedQuery } from '../search.js';
import { MAX_VARIANT_IDS, type SearchAnswer } from '../searchAnswer.js';
import type { SearchRequest } from '../searchRequest.js';
import { closeProducts } from './closeProducts.js';
import type { EngineContext } from './engineContext.js';
import { answerEngineFacets } from './engineFacets.js';
import { EngineIndex } from './engineIndex.js';
import { agreementOf, fetchedCandidates } from './fetchedCandidates.js';
import { passes } from './passes.js';
import { planSearch, type SearchPlan } from './planSearch.js';
import { firstScores } from './preselect.js';
import type { FirstScore, ListRequest, ProductEngine } from './productEngine.js';
import { both, type Products } from './products.js';
import { popularityOrder, readSort } from './readSort.js';

/** Products that are ranked by all features: the first ones by the first score. */
const WINDOW = 300;
/** Variants of the groups of one page. */
const MAX_VARIANTS = 1000;

/**
 * Answers a search as `search` does, for products that an engine holds elsewhere. The engine finds, counts, filters and
 * sorts; understanding, rules, ranking, explaining and presenting are the same code, over the products that it returns.
 * @throws UserError for a filter, facet or sort that cannot be read; UnavailableError where the engine does not answer.
 */
export async function searchEngine(
  context: EngineContext,
  request: SearchRequest,
  embed: EmbedQuery | undefined,
): Promise<SearchAnswer> {
  const startedAt = performance.now();
  const engine = context.engine();
  const plan = await planSearch(context, engine, request, embed);
  const { found, understood, vector, understoodAt, embeddedAt, ruledSearch } = plan;
  const candidates = [...plan.refined.values()].reduce(both, plan.ruled);
  const fetched = await fetchPage(engine, plan, candidates, request);
  const retrievedAt = performance.now();
  const local = new EngineIndex(context.vocabulary, context.taxonomy, plan.index.all);
  for (const { products } of fetched.lists) local.add(products);
  arrayPools.reset();
  const set = fetchedCandidates(local, found.understood, found.candidates, vector);
  const ruledCandidates = applyRules(context.rules, local, ruledSearch, set, passing(local, candidates));
  const ruleEffects = ruledCandidates.arrange({ ...ruledCandidates.candidates, ordinals: set.ordinals });
  const ranking = new Ranking(local, set, context.weights, agreementOf(plan.index, local, found.agreement));
  const order = orderOf(local, request, ruleEffects, ranking);
  const listed = arrangePage(local, fetched, order, ruleEffects, request);
  const presented = {
    ...{ index: local, understood: found.understood, filter: ruledSearch.filter, explain: request.explain },
    ...{ fields: selectFields(local, request.fields), matches: request.matches === true },
    ...{ candidates: ruleEffects.candidates, ranking, ruleEffects },
  };
  const hits = listed.map((ordinal) => presentHit(presented, ordinal));
  if (request.group)
    await addVariants(engine, plan, local, { products: candidates, order: request.sort, hits });
  const { total } = fetched;
  const closeHits = await closeProducts(context, engine, plan, total, presented);
  const unrefined = new Map<string, Products>();
  if (request.conjunctive !== true) {
    for (const field of plan.refined.keys()) {
      const others = [...plan.refined].flatMap(([other, part]) => (other === field ? [] : [part]));
      unrefined.set(field, others.reduce(both, plan.ruled));
    }
  }
  const scope = { index: local, candidates, unrefined, grouped: request.group, total: fetched.products };
  const facets = await answerEngineFacets(engine, scope, request);
  const endedAt = performance.now();
  const byWords = embed === undefined || (understood.meaning !== '' && vector === undefined);
  return {
    ...composeAnswer(request, {
      ...{ total, hits, closeHits, facets, understood, found, ruleEffects },
      mode: byWords ? 'lexical' : 'hybrid',
      generation: local.generation.id,
      times: { startedAt, understoodAt, embeddedAt, retrievedAt, endedAt },
    }),
    ...(engine.degraded.length > 0 && { degraded: [...engine.degraded] }),
  };
}

/** What was fetched to make a page. */
interface FetchedPage {
  /** Number of products, or of groups. */
  readonly total: number;
  /** Number of products. */
  readonly products: number;
  /** The window; then, if need be, a part of the list that begins at `from`; then pinned products. */
  readonly lists: readonly { readonly products: ListProducts; readonly ids: readonly string[] }[];
  readonly page: { readonly ids: readonly string[]; readonly from: number } | undefined;
  readonly window: readonly string[];
}
type ListProducts = Awaited<ReturnType<ProductEngine['list']>>['listed'][number]['products'];

/** Fetches the products of the window, and those of the page that are not in it. */
async function fetchPage(
  engine: ProductEngine,
  plan: SearchPlan,
  candidates: Products,
  request: SearchRequest,
): Promise<FetchedPage> {
  const { pins } = plan;
  const sort = readSort(plan.index, request.sort);
  const isRanked = request.sort.length === 0;
  const list: Omit<ListRequest, 'from' | 'size' | 'sort'> = {
    ...{ products: candidates, scores: scoresOf(plan), grouped: request.group, whole: true },
  };
  // Pins move others by so many places at most.
  const from = Math.max(0, (request.page - 1) * request.per_page - pins.length);
  const to = request.page * request.per_page + pins.length;
  const needsPage = !isRanked || to > WINDOW || request.group;
  const start = isRanked && !request.group ? Math.max(from, WINDOW) : from;
  const { listed } = await engine.list(
    [
      { ...list, grouped: false, sort: firstSort(plan), from: 0, size: WINDOW },
      ...(needsPage
        ? [{ ...list, sort: isRanked ? firstSort(plan) : sort, from: start, size: to - start }]
        : []),
      ...(pins.length === 0
        ? []
        : [
            {
              ...list,
              products: both(candidates, { kind: 'ids' as const, ids: pins }),
              ...{ grouped: false, sort: [], from: 0, size: pins.length },
            },
          ]),
    ],
    [],
  );
  const [window] = listed;
  const page = needsPage ? listed[1] : undefined;
  return {
    total: (request.group ? page?.total : window?.total) ?? 0,
    products: window?.total ?? 0,
    lists: listed,
    page: page === undefined ? undefined : { ids: page.ids, from: start },
    window: window?.ids ?? [],
  };
}

function scoresOf({ index, found }: SearchPlan): FirstScore[] {
  return firstScores(index, found.candidates, found.understood, found.readings);
}

/** Without a query, only popularity ranks. */
function firstSort({ index, found }: SearchPlan): ListRequest['sort'] {
  return found.understood.everything ? popularityOrder(index) : [];
}

function passing(index: EngineIndex, products: Products): Bitset {
  const set = new Bitset(index.size);
  for (let ordinal = 0; ordinal < index.size; ordinal++)
    if (passes(index, products, ordinal)) set.add(ordinal);
  return set;
}

function orderOf(
  index: EngineIndex,
  request: SearchRequest,
  ruleEffects: RuleEffects,
  ranking: Ranking,
): SortOrder {
  if (request.sort.length > 0) return readSortOrder(index, request.sort);
  const score = (ordinal: number): number => ranking.score(ordinal) + ruleEffects.share(ordinal);
  return (a, b) => ruleEffects.before(a, b) || score(b) - score(a) || byId(index, a, b);
}

/** The ordinals of the page: from the window in the order of the ranking, from the engine's order beyond it. */
function arrangePage(
  index: EngineIndex,
  { page, window }: FetchedPage,
  order: SortOrder,
  ruleEffects: RuleEffects,
  request: SearchRequest,
): number[] {
  const ordinalsOf = (ids: readonly string[]): number[] => ids.flatMap((id) => index.ordinalOf(id) ?? []);
  const from = (request.page - 1) * request.per_page;
  const to = from + request.per_page;
  const isRanked = request.sort.length === 0;
  const ranked = isRanked ? rankedWindow(index, ordinalsOf(window), order, ruleEffects, request.group) : [];
  // Places of products that are on other pages.
  const places = Array.from({ length: page === undefined ? 0 : page.from }, (_, place) => index.size + place);
  for (const [place, ordinal] of ranked.entries()) places[place] = ordinal;
  for (const [offset, ordinal] of ordinalsOf(page?.ids ?? []).entries()) {
    const place = (page?.from ?? 0) + offset;
    if (place >= ranked.length) places[place] = ordinal;
  }
  return ruleEffects
    .place(places)
    .slice(from, to)
    .filter((ordinal) => ordinal < index.size);
}

function rankedWindow(
  index: EngineIndex,
  ordinals: readonly number[],
  order: SortOrder,
  { pinnedFirst }: RuleEffects,
  grouped: boolean,
): number[] {
  const ranked = selectTop(Uint32Array.from(ordinals), ordinals.length, order);
  if (!grouped) return ranked;
  const representatives = Bitset.of(
    index.size,
    onePerGroup(variantGroups(index), Uint32Array.from(ranked), (a, b) => pinnedFirst(a, b) || order(a, b)),
  );
  return ranked.filter((ordinal) => representatives.has(ordinal));
}

/** Adds to each hit the candidates of its group, itself first. */
async function addVariants(
  engine: ProductEngine,
  plan: SearchPlan,
  index: EngineIndex,
  page: {
    readonly products: Products;
    readonly order: readonly string[];
    readonly hits: SearchAnswer['hits'];
  },
): Promise<void> {
  const { products, order, hits } = page;
  const groupOf = (id: string): string | undefined => index.peek(index.ordinalOf(id) ?? 0).group_id?.trim();
  const keys = [...new Set(hits.flatMap(({ id }) => groupOf(id) ?? []))];
  const inGroups = both(products, { kind: 'values', field: 'group_id', keys });
  const scores = scoresOf(plan);
  const sort = readSort(plan.index, order);
  const { listed } =
    keys.length === 0
      ? { listed: [] }
      : await engine.list(
          [
            {
              products: inGroups,
              scores,
              sort,
              grouped: false,
              from: 0,
              size: MAX_VARIANTS,
              whole: true,
            },
          ],
          [],
        );
  for (const hit of hits) {
    const group = groupOf(hit.id);
    const own = (listed[0]?.products ?? [])
      .filter(({ id, product }) => id !== hit.id && group !== undefined && product.group_id?.trim() === group)
      .map(({ id }) => id);
    hit.variants = { count: own.length + 1, ids: [hit.id, ...own].slice(0, MAX_VARIANT_IDS) };
  }
}
