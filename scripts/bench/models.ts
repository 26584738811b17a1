import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LazyEmbedder } from '../../src/catalog/lazyEmbedder.js';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { identityText } from '../../src/domain/identityText.js';
import { openModel } from '../../src/embed/model.js';
import { Transformer } from '../../src/embed/transformer.js';
import type { Gain } from '../../src/learning/rankedQuery.js';
import { openStore } from '../../src/store/open.js';
import { gainOf } from '../fit/candidates.js';
import { judgedCatalogs } from '../fit/judgedCatalogs.js';
import type { JudgedCatalog } from '../fit/judgedQuery.js';
import { meanByFamily } from '../fit/objective.js';
import { median } from '../median.js';
import { type Bm25Index, openBm25 } from './search/bm25.js';

const DATA = '../shared/data';
const DEPTH = 100;
/** Candidates of the mixed ranking: the best of each side. */
const MIXED_DEPTH = 300;
const TIMED_TEXTS = 100;
const TIMED_ROUNDS = 5;
/** Larger catalogs say little more, and take long to embed with each model. */
const MAX_PRODUCTS = 20_000;

/**
 * Compares another transformer with the bundled one: NDCG@10, plain and condensed, by vectors alone and mixed half and
 * half with BM25 (each scaled to 0 to 1 among the candidates), on the query sets of `npm run fit`; and the time per text.
 * `named` is the folder of the other model; a work folder keeps the vectors for another run.
 */
export async function benchModels(named: string | undefined, data = DATA, work?: string): Promise<void> {
  if (named === undefined) {
    console.log('models: left out, for it needs the folder of another model');
    return;
  }
  const folders = [packagePaths.model, named];
  await compareTimes(folders);
  const folder = work ?? (await mkdtemp(path.join(tmpdir(), 'shelfwright-bench-')));
  try {
    for await (const catalog of judgedCatalogs(data)) {
      if (catalog.products.length > MAX_PRODUCTS) continue;
      const bm25 = openBm25(catalog.products);
      const families = catalog.queries.map(({ family }) => family);
      const words = catalog.queries.map((query) =>
        gainOf(
          query,
          bm25.search(query.text, DEPTH).map(({ id }) => id),
        ),
      );
      console.log(
        `\n${catalog.name}: NDCG@10 plain/condensed; BM25 alone ${shown(meanByFamily(words, families))}`,
      );
      for (const model of folders) {
        const { vectors, mixed } = await rankWith(
          model,
          catalog,
          bm25,
          path.join(folder, catalog.name, 'data'),
        );
        console.log(
          `  ${path.basename(model).padEnd(20)} vectors ${shown(meanByFamily(vectors, families))}  mixed ${shown(meanByFamily(mixed, families))}`,
        );
      }
      bm25.close();
    }
  } finally {
    if (work === undefined) await rm(folder, { recursive: true, force: true });
  }
}

/** In turns, because the load of the machine changes. */
async function compareTimes(folders: readonly string[]): Promise<void> {
  const texts: string[] = [];
  for await (const { products } of judgedCatalogs(''))
    texts.push(...products.slice(0, TIMED_TEXTS).map(identityText));
  const models = await Promise.all(
    folders.map(async (folder) => {
      const card = await openModel(folder);
      return { card, transformer: await Transformer.load(card), times: [] as number[] };
    }),
  );
  for (let round = 0; round <= TIMED_ROUNDS; round++) {
    for (const { card, transformer, times } of models) {
      const into = new Float32Array(card.dimension);
      const started = performance.now();
      for (const text of texts) await transformer.embed(text, into);
      if (round > 0) times.push((performance.now() - started) / texts.length);
    }
  }
  const own = models[0]?.times ?? [];
  for (const { card, transformer, times } of models) {
    const ratios = times.map((time, round) => time / (own[round] ?? time));
    console.log(
      `${card.name}: ${median(times).toFixed(2)} ms a text, ${median(ratios).toFixed(2)} times the bundled one`,
    );
    await transformer.dispose();
  }
}

async function rankWith(
  model: string,
  { products, queries }: JudgedCatalog,
  bm25: Bm25Index,
  dataDir: string,
): Promise<{ vectors: Gain[]; mixed: Gain[] }> {
  const store = openStore(dataDir);
  const embedder = new LazyEmbedder(model, store);
  try {
    const rows = await embedder.embed(products.map(identityText));
    const asked = await embedder.runQueries(queries.map(({ text }) => text));
    const placeOf = new Map(products.map(({ id }, place) => [id, place]));
    const gains: { vectors: Gain[]; mixed: Gain[] } = { vectors: [], mixed: [] };
    for (const [place, query] of queries.entries()) {
      const vector = asked[place] ?? new Float32Array();
      const cosines = rows.map((row) => dot(row.vector, vector));
      const byMeaning = [...cosines.keys()].sort((a, b) => (cosines[b] ?? 0) - (cosines[a] ?? 0));
      const scores = new Map(
        bm25.search(query.text, MIXED_DEPTH).map(({ id, score }) => [placeOf.get(id) ?? -1, score]),
      );
      const candidates = [...new Set([...scores.keys(), ...byMeaning.slice(0, MIXED_DEPTH)])];
      const mixed = mixHalf(
        candidates.map((at) => scores.get(at) ?? 0),
        candidates.map((at) => cosines[at] ?? 0),
      ).map((at) => candidates[at] ?? -1);
      gains.vectors.push(gainOf(query, idsAt(products, byMeaning)));
      gains.mixed.push(gainOf(query, idsAt(products, mixed)));
    }
    return gains;
  } finally {
    await embedder.close();
    store.close();
  }
}

/** The order of the candidates by the sum of both, each scaled to 0 to 1. */
function mixHalf(words: readonly number[], meanings: readonly number[]): number[] {
  const scaledMeanings = scaled(meanings);
  const sums = scaled(words).map((value, at) => value + (scaledMeanings[at] ?? 0));
  return [...sums.keys()].sort((a, b) => (sums[b] ?? 0) - (sums[a] ?? 0));
}

function idsAt(products: JudgedCatalog['products'], places: readonly number[]): string[] {
  return places.slice(0, DEPTH).flatMap((place) => products[place]?.id ?? []);
}

function scaled(values: readonly number[]): number[] {
  const min = Math.min(...values);
  const range = Math.max(...values) - min;
  return values.map((value) => (range === 0 ? 0 : (value - min) / range));
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function shown({ plain, condensed }: Gain): string {
  return `${plain.toFixed(4)}/${condensed.toFixed(4)}`;
}
