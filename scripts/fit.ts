import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Gain } from '../src/learning/rankedQuery.js';
import {
  FEATURES,
  type Feature,
  RANKING_VERSION,
  type RankingWeights,
  WEIGHTS,
} from '../src/search/rank/rankingWeights.js';
import { type OpenCatalog, openCatalog } from './fit/candidates.js';
import { WeightFits } from './fit/fitFactors.js';
import { judgedCatalogs } from './fit/judgedCatalogs.js';
import { QUERY_TYPES } from './fit/judgedQuery.js';
import { BY_TYPE, type Factors, FOR_ALL, meanByFamily, TypedQuery, weightsFor } from './fit/objective.js';
import { PRIOR } from './fit/prior.js';

const DATA = '../shared/data';
/**
 * `npm run fit [-- <data folder> [<work folder>]]`: fits the ranking weights on judged catalogs and reports NDCG@10 of
 * each, plain and condensed, with weights that were fitted on the others. Two catalogs are judged by people; the queries
 * of the others, and of the demo, are derived from titles, values, sentences and popular queries (see
 * deriveQueries). A work folder keeps the indexes for another run. All figures are from real searches without enrichment;
 * only the fit itself ranks stored candidates.
 */
const [data = DATA, work] = process.argv.slice(2);
if (!existsSync(data)) {
  console.error(
    `fit: there is no folder ${data}; name one with the catalogs, as in npm run fit -- ../shared/data`,
  );
  process.exitCode = 2;
} else {
  const folder = work ?? (await mkdtemp(path.join(tmpdir(), 'shelfwright-fit-')));
  try {
    await fitWeights(data, folder);
  } finally {
    if (work === undefined) await rm(folder, { recursive: true, force: true });
  }
}

async function fitWeights(dataFolder: string, folder: string): Promise<void> {
  const catalogs: OpenCatalog[] = [];
  try {
    for await (const catalog of judgedCatalogs(dataFolder))
      catalogs.push(await openCatalog(catalog, path.join(folder, catalog.name)));
    for (const { name, products, queries } of catalogs) {
      const counts = QUERY_TYPES.map(
        (type) => `${queries.filter((one) => one.type === type).length} ${type}`,
      );
      console.log(`${name}: ${products.length} products, ${queries.length} queries (${counts.join(', ')})`);
    }
    const ranked: TypedQuery[][] = [];
    for (const catalog of catalogs)
      ranked.push((await catalog.candidates(PRIOR)).map((candidates) => new TypedQuery(candidates)));

    const fits = new WeightFits(ranked, PRIOR);
    const rows = new Map<string, Gain[][]>();
    rows.set('BM25 (FTS5)', await each(catalogs, (catalog) => catalog.searchByBm25()));
    rows.set('weights in use', await each(catalogs, (catalog) => catalog.search(() => WEIGHTS)));
    rows.set('set by hand (prior)', await each(catalogs, (catalog) => catalog.search(() => PRIOR)));
    const places = [...catalogs.keys()];
    for (const byType of [false, true]) {
      const name = byType ? 'the same, by query type' : 'fitted on the others';
      const gains: Gain[][] = [];
      for (const [place, catalog] of catalogs.entries()) {
        const { factors, penalty } = fits.fit(
          places.filter((other) => other !== place),
          byType,
        );
        console.log(`${name}, without ${catalog.name} (penalty ${penalty}): ${described(factors)}`);
        gains.push(await catalog.search(({ type }) => weightsFor(PRIOR, factors, type)));
      }
      rows.set(name, gains);
    }
    report(catalogs, rows);
    for (const byType of [false, true]) {
      const { factors, penalty } = fits.fit(places, byType);
      console.log(
        `\nfitted on all${byType ? ', by query type' : ''} (penalty ${penalty}): ${described(factors)}`,
      );
      if (!byType)
        console.log(
          JSON.stringify({ version: RANKING_VERSION, weights: rounded(weightsFor(PRIOR, factors, 'names')) }),
        );
    }
  } finally {
    for (const catalog of catalogs) await catalog.close();
  }
}

async function each(
  catalogs: readonly OpenCatalog[],
  run: (catalog: OpenCatalog) => Promise<Gain[]>,
): Promise<Gain[][]> {
  const gains: Gain[][] = [];
  for (const catalog of catalogs) gains.push(await run(catalog));
  return gains;
}

function report(catalogs: readonly OpenCatalog[], rows: ReadonlyMap<string, readonly Gain[][]>): void {
  const line = (name: string, cells: readonly string[]): void =>
    console.log(`${name.padEnd(26)} ${cells.map((cell) => cell.padStart(13)).join(' ')}`);
  console.log('\nNDCG@10, plain / condensed');
  line(
    '',
    catalogs.map(({ name }) => name),
  );
  for (const [name, gains] of rows)
    line(
      name,
      catalogs.map(({ queries }, place) =>
        shown(
          meanByFamily(
            gains[place] ?? [],
            queries.map(({ family }) => family),
          ),
        ),
      ),
    );
  for (const { name, queries } of catalogs.filter(
    (catalog) => new Set(catalog.queries.map(({ family }) => family)).size > 1,
  )) {
    const place = catalogs.findIndex((catalog) => catalog.name === name);
    const families = [...new Set(queries.map(({ family }) => family))];
    console.log(`\n${name} by family`);
    line('', families);
    for (const [row, gains] of rows)
      line(
        row,
        families.map((family) =>
          shown(meanOf(gains[place] ?? [], (query) => queries[query]?.family === family)),
        ),
      );
  }
  console.log('\nBy type of query, mean over the catalogs that have at least ten');
  line('', QUERY_TYPES);
  for (const [name, gains] of rows)
    line(
      name,
      QUERY_TYPES.map((type) => {
        const having = catalogs
          .map(({ queries }, place) => ({ queries, place }))
          .filter(({ queries }) => queries.filter((query) => query.type === type).length >= 10);
        const means = having.map(({ queries, place }) =>
          meanOf(gains[place] ?? [], (query) => queries[query]?.type === type),
        );
        return shown(meanOf(means, () => true));
      }),
    );
}

function meanOf(gains: readonly Gain[], taken: (place: number) => boolean): Gain {
  const some = gains.filter((_, place) => taken(place));
  return meanByFamily(
    some,
    some.map(() => ''),
  );
}

function shown({ plain, condensed }: Gain): string {
  return `${plain.toFixed(4)}/${condensed.toFixed(4)}`;
}

function described(factors: Factors): string {
  return (
    [...FOR_ALL, ...BY_TYPE]
      .filter((name) => factors[name] !== undefined && factors[name] !== 0)
      .map((name) => `${name} x${Math.exp(factors[name] ?? 0).toFixed(2)}`)
      .join(', ') || 'as the prior'
  );
}

function rounded(weights: RankingWeights): RankingWeights {
  const round = (feature: Feature): [Feature, number] => [
    feature,
    Math.round(1000 * weights[feature]) / 1000,
  ];
  return Object.fromEntries((Object.keys(FEATURES) as Feature[]).map(round)) as Record<Feature, number>;
}
