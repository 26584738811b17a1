import type { LiveIndex } from '../index/liveIndex.js';
import type { Bitset } from '../structures/bitset.js';
import { applyFilter } from './filter/applyFilter.js';
import type { Filter } from './filter/parseFilter.js';
import { relaxQuery } from './retrieve/relaxQuery.js';
import { type CandidateSet, retrieve } from './retrieve/retrieve.js';
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
}

/**
 * Finds the candidates that pass the filter and the strict interpretations. If there are none, relaxes the
 * query: first with fewer words, then without filtering by interpretations.
 */
export function findCandidates(index: LiveIndex, request: CandidateRequest): FoundCandidates {
  const { understood, interpretations, vector, minCosine, filter, relax } = request;
  const passOf = (one: Filter | undefined): Bitset =>
    one === undefined ? index.aliveSet() : applyFilter(index, one);
  const pass = passOf(filter);
  const interpreted = applyInterpretations(index, interpretations, pass, (passing) =>
    retrieve(index, understood, vector, minCosine, passing),
  );
  const { readings, agreement, found } = interpreted;
  const strict = {
    candidates: found,
    understood,
    relaxed: [],
    readings,
    agreement,
    pass: interpreted.passing(pass),
  };
  if (!relax || found.ordinals.length > 0) return strict;
  const input = { understood, vector, minCosine, filter };
  const relaxed = relaxQuery(index, { ...input, passOf: (one) => interpreted.passing(passOf(one)) }, found);
  if (relaxed.candidates.ordinals.length > 0 || !readings.some(({ strict }) => strict))
    return { ...strict, ...relaxed };
  const withoutInterpretations = relaxQuery(index, { ...input, passOf }, found);
  if (withoutInterpretations.candidates.ordinals.length === 0) return strict;
  const boosting = readings.map((reading) => ({ ...reading, strict: false }));
  return { ...strict, ...withoutInterpretations, readings: boosting, pass: passOf(filter) };
}
