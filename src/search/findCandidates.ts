import type { LiveIndex } from '../index/liveIndex.js';
import type { Bitset } from '../structures/bitset.js';
import { applyFilter } from './filter/applyFilter.js';
import type { Filter } from './filter/parseFilter.js';
import { relaxQuery } from './retrieve/relaxQuery.js';
import { type CandidateSet, retrieve } from './retrieve/retrieve.js';
import { applyInterpretations, type InterpretedSearch } from './understand/structure/applyInterpretations.js';
import type { Interpretation } from './understand/structure/interpretation.js';
import type { UnderstoodQuery } from './understand/understandQuery.js';

/** What is looked for, read and embedded. */
export interface CandidateRequest {
  readonly understood: UnderstoodQuery;
  readonly interpretations: readonly Interpretation[];
  readonly vector: Float32Array | undefined;
  /** The catalog's cut-off for hits by meaning alone. */
  readonly minCosine: number;
  readonly filter: Filter | undefined;
  /** Whether to ask for less where nothing is found. */
  readonly relax: boolean;
}

/** What was found, and as what the query was taken for that. */
export interface FoundCandidates extends Pick<InterpretedSearch<CandidateSet>, 'readings' | 'agreement'> {
  readonly candidates: CandidateSet;
  /** The query without words that were given up. */
  readonly understood: UnderstoodQuery;
  /** What was given up, in sentences. */
  readonly relaxed: readonly string[];
  /** What passes the filter and the strict readings. */
  readonly pass: Bitset;
}

/**
 * The candidates under the filter and the strict readings; where there are none, under less, and what less: first
 * fewer words, then without the readings too.
 */
export function findCandidates(index: LiveIndex, sought: CandidateRequest): FoundCandidates {
  const { understood, interpretations: senses, vector, minCosine, filter, relax: relaxing } = sought;
  const passOf = (one: Filter | undefined): Bitset =>
    one === undefined ? index.aliveSet() : applyFilter(index, one);
  const pass = passOf(filter);
  const narrowed = applyInterpretations(index, senses, pass, (among) =>
    retrieve(index, understood, vector, minCosine, among),
  );
  const { readings, agreement, found } = narrowed;
  const strictly = {
    candidates: found,
    understood,
    relaxed: [],
    readings,
    agreement,
    pass: narrowed.passing(pass),
  };
  if (!relaxing || found.ordinals.length > 0) return strictly;
  const asked = { understood, vector, minCosine, filter };
  const less = relaxQuery(index, { ...asked, passOf: (one) => narrowed.passing(passOf(one)) }, found);
  if (less.candidates.ordinals.length > 0 || !readings.some(({ strict }) => strict))
    return { ...strictly, ...less };
  const unread = relaxQuery(index, { ...asked, passOf }, found);
  if (unread.candidates.ordinals.length === 0) return strictly;
  const soft = readings.map((reading) => ({ ...reading, strict: false }));
  return { ...strictly, ...unread, readings: soft, pass: passOf(filter) };
}
