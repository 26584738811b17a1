import { seededRandom, shuffle } from '../domain/seededRandom.js';
import type { Feature, RankingWeights } from '../search/rank/rankingWeights.js';
import type { RankedQuery } from './rankedQuery.js';

/**
 * The free weights. That of the words sets the scale, that of named products stays the largest, and clicks say too much
 * about popularity that they caused themselves.
 */
const FREE = [
  'meaning',
  'coverage',
  'brand',
  'structure',
  'feedbackSimilarity',
  'category',
] as const satisfies readonly Feature[];
/** Logarithms of the factors by which weights differ from the prior; 0 where absent. */
type Factors = Readonly<Partial<Record<(typeof FREE)[number], number>>>;

/** A weight's logarithm stays this near the prior's. */
const MAX_FACTOR = 2;
const STEPS = 60;
const PENALTIES = [0.003, 0.01, 0.03, 0.1];
const FOLDS = 5;
const SEED = 1;

export interface WeightFit {
  readonly weights: RankingWeights;
  /** Infinite where no fit did better than the prior in cross-validation: the weights are then the prior. */
  readonly penalty: number;
  /** Mean of plain and condensed NDCG@10 of queries that the fit had not seen, with the prior and with fitted weights. */
  readonly before: number;
  readonly after: number;
}

/**
 * Fits ranking weights on judged queries: gradient descent on the loss of pairs (see RankedQuery.pairLoss) plus a penalty
 * for the distance from `prior` in squared logarithms (decision 0069). Unlike NDCG itself, the loss of pairs is smooth, so
 * that a few dozen queries do not fit steps. The penalty is the one with the best NDCG@10 in five-fold cross-validation
 * over queries; where none beats the prior, the prior stays.
 */
export function fitWeights(queries: readonly RankedQuery[], prior: RankingWeights): WeightFit {
  const order = Int32Array.from(queries.keys());
  shuffle(order, seededRandom(SEED));
  const folds = Array.from({ length: FOLDS }, (_, fold) =>
    [...order.filter((_, place) => place % FOLDS === fold)].flatMap((place) =>
      queries.slice(place, place + 1),
    ),
  );
  const before = meanGain(queries, prior);
  let after = before;
  let penalty = Number.POSITIVE_INFINITY;
  for (const candidate of PENALTIES) {
    let sum = 0;
    for (const [place, fold] of folds.entries()) {
      const others = folds.flatMap((one, other) => (other === place ? [] : one));
      sum += fold.length * meanGain(fold, descend(others, prior, candidate));
    }
    if (queries.length === 0 || sum / queries.length <= after) continue;
    after = sum / queries.length;
    penalty = candidate;
  }
  const weights = Number.isFinite(penalty) ? descend(queries, prior, penalty) : prior;
  return { weights, penalty, before, after };
}

/** Mean of plain and condensed NDCG@10 over the queries; 0 without any. */
function meanGain(queries: readonly RankedQuery[], weights: RankingWeights): number {
  if (queries.length === 0) return 0;
  let sum = 0;
  for (const query of queries) {
    const { plain, condensed } = query.gain(weights);
    sum += (plain + condensed) / 2;
  }
  return sum / queries.length;
}

function descend(queries: readonly RankedQuery[], prior: RankingWeights, penalty: number): RankingWeights {
  const measure = (factors: Factors): { loss: number; slopes: Factors } => {
    const weights = apply(prior, factors);
    const sums = new Map<Feature, number>();
    let loss = 0;
    for (const query of queries) loss += query.pairLoss(weights, sums) / queries.length;
    const slopes: Record<string, number> = {};
    for (const name of FREE) {
      const factor = factors[name] ?? 0;
      loss += penalty * factor * factor;
      slopes[name] = ((sums.get(name) ?? 0) * weights[name]) / queries.length + 2 * penalty * factor;
    }
    return { loss, slopes };
  };
  let factors: Factors = {};
  let reached = measure(factors);
  let step = 1;
  for (let i = 0; i < STEPS && step > 1e-5; i++) {
    const next: Record<string, number> = {};
    for (const name of FREE) {
      const factor = (factors[name] ?? 0) - step * (reached.slopes[name] ?? 0);
      next[name] = Math.max(-MAX_FACTOR, Math.min(MAX_FACTOR, factor));
    }
    const tried = measure(next);
    if (tried.loss < reached.loss) {
      factors = next;
      reached = tried;
      step *= 1.5;
    } else step /= 3;
  }
  return apply(prior, factors);
}

function apply(prior: RankingWeights, factors: Factors): RankingWeights {
  const weights: Record<Feature, number> = { ...prior };
  for (const name of FREE) weights[name] *= Math.exp(factors[name] ?? 0);
  return weights;
}
