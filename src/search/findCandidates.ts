import type { FoundSet, ProductSet, ProductSets } from './engine/productSets.js';
import type { Filter } from './filter/parseFilter.js';
import { isSupported, NO_COSINE, UNSUPPORTED } from './relevance/isSupported.js';
import type { QueryRelevance } from './relevance/queryRelevance.js';
import { relaxQuery } from './retrieve/relaxQuery.js';
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
export interface FoundCandidates<Set, Found>
  extends Pick<InterpretedSearch<Set, Found>, 'readings' | 'agreement'> {
  readonly candidates: Found;
  /** The query without the dropped words. */
  readonly understood: UnderstoodQuery;
  /** One sentence per relaxation. */
  readonly relaxed: readonly string[];
  /** Products that pass the filter and the strict interpretations. */
  readonly pass: Set;
  /** Products that pass without the interpretations as attributes and brands; undefined if none of them filters. */
  readonly wider?: Set | undefined;
}

/**
 * Finds the candidates that pass the filter and the strict interpretations. If there are none, relaxes the
 * query: first with fewer words, then without filtering by interpretations. A query that has nothing to do with the
 * catalog finds only what has most of its words, and is not relaxed.
 */
export function findCandidates<Set extends ProductSet<Set>, Found extends FoundSet<Set>>(
  sets: ProductSets<Set, Found>,
  request: CandidateRequest,
): FoundCandidates<Set, Found> {
  const { interpretations, vector, minCosine, filter, relax } = request;
  const passOf = (one: Filter | undefined): Set => (one === undefined ? sets.all() : sets.passing(one));
  const pass = passOf(filter);
  const supported = isSupported(sets, request.understood, vector, request.relevance);
  const understood = supported ? request.understood : withoutRelatedNouns(request.understood);
  const find = (passing: Set): Found =>
    supported
      ? sets.retrieve(understood, vector, minCosine, passing)
      : sets.retrieve(understood, vector, NO_COSINE, passing, UNSUPPORTED);
  const interpreted = applyInterpretations(sets, interpretations, pass, find);
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
  if (!relax || !supported || !sets.isEmpty(found)) return strict;
  const input = { understood, vector, minCosine, filter };
  const relaxed = relaxQuery(sets, { ...input, passOf: (one) => interpreted.passing(passOf(one)) }, found);
  if (!sets.isEmpty(relaxed.candidates) || !readings.some(({ strict }) => strict))
    return { ...strict, ...relaxed };
  const withoutInterpretations = relaxQuery(sets, { ...input, passOf }, found);
  if (sets.isEmpty(withoutInterpretations.candidates)) return strict;
  const boosting = readings.map((reading) => ({ ...reading, strict: false }));
  return { ...strict, ...withoutInterpretations, readings: boosting, pass: passOf(filter) };
}
