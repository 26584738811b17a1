import { Bitset } from '../../structures/bitset.js';
import { arrayPools } from '../arrayPool.js';
import { scoreWords } from '../retrieve/bm25f.js';
import { matchExactly } from '../retrieve/matchExactly.js';
import { type CandidateSet, tiers } from '../retrieve/retrieve.js';
import type { UnderstoodQuery } from '../understand/understandQuery.js';
import type { EngineIndex } from './engineIndex.js';
import type { EngineFound } from './engineSets.js';

/** The fetched products as a candidate set, scored by the same code as local ones. */
export function fetchedCandidates(
  index: EngineIndex,
  understood: UnderstoodQuery,
  { weights, thresholds }: EngineFound,
  vector: Float32Array | undefined,
): CandidateSet {
  const set = Bitset.full(index.size);
  const words = scoreWords(index, understood.words, weights, set);
  const ordinals = set.toArray();
  const cosine = arrayPools.floats(index.size).fill(Number.NaN);
  if (vector !== undefined) cosine.set(index.cosines(vector, ordinals));
  const exact = matchExactly(index, understood, words);
  return {
    set,
    ordinals,
    words,
    cosine,
    exact,
    tierOf: tiers(understood, words, exact, thresholds.minCoverage),
  };
}

/** Agreement with readings that were read with another index of the same vocabulary, which gets the products. */
export function agreementOf(
  reader: EngineIndex,
  local: EngineIndex,
  agreement: (ordinal: number) => number,
): (ordinal: number) => number {
  reader.add(local.fetched);
  return (ordinal) => agreement(reader.ordinalOf(local.idOf(ordinal)) ?? 0);
}
