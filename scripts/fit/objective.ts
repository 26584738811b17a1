import { type Gain, RankedQuery } from '../../src/learning/rankedQuery.js';
import type { Feature, RankingWeights } from '../../src/search/rank/rankingWeights.js';
import type { QueryCandidates } from './candidates.js';
import type { QueryType } from './judgedQuery.js';

/**
 * The free weights. That of the words sets the scale, that of named products stays the largest, and the judgments say
 * too little about popularity.
 */
export const FOR_ALL = [
  'meaning',
  'coverage',
  'brand',
  'structure',
  'feedbackSimilarity',
  'category',
] as const;
/** Multiply the weight of the meaning for queries of that type. */
export const BY_TYPE = ['codes', 'needs'] as const;
export type Parameter = (typeof FOR_ALL)[number] | (typeof BY_TYPE)[number];
/** Logarithms of the factors by which weights differ from the prior; 0 where absent. */
export type Factors = Readonly<Partial<Record<Parameter, number>>>;

export function weightsFor(prior: RankingWeights, factors: Factors, type: QueryType): RankingWeights {
  const weights: Record<Feature, number> = { ...prior };
  for (const name of FOR_ALL) weights[name] *= Math.exp(factors[name] ?? 0);
  if (type !== 'names') weights.meaning *= Math.exp(factors[type] ?? 0);
  return weights;
}

/** A query's candidates with its type and family. */
export class TypedQuery extends RankedQuery {
  readonly type: QueryType;
  readonly family: string;

  constructor(candidates: QueryCandidates) {
    super(candidates);
    this.type = candidates.query.type;
    this.family = candidates.query.family;
  }
}

/** The mean over the families of the queries, each weighed equally. */
export function meanByFamily(gains: readonly Gain[], families: readonly string[]): Gain {
  const sums = new Map<string, { plain: number; condensed: number; count: number }>();
  for (const [place, { plain, condensed }] of gains.entries()) {
    const sum = sums.get(families[place] ?? '') ?? { plain: 0, condensed: 0, count: 0 };
    sum.plain += plain;
    sum.condensed += condensed;
    sum.count++;
    sums.set(families[place] ?? '', sum);
  }
  const all = [...sums.values()];
  const mean = (values: readonly number[]): number =>
    values.length === 0 ? 0 : values.reduce((total, value) => total + value, 0) / values.length;
  return {
    plain: mean(all.map(({ plain, count }) => plain / count)),
    condensed: mean(all.map(({ condensed, count }) => condensed / count)),
  };
}
