import type { Feature, RankingWeights } from '../../src/search/rank/rankingWeights.js';
import type { Gain, QueryCandidates } from './candidates.js';
import type { QueryType } from './judgedQuery.js';

const DEPTH = 10;
const DISCOUNTS = Float64Array.from({ length: DEPTH }, (_, rank) => 1 / Math.log2(rank + 2));

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

/** A query's candidates, ready to be ranked many times. */
export class RankedQuery {
  readonly type: QueryType;
  readonly family: string;
  private readonly columns: readonly (readonly [Feature, Float64Array])[];
  private readonly grades: Float64Array;
  private readonly judged: Uint8Array;
  private readonly allJudged: boolean;
  private readonly ideal: number;
  private readonly top = new Int32Array(DEPTH);
  private readonly scores: Float64Array;

  constructor({ query, ids, columns }: QueryCandidates) {
    this.type = query.type;
    this.family = query.family;
    this.columns = [...columns].filter(([, values]) => values.some((value) => value !== 0));
    this.grades = Float64Array.from(ids, (id) => query.grades.get(id) ?? 0);
    this.judged = Uint8Array.from(ids, (id) => (query.isJudged(id) ? 1 : 0));
    this.allJudged = this.judged.every((judged) => judged === 1);
    const best = [...query.grades.values()].sort((a, b) => b - a).slice(0, DEPTH);
    this.ideal = best.reduce((sum, grade, rank) => sum + grade * (DISCOUNTS[rank] ?? 0), 0);
    this.scores = new Float64Array(ids.length);
  }

  gain(weights: RankingWeights): Gain {
    const { scores } = this;
    scores.fill(0);
    for (const [feature, values] of this.columns) {
      const weight = weights[feature];
      for (let row = 0; row < scores.length; row++)
        scores[row] = (scores[row] ?? 0) + weight * (values[row] ?? 0);
    }
    const plain = this.ndcg(false);
    return { plain, condensed: this.allJudged ? plain : this.ndcg(true) };
  }

  private ndcg(onlyJudged: boolean): number {
    const { scores, top, judged } = this;
    let count = 0;
    let least = Number.NEGATIVE_INFINITY;
    for (let row = 0; row < scores.length; row++) {
      const score = scores[row] ?? 0;
      if (score <= least || (onlyJudged && judged[row] === 0)) continue;
      let place = Math.min(count, DEPTH - 1);
      for (; place > 0 && (scores[top[place - 1] ?? 0] ?? 0) < score; place--)
        top[place] = top[place - 1] ?? 0;
      top[place] = row;
      if (count < DEPTH) count++;
      if (count === DEPTH) least = scores[top[DEPTH - 1] ?? 0] ?? 0;
    }
    let sum = 0;
    for (let rank = 0; rank < count; rank++)
      sum += (this.grades[top[rank] ?? 0] ?? 0) * (DISCOUNTS[rank] ?? 0);
    return this.ideal === 0 ? 0 : sum / this.ideal;
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
