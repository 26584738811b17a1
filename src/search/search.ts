import type { LiveIndex } from '../index/live.js';
import type { TaxonomyView } from '../taxonomy/view.js';
import type { Hit, SearchAnswer } from './answer.js';
import { countFacets } from './facets/countFacets.js';
import { applyFilter } from './filter/applyFilter.js';
import { parseFilter } from './filter/parseFilter.js';
import { firstOf } from './rank/firstOf.js';
import { byId, type Order, readOrder } from './rank/order.js';
import { Ranking } from './rank/rank.js';
import type { SearchRequest } from './request.js';
import { type Candidates, retrieve } from './retrieve/retrieve.js';
import type { Synonyms } from './understand/synonyms.js';
import { type Understood, understand } from './understand/understand.js';

/** Text to unit vector; undefined, or a vector of undefined, where search must do without. */
export type EmbedQuery = (text: string) => Promise<Float32Array | undefined>;

/** What is searched: an index, its catalog's cut-off for hits by meaning alone, and the taxonomy that governs it. */
export interface SearchGround {
  readonly index: LiveIndex;
  readonly leastCosine: number;
  /** Undefined where the shop has none of its own. */
  readonly taxonomy: TaxonomyView | undefined;
  readonly synonyms?: Synonyms;
}

/**
 * Answers one search: understand, embed, retrieve, rank, present. Everything after the embedding runs in one
 * go, so an answer never mixes two states of the index. `ground` is asked for twice because the serving
 * generation may change while the query is embedded.
 * @throws UserError for a filter, facet or sort that cannot be read.
 */
export async function search(
  ground: () => SearchGround,
  request: SearchRequest,
  embed: EmbedQuery | undefined,
): Promise<SearchAnswer> {
  const started = performance.now();
  const filter =
    request.filter === undefined || request.filter.trim() === '' ? undefined : parseFilter(request.filter);
  const { index: before, synonyms } = ground();
  const reading = { correct: request.correct, synonyms };
  const first = understand(before, request.q, reading);
  const understoodAt = performance.now();
  const made = first.meaning === '' ? undefined : await embed?.(first.meaning);
  const embeddedAt = performance.now();

  const { index: live, leastCosine } = ground();
  const understood = live === before ? first : understand(live, request.q, reading);
  const pass = filter === undefined ? live.aliveSet() : applyFilter(live, filter);
  const vector = usable(live, made);
  const candidates = retrieve(live, understood, vector, leastCosine, pass);
  const retrievedAt = performance.now();
  const ranking = new Ranking(candidates);
  const from = (request.page - 1) * request.per_page;
  const listed = firstOf(
    candidates.ordinals,
    from + request.per_page,
    orderOf(live, request, candidates, ranking),
  );
  const hits = listed
    .slice(from)
    .map((ordinal) => present(live, request, understood, candidates, ranking, ordinal));
  const facets = countFacets(live, candidates.set, request.facets, request.facet_limit);
  const done = performance.now();
  return {
    query: request.q,
    total: candidates.ordinals.length,
    page: request.page,
    per_page: request.per_page,
    hits,
    facets,
    understood: {
      filters: [],
      corrections: understood.corrections.map(({ typed, read }) => `${typed} → ${read}`),
      synonyms: [...understood.synonyms],
    },
    mode: embed === undefined || (first.meaning !== '' && vector === undefined) ? 'lexical' : 'hybrid',
    generation: live.generation.id,
    took_ms: round(done - started),
    ...(request.explain && {
      parts: {
        understand: round(understoodAt - started),
        embed: round(embeddedAt - understoodAt),
        retrieve: round(retrievedAt - embeddedAt),
        rank: round(done - retrievedAt),
      },
    }),
  };
}

/** A generation built by another model, or without one, cannot be asked with this vector. */
function usable(index: LiveIndex, vector: Float32Array | undefined): Float32Array | undefined {
  return vector !== undefined && index.generation.model?.dimension === vector.length ? vector : undefined;
}

function orderOf(index: LiveIndex, request: SearchRequest, candidates: Candidates, ranking: Ranking): Order {
  if (request.sort.length > 0) return readOrder(index, request.sort);
  const scores = new Float64Array(index.size);
  for (const ordinal of candidates.ordinals) scores[ordinal] = ranking.score(ordinal);
  return (a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || byId(index, a, b);
}

function present(
  index: LiveIndex,
  request: SearchRequest,
  understood: Understood,
  candidates: Candidates,
  ranking: Ranking,
  ordinal: number,
): Hit {
  const hit: Hit = {
    id: index.idOf(ordinal),
    score: ranking.score(ordinal),
    tier: candidates.tierOf(ordinal),
    product: index.document(ordinal),
  };
  if (!request.explain) return hit;
  const bits = candidates.words.matched[ordinal] ?? 0;
  const matched = understood.words
    .filter((_, place) => (bits & (1 << place)) !== 0)
    .map(({ surface }) => surface);
  return { ...hit, explain: { matched, shares: { ...ranking.shares(ordinal) } } };
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
