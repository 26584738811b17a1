import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readJudgments } from '../../src/catalog/evaluate/readJudgments.js';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { type Judgments, ndcg } from '../../src/search/evaluation/rankingMetrics.js';
import type { RankingWeights } from '../../src/search/rank/rankingWeights.js';
import { searchRequestSchema } from '../../src/search/searchRequest.js';
import { openReader } from '../../src/service/openReader.js';
import { runCommand } from '../bench/runCommand.js';

/** A temporarily indexed catalog with its judged queries. */
export interface JudgedCatalog {
  readonly queries: readonly string[];
  /** NDCG@10 of each query, in order. */
  gains(weights: RankingWeights): Promise<number[]>;
  close(): Promise<void>;
}

/** `folder` holds `products.jsonl.gz` and `judgments.dev.tsv`. */
export async function openJudgedCatalog(folder: string): Promise<JudgedCatalog> {
  const work = await mkdtemp(path.join(tmpdir(), 'shelfwright-fit-'));
  const where = { dataDir: path.join(work, 'data'), indexesDir: path.join(work, 'indexes') };
  const flags = ['--data', where.dataDir, '--indexes', where.indexesDir];
  await runCommand(['import', path.join(folder, 'products.jsonl.gz'), ...flags]);
  await runCommand(['reindex', '--no-enrich', ...flags]);
  const reader = await openReader({ ...where, modelDir: packagePaths.model, workers: 1 });
  const judged = [...(await readJudgments(path.join(folder, 'judgments.dev.tsv')))].filter(([, grades]) =>
    [...grades.values()].some((grade) => grade > 0),
  );
  const gain = async (query: string, grades: Judgments, weights: RankingWeights): Promise<number> => {
    const request = searchRequestSchema.parse({ q: query, per_page: 10 });
    const { hits } = await reader.searchWithWeights(request, weights);
    return ndcg(
      hits.map(({ id }) => id),
      grades,
      10,
    );
  };
  return {
    queries: judged.map(([query]) => query),
    gains: async (weights) => {
      const gains: number[] = [];
      for (const [query, grades] of judged) gains.push(await gain(query, grades, weights));
      return gains;
    },
    close: async () => {
      await reader.close();
      await rm(work, { recursive: true, force: true });
    },
  };
}
