import type { Feature, RankingWeights } from '../search/rank/rankingWeights.js';

const DEPTH = 10;
const DISCOUNTS = Float64Array.from({ length: DEPTH }, (_, rank) => 1 / Math.log2(rank + 2));

/** Grades that differ by less say nothing: those from clicks are estimates. */
const MIN_GAP = 0.3;
/** A lead of 0.2 in score leaves a loss of 0.31, one of 0.4 of 0.13. */
const STEEPNESS = 5;

/** NDCG@10 of one query, over all products and over the judged ones. */
export interface Gain {
  readonly plain: number;
  readonly condensed: number;
}

/** The first candidates of one query, with the values of each feature, and what is known of their relevance. */
export interface JudgedCandidates {
  readonly query: {
    /** Grades by product id; absent is irrelevant. At least one is above 0. */
    readonly grades: ReadonlyMap<string, number>;
    /** Whether anybody knows if the product is relevant. */
    isJudged(id: string): boolean;
  };
  readonly ids: readonly string[];
  readonly columns: ReadonlyMap<Feature, Float64Array>;
}

/** A query's candidates, ready to be ranked many times. */
export class RankedQuery {
  private readonly columns: readonly (readonly [Feature, Float64Array])[];
  private readonly grades: Float64Array;
  private readonly judged: Uint8Array;
  private readonly allJudged: boolean;
  private readonly ideal: number;
  private readonly top = new Int32Array(DEPTH);
  private readonly scores: Float64Array;

  constructor({ query, ids, columns }: JudgedCandidates) {
    this.columns = [...columns].filter(([, values]) => values.some((value) => value !== 0));
    this.grades = Float64Array.from(ids, (id) => query.grades.get(id) ?? 0);
    this.judged = Uint8Array.from(ids, (id) => (query.isJudged(id) ? 1 : 0));
    this.allJudged = this.judged.every((judged) => judged === 1);
    const best = [...query.grades.values()].sort((a, b) => b - a).slice(0, DEPTH);
    this.ideal = best.reduce((sum, grade, rank) => sum + grade * (DISCOUNTS[rank] ?? 0), 0);
    this.scores = new Float64Array(ids.length);
  }

  gain(weights: RankingWeights): Gain {
    this.score(weights);
    const plain = this.ndcg(false);
    return { plain, condensed: this.allJudged ? plain : this.ndcg(true) };
  }

  /**
   * Loss of the order of judged products (Burges et al., "Learning to rank using gradient descent", 2005): the mean over
   * pairs of log(1 + exp(-5 (score of the better - score of the worse))), weighted by the difference of their grades.
   * Adds the derivative by the weight of each feature to `slopes`. 0 where no product is better than another.
   */
  pairLoss(weights: RankingWeights, slopes: Map<Feature, number>): number {
    this.score(weights);
    const { scores, grades, judged } = this;
    const rows: number[] = [];
    for (let row = 0; row < grades.length; row++) if (judged[row] === 1) rows.push(row);
    const byRow = new Float64Array(grades.length);
    let loss = 0;
    let total = 0;
    for (const better of rows) {
      for (const worse of rows) {
        const gap = (grades[better] ?? 0) - (grades[worse] ?? 0);
        if (gap < MIN_GAP) continue;
        const lead = STEEPNESS * ((scores[better] ?? 0) - (scores[worse] ?? 0));
        const slope = (gap * STEEPNESS) / (1 + Math.exp(lead));
        loss += gap * Math.log1p(Math.exp(-lead));
        total += gap;
        byRow[better] = (byRow[better] ?? 0) - slope;
        byRow[worse] = (byRow[worse] ?? 0) + slope;
      }
    }
    if (total === 0) return 0;
    for (const [feature, values] of this.columns) {
      let sum = 0;
      for (const row of rows) sum += (byRow[row] ?? 0) * (values[row] ?? 0);
      slopes.set(feature, (slopes.get(feature) ?? 0) + sum / total);
    }
    return loss / total;
  }

  private score(weights: RankingWeights): void {
    const { scores } = this;
    scores.fill(0);
    for (const [feature, values] of this.columns) {
      const weight = weights[feature];
      for (let row = 0; row < scores.length; row++)
        scores[row] = (scores[row] ?? 0) + weight * (values[row] ?? 0);
    }
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
