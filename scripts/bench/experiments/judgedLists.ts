import {
  FEATURES,
  type Feature,
  type RankingWeights,
  WEIGHTS,
} from '../../../src/search/rank/rankingWeights.js';
import type { OpenCatalog, QueryCandidates } from '../../fit/candidates.js';
import { PRIOR } from '../../fit/prior.js';
import type { Grades } from './shoppers.js';

const DEPTH = 20;
/** The words alone: everything that vectors and guesses add is 0. */
export const WORDS: RankingWeights = {
  ...(Object.fromEntries(Object.keys(FEATURES).map((feature) => [feature, 0])) as Record<Feature, number>),
  words: WEIGHTS.words,
  coverage: WEIGHTS.coverage,
  exact: WEIGHTS.exact,
};

/** A judged catalog's queries with two rankings of different quality, and the candidates of a third. */
export interface JudgedLists {
  readonly name: string;
  readonly grades: readonly Grades[];
  readonly words: readonly (readonly string[])[];
  readonly hybrid: readonly (readonly string[])[];
  readonly prior: readonly (readonly string[])[];
  readonly candidates: readonly QueryCandidates[];
}

export async function judgedLists(catalog: OpenCatalog): Promise<JudgedLists> {
  return {
    name: catalog.name,
    grades: catalog.queries.map(({ grades }) => grades),
    words: await catalog.rankings(WORDS, DEPTH),
    hybrid: await catalog.rankings(WEIGHTS, DEPTH),
    prior: await catalog.rankings(PRIOR, DEPTH),
    candidates: await catalog.candidates(PRIOR),
  };
}
