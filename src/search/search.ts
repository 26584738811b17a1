import { UserError } from '../domain/errors.js';
import type { Bitset } from '../structures/bitset.js';
import { type AnswerDependence, dependenceOf, stateOf } from './answerDependence.js';
import { arrayPools } from './arrayPool.js';
import { composeAnswer, type StepTimes, stepsOf } from './composeAnswer.js';
import { answerFacets } from './facets/answerFacets.js';
import { applyRefinement, readRefinement, withoutOwnPart } from './filter/refinement.js';
import { preparePhrases, prepareTextFilters } from './filter/textFilter.js';
import { type CandidateRequest, type FoundCandidates, findCandidates } from './findCandidates.js';
import { findClose } from './findClose.js';
import { listVariants } from './groupVariants.js';
import { paginate } from './paginate.js';
import { presentHit } from './present/presentHit.js';
import { selectFields } from './present/selectFields.js';
import { Ranking } from './rank/ranking.js';
import { filterOf, ruledSearchOf, structureOf, understandOptionsOf, usableVector } from './readRequest.js';
import { localSets } from './retrieve/localSets.js';
import { type CandidateSet, finishCandidates, STRICT } from './retrieve/retrieve.js';
import { applyRules, type RuledCandidates, type RuledSearch } from './rules/applyRules.js';
import type { SearchAnswer } from './searchAnswer.js';
import type { SearchContext } from './searchContext.js';
import type { SearchRequest } from './searchRequest.js';
import { Query } from './understand/query.js';
import { MIN_PRODUCTS, wideFilter } from './understand/structure/chooseFilters.js';
import { wordsAfterWeakNegations } from './understand/structure/readNegations.js';
import { isVocabularyKnown, prepareVocabulary } from './understand/structure/valueVocabulary.js';
import { type UnderstoodQuery, understandQuery } from './understand/understandQuery.js';

/** Embeds a text as a unit vector. Undefined, or a promise of undefined, if no vector is available. */
export type EmbedQuery = (text: string) => Promise<Float32Array | undefined>;

const NO_PARTS: ReadonlyMap<string, Bitset> = new Map();

/** Receives the milliseconds of each step. */
type Timed = (parts: Readonly<Record<string, number>>) => void;
/** Receives what an answer depends on; undefined if it must not be used again. */
export type Depends = (answer: SearchAnswer, dependence: AnswerDependence | undefined) => void;

/**
 * Answers one search: understands the query, embeds it, finds candidates, ranks and presents them. Everything
 * after the embedding is synchronous, so an answer never mixes two states of the index. `context` is called
 * twice because the serving generation may change while the query is embedded.
 * @throws UserError for a filter, facet or sort that cannot be read.
 */
export async function search(
  context: () => SearchContext,
  request: SearchRequest,
  embed: EmbedQuery | undefined,
  timed?: Timed,
  depends?: Depends,
): Promise<SearchAnswer> {
  readRefinement(request.refine);
  const retrieve = await readQuery(context, request, embed);
  return answerFrom(retrieve(), request, { shared: false, timed, depends });
}

/**
 * Answers searches of one `retrievalKey` with one retrieval: as `search` answers each of them, in their order. A search
 * that cannot be read has its error instead; the others are answered.
 */
export async function searchAlike(
  context: () => SearchContext,
  requests: readonly SearchRequest[],
  embed: EmbedQuery | undefined,
  timed?: Timed,
  depends?: Depends,
): Promise<(SearchAnswer | UserError)[]> {
  const [first] = requests;
  if (first === undefined) return [];
  let retrieved: Retrieved;
  try {
    const retrieve = await readQuery(context, first, embed);
    retrieved = retrieve();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return requests.map(() => error);
  }
  return requests.map((request, place) => {
    try {
      const from = place === 0 ? retrieved : { ...retrieved, times: timesFrom(performance.now()) };
      return answerFrom(from, request, { shared: requests.length > 1, timed, depends });
    } catch (error) {
      if (error instanceof UserError) return error;
      throw error;
    }
  });
}

/** What searches of one `retrievalKey` have in common. */
interface Retrieved {
  /** Before the query was understood. */
  readonly before: ReturnType<typeof stateOf>;
  readonly context: SearchContext;
  readonly understood: UnderstoodQuery;
  readonly vector: Float32Array | undefined;
  readonly wanted: CandidateRequest;
  readonly found: FoundCandidates<Bitset, CandidateSet>;
  readonly ruledSearch: RuledSearch;
  readonly ruledCandidates: RuledCandidates;
  readonly mode: SearchAnswer['mode'];
  readonly times: ReadTimes;
}

/** When the query was read. */
type ReadTimes = Pick<StepTimes, 'startedAt' | 'understoodAt' | 'embeddedAt'>;

function timesFrom(now: number): ReadTimes {
  return { startedAt: now, understoodAt: now, embeddedAt: now };
}

/** Understands and embeds the query. The returned function finds its candidates, in arrays that the next search reuses. */
async function readQuery(
  context: () => SearchContext,
  request: SearchRequest,
  embed: EmbedQuery | undefined,
): Promise<() => Retrieved> {
  const startedAt = performance.now();
  const filter = filterOf(request);
  const query = new Query(request.q);
  let contextBefore = context();
  if (request.understand && !isVocabularyKnown(contextBefore.index, contextBefore.taxonomy)) {
    await prepareVocabulary(contextBefore.index, contextBefore.taxonomy);
    contextBefore = context();
  }
  const before = stateOf(contextBefore);
  if (request.understand) await preparePhrases(contextBefore.index, wordsAfterWeakNegations(query));
  const read = structureOf(contextBefore.index, contextBefore.taxonomy, request, query);
  await prepareTextFilters(contextBefore.index, [
    ...(filter === undefined ? [] : [filter]),
    ...read.interpretations.flatMap((one) => {
      const wide = wideFilter(one);
      return wide === undefined ? [one.parsed] : [one.parsed, wide.parsed];
    }),
  ]);
  const reading = understandOptionsOf(contextBefore, request);
  const understoodBefore = understandQuery(contextBefore.index, read.rest, reading);
  const understoodAt = performance.now();
  const embedded = understoodBefore.meaning === '' ? undefined : await embed?.(understoodBefore.meaning);
  const embeddedAt = performance.now();

  return () => {
    const contextAfter = context();
    arrayPools.reset();
    const { index: live, minCosine, relevance, rules, taxonomy } = contextAfter;
    const structure = live === contextBefore.index ? read : structureOf(live, taxonomy, request, query);
    const understood =
      live === contextBefore.index ? understoodBefore : understandQuery(live, structure.rest, reading);
    const vector = usableVector(live, embedded);
    const wanted = {
      understood,
      interpretations: structure.interpretations,
      vector,
      minCosine,
      relevance,
      filter,
      relax: request.relax,
    };
    const found = findCandidates(localSets(live), wanted);
    const ruledSearch = ruledSearchOf(request, query, understood, structure.interpretations, filter);
    const mode =
      embed === undefined || (understoodBefore.meaning !== '' && vector === undefined) ? 'lexical' : 'hybrid';
    return {
      ...{ before, context: contextAfter, understood, vector, wanted, found, ruledSearch, mode },
      ruledCandidates: applyRules(rules, live, ruledSearch, found.candidates, found.pass),
      times: { startedAt, understoodAt, embeddedAt },
    };
  };
}

/** Refines, ranks and presents what was found. `shared`: other requests are answered from it too. */
function answerFrom(
  retrieved: Retrieved,
  request: SearchRequest,
  {
    shared,
    timed,
    depends,
  }: {
    readonly shared: boolean;
    readonly timed: Timed | undefined;
    readonly depends: Depends | undefined;
  },
): SearchAnswer {
  const { context, understood, vector, wanted, found, ruledSearch, ruledCandidates, mode, times } = retrieved;
  const { index: live, weights, popularity, arrangement, rules } = context;
  const refined = applyRefinement(live, readRefinement(request.refine));
  const ruled = ruledCandidates.candidates;
  const candidates = finishCandidates(live, shared ? withOwnCosines(ruled) : ruled, vector, refined.within);
  const ruleEffects = ruledCandidates.arrange(candidates);
  const retrievedAt = performance.now();
  const ranking = new Ranking(live, candidates, weights, found.agreement, popularity);
  const { total, listed, order, groups } = paginate(live, request, ruleEffects, ranking, arrangement);
  const presented = {
    ...{ index: live, understood: found.understood, filter: wanted.filter, explain: request.explain },
    ...{ fields: selectFields(live, request.fields), matches: request.matches === true },
  };
  const hits = listed.map((ordinal) =>
    presentHit({ ...presented, candidates: ruleEffects.candidates, ranking, ruleEffects }, ordinal),
  );
  if (groups !== undefined) listVariants(live, groups, candidates.ordinals, order, listed, hits);
  const closeIn =
    total === 0
      ? { pass: found.pass }
      : total < MIN_PRODUCTS && found.wider !== undefined
        ? {
            pass: found.wider.clone().andNot(candidates.set),
            match: STRICT,
            agreement: found.agreement,
          }
        : undefined;
  const close =
    closeIn === undefined || understood.words.length === 0
      ? undefined
      : findClose(live, {
          ...wanted,
          ...{ ...closeIn, within: refined.within, rules, ruledSearch, weights, popularity },
        });
  const closeHits = close?.ordinals.map((ordinal) => presentHit({ ...presented, ...close }, ordinal)) ?? [];
  const unrefined = request.conjunctive === true ? NO_PARTS : withoutOwnPart(ruled.set, refined);
  const facets = answerFacets({ index: live, candidates: candidates.set, unrefined, groups }, request);
  const endedAt = performance.now();
  const stepTimes = { ...times, retrievedAt, endedAt };
  timed?.(stepsOf(stepTimes));
  const answer = composeAnswer(request, {
    ...{ total, hits, closeHits, facets, understood, found, ruleEffects, mode },
    ...{ generation: live.generation.id, times: stepTimes },
  });
  depends?.(
    answer,
    dependenceOf({
      ...{ before: retrieved.before, context, request, filter: wanted.filter },
      ...{ interpretations: wanted.interpretations, rules: ruledCandidates.matched },
      ...{ candidates: ruled.set, shown: [...listed, ...(close?.ordinals ?? [])] },
    }),
  );
  return answer;
}

/** Ranking computes cosines as it needs them, and which ones depends on the refinement. */
function withOwnCosines(candidates: CandidateSet): CandidateSet {
  return { ...candidates, cosine: candidates.cosine.slice() };
}
