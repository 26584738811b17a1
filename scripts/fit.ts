import { seededRandom, shuffle } from '../src/domain/seededRandom.js';
import { RANKING_VERSION, type RankingWeights, WEIGHTS } from '../src/search/rank/rankingWeights.js';
import { coordinateAscent } from './fit/coordinateAscent.js';
import { openJudgedCatalog } from './fit/judgedCatalog.js';

const FOLDS = 5;
const SEED = 1;
/** Each fold starts from weights that were never fitted, so that it does not depend on the held-out queries. */
const START: RankingWeights = {
  ...WEIGHTS,
  meaning: 0.4,
  brand: 0,
  feedbackSimilarity: 0,
  category: 0,
  popularity: 0,
};

/**
 * `npm run fit -- <folder>...`: fits the ranking weights on judged catalogs, all with equal weight, and reports NDCG@10
 * on held-out queries (cross-validation). A folder holds `products.jsonl.gz` and `judgments.dev.tsv`. The weights are
 * printed in the format of `evaluate search --against`.
 */
const folders = process.argv.slice(2);
if (folders.length === 0) {
  console.error('fit: name the folders of judged catalogs, as in npm run fit -- ../shared/data/esci');
  process.exitCode = 2;
} else await fitWeights();

async function fitWeights(): Promise<void> {
  const catalogs = await Promise.all(folders.map(openJudgedCatalog));
  try {
    const cached = new Map<string, Promise<number[][]>>();
    /** NDCG@10 by catalog and query. */
    const gainsOf = (weights: RankingWeights): Promise<number[][]> => {
      const key = JSON.stringify(weights);
      const found = cached.get(key) ?? Promise.all(catalogs.map((catalog) => catalog.gains(weights)));
      cached.set(key, found);
      return found;
    };
    const random = seededRandom(SEED);
    const folds = catalogs.map(({ queries }) => {
      const order = Int32Array.from(queries.keys());
      shuffle(order, random);
      return queries.map((_, index) => order.indexOf(index) % FOLDS);
    });
    const over = (gains: readonly number[][], taken: (catalog: number, query: number) => boolean): number[] =>
      gains.map((all, catalog) => mean(all.filter((_, query) => taken(catalog, query))));

    const fitted = await coordinateAscent(START, async (weights) =>
      mean(over(await gainsOf(weights), () => true)),
    );
    const heldOut = catalogs.map(({ queries }) => queries.map(() => 0));
    for (let fold = 0; fold < FOLDS; fold++) {
      const weights = await coordinateAscent(START, async (candidate) =>
        mean(over(await gainsOf(candidate), (catalog, query) => folds[catalog]?.[query] !== fold)),
      );
      const gains = await gainsOf(weights);
      for (const [catalog, all] of heldOut.entries()) {
        for (const query of all.keys()) {
          if (folds[catalog]?.[query] === fold) all[query] = gains[catalog]?.[query] ?? 0;
        }
      }
      console.log(`fold ${fold + 1} of ${FOLDS}: ${JSON.stringify(weights)}`);
    }
    const line = (name: string, gains: readonly number[][]): string =>
      `${name.padEnd(36)} ${gains.map((all) => mean(all).toFixed(4)).join('   ')}`;
    console.log(`NDCG@10 on ${folders.join(', ')}`);
    console.log(line('words and meaning only (start)', await gainsOf(START)));
    console.log(line('current', await gainsOf(WEIGHTS)));
    console.log(line('fitted on all queries', await gainsOf(fitted)));
    console.log(line(`fitted, on held-out queries (${FOLDS} folds)`, heldOut));
    console.log(JSON.stringify({ version: RANKING_VERSION, weights: fitted }));
  } finally {
    for (const catalog of catalogs) await catalog.close();
  }
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
