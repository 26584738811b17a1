import type { RankingWeights } from '../../src/search/rank/rankingWeights.js';
import type { QueryType } from './judgedQuery.js';
import { BY_TYPE, type Factors, FOR_ALL, meanByFamily, type TypedQuery, weightsFor } from './objective.js';

/** Steps of the logarithm, the widest first: a factor of 1.5, 1.22, 1.1. */
const STEPS = [0.4, 0.2, 0.1];
/** Of a weight: at most this factor's logarithm away from the prior. */
const MAX_FACTOR = 2;
const ROUNDS = 4;
const PENALTIES = [0.001, 0.003, 0.01, 0.03];

/** The ranked queries of one catalog. */
export type CatalogQueries = readonly TypedQuery[];

/** Mean of plain and condensed NDCG@10 over the catalogs, each weighed equally. */
function measure(catalogs: readonly CatalogQueries[], prior: RankingWeights, factors: Factors): number {
  const weights: Record<QueryType, RankingWeights> = {
    codes: weightsFor(prior, factors, 'codes'),
    names: weightsFor(prior, factors, 'names'),
    needs: weightsFor(prior, factors, 'needs'),
  };
  let sum = 0;
  for (const queries of catalogs) {
    const { plain, condensed } = meanByFamily(
      queries.map((query) => query.gain(weights[query.type])),
      queries.map(({ family }) => family),
    );
    sum += (plain + condensed) / 2;
  }
  return sum / catalogs.length;
}

/** Fits the free parameters on some of the catalogs; what was fitted is kept, because folds share it. */
export class WeightFits {
  private readonly fitted = new Map<string, Factors>();

  constructor(
    private readonly catalogs: readonly CatalogQueries[],
    private readonly prior: RankingWeights,
  ) {}

  /** On the catalogs at `places`; the penalty is the one that does best on each of them left out in turn. */
  fit(places: readonly number[], byType: boolean): { factors: Factors; penalty: number } {
    let penalty = 0;
    let best = Number.NEGATIVE_INFINITY;
    for (const candidate of PENALTIES) {
      let sum = 0;
      for (const left of places) {
        const factors = this.ascend(
          places.filter((one) => one !== left),
          byType,
          candidate,
        );
        sum += measure(this.at([left]), this.prior, factors);
      }
      if (sum <= best) continue;
      best = sum;
      penalty = candidate;
    }
    return { factors: this.ascend(places, byType, penalty), penalty };
  }

  /**
   * Coordinate ascent on `measure` less `penalty` times the sum of the squared logarithms of the factors, which shrinks
   * the weights to the prior. The parameters by type are fitted after the others.
   */
  private ascend(places: readonly number[], byType: boolean, penalty: number): Factors {
    const key = JSON.stringify([places, byType, penalty]);
    const known = this.fitted.get(key);
    if (known !== undefined) return known;
    const catalogs = this.at(places);
    const value = (factors: Factors): number =>
      measure(catalogs, this.prior, factors) -
      penalty * Object.values(factors).reduce((sum, factor) => sum + factor * factor, 0);
    let factors: Factors = byType ? this.ascend(places, false, penalty) : {};
    let best = value(factors);
    for (const step of STEPS) {
      for (let round = 0; round < ROUNDS; round++) {
        const before = best;
        for (const name of byType ? BY_TYPE : FOR_ALL) {
          for (const change of [step, -step]) {
            const factor = (factors[name] ?? 0) + change;
            if (Math.abs(factor) > MAX_FACTOR) continue;
            const candidate = { ...factors, [name]: factor };
            const reached = value(candidate);
            if (reached <= best) continue;
            best = reached;
            factors = candidate;
            break;
          }
        }
        if (best === before) break;
      }
    }
    this.fitted.set(key, factors);
    return factors;
  }

  private at(places: readonly number[]): CatalogQueries[] {
    return places.flatMap((place) => this.catalogs.slice(place, place + 1));
  }
}
