import { seededRandom, shuffle } from '../src/domain/seededRandom.js';
import { RANKING_VERSION, type RankingWeights, WEIGHTS } from '../src/search/rank/weights.js';
import { ascend } from './fit/ascend.js';
import { openJudgedShop } from './fit/judgedShop.js';

const FOLDS = 5;
const SEED = 1;
/** A fold starts from what was there before anything was fitted, so that it owes nothing to the queries left out. */
const START: RankingWeights = { ...WEIGHTS, meaning: 0.4, brand: 0, company: 0, category: 0, popularity: 0 };

/**
 * `npm run fit -- <folder>...`: fits the weights of the ranking on judged catalogs, all weighed equally, and says
 * what such a fit is worth on queries that it did not see. A folder holds `products.jsonl.gz` and
 * `judgments.dev.tsv`. The weights are printed as a file for `evaluate search --against`.
 */
const folders = process.argv.slice(2);
if (folders.length === 0) {
  console.error('fit: name the folders of judged catalogs, as in npm run fit -- ../shared/data/esci');
  process.exitCode = 2;
} else await fitWeights();

async function fitWeights(): Promise<void> {
  const shops = await Promise.all(folders.map(openJudgedShop));
  try {
    const known = new Map<string, Promise<number[][]>>();
    /** NDCG@10 by shop and query. */
    const gainsOf = (weights: RankingWeights): Promise<number[][]> => {
      const key = JSON.stringify(weights);
      const found = known.get(key) ?? Promise.all(shops.map((shop) => shop.gains(weights)));
      known.set(key, found);
      return found;
    };
    const random = seededRandom(SEED);
    const folds = shops.map(({ queries }) => {
      const order = Int32Array.from(queries.keys());
      shuffle(order, random);
      return queries.map((_, place) => order.indexOf(place) % FOLDS);
    });
    const over = (gains: readonly number[][], taken: (shop: number, query: number) => boolean): number[] =>
      gains.map((all, shop) => mean(all.filter((_, query) => taken(shop, query))));

    const fitted = await ascend(START, async (weights) => mean(over(await gainsOf(weights), () => true)));
    const unseen = shops.map(({ queries }) => queries.map(() => 0));
    for (let fold = 0; fold < FOLDS; fold++) {
      const weights = await ascend(START, async (tried) =>
        mean(over(await gainsOf(tried), (shop, query) => folds[shop]?.[query] !== fold)),
      );
      const gains = await gainsOf(weights);
      for (const [shop, all] of unseen.entries()) {
        for (const query of all.keys()) {
          if (folds[shop]?.[query] === fold) all[query] = gains[shop]?.[query] ?? 0;
        }
      }
      console.log(`fold ${fold + 1} of ${FOLDS}: ${JSON.stringify(weights)}`);
    }
    const line = (name: string, gains: readonly number[][]): string =>
      `${name.padEnd(36)} ${gains.map((all) => mean(all).toFixed(4)).join('   ')}`;
    console.log(`NDCG@10 on ${folders.join(', ')}`);
    console.log(line('words and meaning alone (the start)', await gainsOf(START)));
    console.log(line('as it is', await gainsOf(WEIGHTS)));
    console.log(line('fitted on all queries', await gainsOf(fitted)));
    console.log(line(`fitted, on queries not seen (${FOLDS} folds)`, unseen));
    console.log(JSON.stringify({ version: RANKING_VERSION, weights: fitted }));
  } finally {
    for (const shop of shops) await shop.close();
  }
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
