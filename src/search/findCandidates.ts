import type { LiveIndex } from '../index/liveIndex.js';
import { Bitset } from '../structures/bitset.js';
import { applyFilter } from './filter/applyFilter.js';
import type { Filter } from './filter/parseFilter.js';
import { isSupported, NO_COSINE, UNSUPPORTED } from './relevance/isSupported.js';
import type { QueryRelevance } from './relevance/queryRelevance.js';
import { relaxQuery } from './retrieve/relaxQuery.js';
import { type CandidateSet, FULL_COVERAGE, retrieve } from './retrieve/retrieve.js';
import { withoutRelatedNouns } from './understand/relatedNouns.js';
import { applyInterpretations, type InterpretedSearch } from './understand/structure/applyInterpretations.js';
import type { Interpretation } from './understand/structure/interpretation.js';
import type { UnderstoodQuery } from './understand/understandQuery.js';

/** The query, understood and embedded, and the filter. */
export interface CandidateRequest {
  readonly understood: UnderstoodQuery;
  readonly interpretations: readonly Interpretation[];
  readonly vector: Float32Array | undefined;
  /** The catalog's cut-off for semantic hits. */
  readonly minCosine: number;
  /** Tells unrelated queries, if it could be calibrated. */
  readonly relevance?: QueryRelevance | undefined;
  readonly filter: Filter | undefined;
  /** Whether to relax the query if nothing is found. */
  readonly relax: boolean;
}

/** The candidate set, and how the query was interpreted to find it. */
export interface FoundCandidates extends Pick<InterpretedSearch<CandidateSet>, 'readings' | 'agreement'> {
  readonly candidates: CandidateSet;
  /** The query without the dropped words. */
  readonly understood: UnderstoodQuery;
  /** One sentence per relaxation. */
  readonly relaxed: readonly string[];
  /** Products that pass the filter and the strict interpretations. */
  readonly pass: Bitset;
  /** Products that pass without the interpretations as attributes and brands; undefined if none of them filters. */
  readonly wider?: Bitset | undefined;
}

/**
 * Finds the candidates that pass the filter and the strict interpretations. If there are none, relaxes the
 * query: first with fewer words, then without filtering by interpretations. A query that has nothing to do with the
 * catalog finds only what has most of its words, and is not relaxed.
 */
export function findCandidates(index: LiveIndex, request: CandidateRequest): FoundCandidates {
  const { interpretations, vector, minCosine, filter, relax } = request;
  const passOf = (one: Filter | undefined): Bitset =>
    one === undefined ? index.aliveSet() : applyFilter(index, one);
  const pass = passOf(filter);
  const supported = isSupported(index, request.understood, vector, request.relevance);
  const understood = supported ? request.understood : withoutRelatedNouns(request.understood);
  const find = (passing: Bitset): CandidateSet =>
    supported
      ? retrieve(index, understood, vector, minCosine, passing)
      : retrieve(index, understood, vector, NO_COSINE, passing, UNSUPPORTED);
  const fullMatches = ({ set, words }: CandidateSet): Bitset =>
    Bitset.of(
      index.size,
      words.matchedOrdinals.filter((one) => (words.coverage[one] ?? 0) >= FULL_COVERAGE),
    ).and(set);
  const interpreted = applyInterpretations(index, interpretations, pass, find, fullMatches);
  const { readings, agreement, found } = interpreted;
  const strict = {
    candidates: found,
    understood,
    relaxed: [],
    readings,
    agreement,
    pass: interpreted.passing(pass),
    wider: interpreted.widening?.(passOf(filter)),
  };
  if (!relax || !supported || found.ordinals.length > 0) return strict;
  const input = { understood, vector, minCosine, filter };
  const relaxed = relaxQuery(index, { ...input, passOf: (one) => interpreted.passing(passOf(one)) }, found);
  if (relaxed.candidates.ordinals.length > 0 || !readings.some(({ strict }) => strict))
    return { ...strict, ...relaxed };
  const withoutInterpretations = relaxQuery(index, { ...input, passOf }, found);
  if (withoutInterpretations.candidates.ordinals.length === 0) return strict;
  const boosting = readings.map((reading) => ({ ...reading, strict: false }));
  return { ...strict, ...withoutInterpretations, readings: boosting, pass: passOf(filter) };
}
