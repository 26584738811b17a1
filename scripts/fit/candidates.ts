import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import type { Gain } from '../../src/learning/rankedQuery.js';
import { ndcg } from '../../src/search/evaluation/rankingMetrics.js';
import { FEATURES, type Feature, type RankingWeights } from '../../src/search/rank/rankingWeights.js';
import { MAX_PER_PAGE, searchRequestSchema } from '../../src/search/searchRequest.js';
import { openReader } from '../../src/service/openReader.js';
import type { Reader } from '../../src/service/reader.js';
import { runCommand } from '../bench/runCommand.js';
import { engines } from '../bench/search/engines.js';
import type { JudgedCatalog, JudgedQuery } from './judgedQuery.js';

const FEATURE_NAMES = Object.keys(FEATURES) as Feature[];
const DEPTH = 10;
/** Judged products are looked for among as many hits. */
const CONDENSED_DEPTH = 100;

/** The first candidates of one query, with the values of each feature. */
export interface QueryCandidates {
  readonly query: JudgedQuery;
  readonly ids: readonly string[];
  readonly columns: ReadonlyMap<Feature, Float64Array>;
}

/** A catalog that was indexed without enrichment. */
export interface OpenCatalog extends JudgedCatalog {
  candidates(weights: RankingWeights): Promise<QueryCandidates[]>;
  /** By real searches, each query with its own weights. */
  search(weightsOf: (query: JudgedQuery) => RankingWeights): Promise<Gain[]>;
  /** The first `depth` ids for each query. */
  rankings(weights: RankingWeights, depth: number): Promise<string[][]>;
  /** By BM25 alone (FTS5). */
  searchByBm25(): Promise<Gain[]>;
  close(): Promise<void>;
}

/** `folder` keeps the index for another call. */
export async function openCatalog(catalog: JudgedCatalog, folder: string): Promise<OpenCatalog> {
  const where = { dataDir: path.join(folder, 'data'), indexesDir: path.join(folder, 'indexes') };
  if (!existsSync(where.indexesDir)) {
    await mkdir(folder, { recursive: true });
    const file = path.join(folder, 'products.jsonl');
    await writeFile(file, catalog.products.map((product) => `${JSON.stringify(product)}\n`).join(''));
    const flags = ['--data', where.dataDir, '--indexes', where.indexesDir];
    await runCommand(['import', file, ...flags]);
    await runCommand(['reindex', '--no-enrich', ...flags]);
  }
  const reader = await openReader({ ...where, modelDir: packagePaths.model, workers: 1 });
  return {
    ...catalog,
    candidates: async (weights) => {
      const found: QueryCandidates[] = [];
      for (const query of catalog.queries) found.push(await candidatesOf(reader, query, weights));
      return found;
    },
    search: (weightsOf) =>
      gainsOf(catalog.queries, async (query) => {
        const request = searchRequestSchema.parse({ q: query.text, per_page: CONDENSED_DEPTH });
        return (await reader.searchWithWeights(request, weightsOf(query))).hits.map(({ id }) => id);
      }),
    rankings: async (weights, depth) => {
      const found: string[][] = [];
      for (const { text } of catalog.queries) {
        const request = searchRequestSchema.parse({ q: text, per_page: depth });
        found.push((await reader.searchWithWeights(request, weights)).hits.map(({ id }) => id));
      }
      return found;
    },
    searchByBm25: async () => {
      const engine = await engines['BM25 (SQLite FTS5, porter)'](async () => [...catalog.products]);
      const gains = await gainsOf(catalog.queries, (query) => engine.search(query.text, CONDENSED_DEPTH));
      await engine.close();
      return gains;
    },
    close: () => reader.close(),
  };
}

async function candidatesOf(
  reader: Reader,
  query: JudgedQuery,
  weights: RankingWeights,
): Promise<QueryCandidates> {
  const request = { q: query.text, per_page: MAX_PER_PAGE, explain: true, fields: ['id'] };
  const { hits } = await reader.searchWithWeights(searchRequestSchema.parse(request), weights);
  const columns = new Map(
    FEATURE_NAMES.map((feature) => [
      feature,
      Float64Array.from(hits, ({ explain }) => explain?.features[feature]?.value ?? 0),
    ]),
  );
  return { query, ids: hits.map(({ id }) => id), columns };
}

async function gainsOf(
  queries: readonly JudgedQuery[],
  rank: (query: JudgedQuery) => Promise<readonly string[]>,
): Promise<Gain[]> {
  const gains: Gain[] = [];
  for (const query of queries) gains.push(gainOf(query, await rank(query)));
  return gains;
}

export function gainOf({ grades, isJudged }: JudgedQuery, ranked: readonly string[]): Gain {
  return {
    plain: ndcg(ranked, grades, DEPTH),
    condensed: ndcg(ranked.filter(isJudged), grades, DEPTH),
  };
}
