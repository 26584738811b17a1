import type { LiveIndex } from '../index/liveIndex.js';
import type { TaxonomyView } from '../taxonomy/view.js';
import { arrayPools } from './arrayPool.js';
import { explainHit } from './explain/explainHit.js';
import { answerFacets } from './facets/answerFacets.js';
import { fieldsIn } from './filter/matchProduct.js';
import { type Filter, parseFilter } from './filter/parseFilter.js';
import { applyRefinement, readRefinement, withoutOwn } from './filter/refinement.js';
import { findCandidates } from './findCandidates.js';
import { listVariants } from './groupVariants.js';
import { paginate } from './paginate.js';
import { Ranking } from './rank/ranking.js';
import type { RankingWeights } from './rank/rankingWeights.js';
import { finishCandidates } from './retrieve/retrieve.js';
import { applyRules } from './rules/applyRules.js';
import type { CompiledRules } from './rules/compileRules.js';
import type { RuleEffects } from './rules/ruleEffects.js';
import type { Hit, SearchAnswer } from './searchAnswer.js';
import type { SearchRequest } from './searchRequest.js';
import { Query } from './understand/query.js';
import { readStructure, type StructuredQuery } from './understand/structure/readStructure.js';
import type { Synonyms } from './understand/synonyms.js';
import { type UnderstoodQuery, understandQuery } from './understand/understandQuery.js';

/** Text to unit vector; undefined, or a vector of undefined, where search must do without. */
export type EmbedQuery = (text: string) => Promise<Float32Array | undefined>;

/** What is searched: an index, its catalog's cut-off for hits by meaning alone, and the taxonomy that governs it. */
export interface SearchContext {
  readonly index: LiveIndex;
  readonly minCosine: number;
  /** Undefined where the shop has none of its own. */
  readonly taxonomy: TaxonomyView | undefined;
  /** Default: WEIGHTS. */
  readonly weights?: RankingWeights;
  /** The shop's merchandising rules, where it has any. */
  readonly rules?: CompiledRules | undefined;
  readonly synonyms?: Synonyms;
}

/**
 * Answers one search: understand, embed, retrieve, rank, present. Everything after the embedding runs in one
 * go, so an answer never mixes two states of the index. `ground` is asked for twice because the serving
 * generation may change while the query is embedded. `timed` is told the milliseconds of each part.
 * @throws UserError for a filter, facet or sort that cannot be read.
 */
export async function search(
  context: () => SearchContext,
  request: SearchRequest,
  embed: EmbedQuery | undefined,
  timed?: (parts: Readonly<Record<string, number>>) => void,
): Promise<SearchAnswer> {
  const started = performance.now();
  const filter =
    request.filter === undefined || request.filter.trim() === '' ? undefined : parseFilter(request.filter);
  const refinement = readRefinement(request.refine);
  const query = new Query(request.q);
  const before = context();
  const read = structureOf(before, request, query);
  const reading = { correct: request.correct, synonyms: before.synonyms };
  const first = understandQuery(before.index, read.rest, reading);
  const understoodAt = performance.now();
  const made = first.meaning === '' ? undefined : await embed?.(first.meaning);
  const embeddedAt = performance.now();

  const now = context();
  arrayPools.reset();
  const { index: live, minCosine, weights, rules } = now;
  const structure = live === before.index ? read : structureOf(now, request, query);
  const understood = live === before.index ? first : understandQuery(live, structure.rest, reading);
  const vector = usable(live, made);
  const refined = applyRefinement(live, refinement);
  const found = findCandidates(live, {
    understood,
    interpretations: structure.interpretations,
    vector,
    minCosine,
    filter,
    relax: request.relax,
  });
  const occasion = {
    queries: understood.corrections.length === 0 ? [query] : [query, new Query(understood.meaning)],
    filter,
    categories: categoriesIn(structure),
    sorted: request.sort.length > 0,
  };
  const chosen = applyRules(rules, live, occasion, found.candidates, found.pass);
  const candidates = finishCandidates(live, chosen.candidates, vector, refined.within);
  const ruled = chosen.arrange(candidates);
  const retrievedAt = performance.now();
  const ranking = new Ranking(live, candidates, weights, found.agreement);
  const { total, listed, order, units } = paginate(live, request, ruled, ranking);
  const hits = listed.map((ordinal) =>
    present(live, request, filter, found.understood, ruled, ranking, ordinal),
  );
  if (units !== undefined) listVariants(live, units, candidates.ordinals, order, listed, hits);
  const unrefined = withoutOwn(chosen.candidates.set, refined);
  const facets = answerFacets({ index: live, candidates: candidates.set, unrefined, units }, request);
  const done = performance.now();
  const parts = {
    understand: round(understoodAt - started),
    embed: round(embeddedAt - understoodAt),
    retrieve: round(retrievedAt - embeddedAt),
    rank: round(done - retrievedAt),
  };
  timed?.(parts);
  return {
    query: request.q,
    total,
    page: request.page,
    per_page: request.per_page,
    hits,
    ...facets,
    understood: {
      filters: found.readings.filter(({ strict }) => strict).map((reading) => reading.filter),
      corrections: understood.corrections.map(({ typed, read: corrected }) => `${typed} → ${corrected}`),
      synonyms: [...understood.synonyms],
      readings: [...found.readings],
      relaxed: [...found.relaxed],
    },
    ...(ruled.rules.length > 0 && { rules: [...ruled.rules] }),
    ...(ruled.redirect !== undefined && { redirect: ruled.redirect }),
    mode: embed === undefined || (first.meaning !== '' && vector === undefined) ? 'lexical' : 'hybrid',
    generation: live.generation.id,
    took_ms: round(done - started),
    ...(request.explain && { parts }),
  };
}

function structureOf(
  { index, taxonomy }: SearchContext,
  request: SearchRequest,
  query: Query,
): StructuredQuery {
  if (!request.understand) return { interpretations: [], rest: query };
  return readStructure(index, taxonomy, query, request.ignore);
}

/** A generation built by another model, or without one, cannot be asked with this vector. */
function usable(index: LiveIndex, vector: Float32Array | undefined): Float32Array | undefined {
  return vector !== undefined && index.generation.model?.dimension === vector.length ? vector : undefined;
}

/** The categories that the query was understood as. */
function categoriesIn({ interpretations: senses }: StructuredQuery): string[] {
  return senses.flatMap(({ parsed }) =>
    parsed.kind === 'compare' && parsed.field === 'category' && parsed.operator === '='
      ? [String(parsed.value)]
      : [],
  );
}

function present(
  index: LiveIndex,
  request: SearchRequest,
  filter: Filter | undefined,
  understood: UnderstoodQuery,
  ruled: RuleEffects,
  ranking: Ranking,
  ordinal: number,
): Hit {
  const { candidates } = ruled;
  const hit: Hit = {
    id: index.idOf(ordinal),
    score: ranking.score(ordinal) + ruled.share(ordinal),
    tier: candidates.tierOf(ordinal),
    product: index.document(ordinal),
  };
  if (!request.explain) return hit;
  const filtered = filter === undefined ? [] : fieldsIn(filter);
  const explained = explainHit(index, understood.words, ranking, filtered, ordinal, hit.product);
  const touching = ruled.touching(ordinal);
  return {
    ...hit,
    explain: {
      ...explained,
      shares: { ...explained.shares, ...ruled.shares(ordinal) },
      ...(touching.length > 0 && { rules: touching }),
    },
  };
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
