import { seededRandom, shuffle } from '../../../src/domain/seededRandom.js';
import { fitWeights } from '../../../src/learning/fitWeights.js';
import { RankedQuery } from '../../../src/learning/rankedQuery.js';
import { comparePaired } from '../../../src/search/evaluation/comparePaired.js';
import { type RankingWeights, WEIGHTS } from '../../../src/search/rank/rankingWeights.js';
import { fitPositionModel } from '../../../src/statistics/clickModels.js';
import { PRIOR } from '../../fit/prior.js';
import { simulateClicks } from './clickLog.js';
import { type JudgedLists, WORDS } from './judgedLists.js';

const SEED = 1604;
const FOLDS = 5;

/**
 * Fits the weights on judgments from simulated clicks of four fifths of the queries and measures NDCG@10 on the other
 * fifth with the judges' grades, for each fifth in turn. The fit starts from weights set by hand; those in use were fitted
 * on these very judgments, so they are no fair start, and are printed as what a fit on judges' own grades reaches.
 */
export function learnWeights(lists: JudgedLists): void {
  const random = seededRandom(SEED);
  const log = simulateClicks(lists, random);
  const { attractiveness } = fitPositionModel(log.cells, log.pairs.length);
  const fromClicks = lists.candidates.map(() => new Map<string, number>());
  for (const [pair, { query, id }] of log.pairs.entries())
    fromClicks[query]?.set(id, Math.round(300 * (attractiveness[pair] ?? 0)) / 100);
  const taught = lists.candidates.map((candidates, query) => {
    const grades = fromClicks[query] ?? new Map<string, number>();
    return new RankedQuery({ ...candidates, query: { grades, isJudged: (id) => grades.has(id) } });
  });
  const judged = lists.candidates.map((candidates) => new RankedQuery(candidates));
  const order = Int32Array.from(judged.keys());
  shuffle(order, random);
  const learned = new Float64Array(judged.length);
  const fromJudges = new Float64Array(judged.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const held = [...order.filter((_, place) => place % FOLDS === fold)];
    const without = (queries: readonly RankedQuery[]): RankedQuery[] =>
      queries.filter((_, query) => !held.includes(query));
    const { weights, penalty } = fitWeights(without(taught), PRIOR);
    const ideal = fitWeights(without(judged), PRIOR).weights;
    for (const query of held) {
      learned[query] = judged[query]?.gain(weights).plain ?? 0;
      fromJudges[query] = judged[query]?.gain(ideal).plain ?? 0;
    }
    console.log(`    fold ${fold + 1}: penalty ${penalty}, ${JSON.stringify(rounded(weights))}`);
  }
  const with_ = (weights: RankingWeights): number[] => judged.map((query) => query.gain(weights).plain);
  const before = with_(PRIOR);
  const mean = (values: ArrayLike<number>): string =>
    (Array.from(values).reduce((sum, value) => sum + value, 0) / judged.length).toFixed(4);
  const against = (first: readonly number[], second: ArrayLike<number>): string => {
    const { mean: difference, low, high } = comparePaired(first, Array.from(second));
    return `${difference.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]`;
  };
  console.log(
    `  ${lists.name}: held-out NDCG@10 over ${judged.length} queries, seed ${SEED}: words only ${mean(with_(WORDS))}, set by hand ${mean(before)}, learned from clicks ${mean(learned)} (difference from set by hand ${against(before, learned)}), learned from the judges' grades ${mean(fromJudges)} (${against(before, fromJudges)}), in use (fitted on these queries) ${mean(with_(WEIGHTS))}`,
  );
  const fromWords = learnFrom(WORDS_PRIOR, taught, judged, order);
  const start = with_(WORDS_PRIOR);
  console.log(
    `    from weights that lean on words (meaning and feedback a tenth): before ${mean(start)}, after ${mean(fromWords)}, difference ${against(start, fromWords)}`,
  );
}

/** A shop's ranking that was set for words: what a fit has to gain. */
const WORDS_PRIOR: RankingWeights = { ...PRIOR, meaning: 0.03, feedbackSimilarity: 0.01, category: 0.01 };

function learnFrom(
  prior: RankingWeights,
  taught: readonly RankedQuery[],
  judged: readonly RankedQuery[],
  order: Int32Array,
): Float64Array {
  const learned = new Float64Array(judged.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const held = [...order.filter((_, place) => place % FOLDS === fold)];
    const { weights } = fitWeights(
      taught.filter((_, query) => !held.includes(query)),
      prior,
    );
    for (const query of held) learned[query] = judged[query]?.gain(weights).plain ?? 0;
  }
  return learned;
}

function rounded(weights: RankingWeights): Record<string, number> {
  return Object.fromEntries(
    Object.entries(weights).map(([name, value]) => [name, Math.round(1000 * value) / 1000]),
  );
}
