import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { evaluateSearch, type SearchEvaluation } from '../../src/catalog/evaluate/evaluateSearch.js';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import type { Product } from '../../src/domain/product.js';
import { seededRandom } from '../../src/domain/seededRandom.js';
import { openReader } from '../../src/service/openReader.js';
import { readCatalog } from './catalog.js';
import { runCommand } from './runCommand.js';

const JUDGED = ['../shared/data/esci', '../shared/data/icecat'];
/** Share of the values that are removed. */
const REMOVED = 0.5;
const SEED = 1;
/** Fields that hold an attribute outside `attributes`; as attributes they can be filled. */
const ATTRIBUTES = ['color'];

/**
 * What enrichment is worth to search on judged catalogs (folders with `products.jsonl.gz` and `judgments.dev.tsv`):
 * NDCG@10 with and without it, on the catalog as it is, and on the catalog with half of its brands, categories and
 * attribute values removed.
 */
export async function benchRecovery(named: string | undefined, seed = `${SEED}`): Promise<void> {
  const folders = named === undefined ? JUDGED.filter((folder) => existsSync(folder)) : [named];
  if (folders.length === 0) {
    console.log('recovery: no judged catalog found; name one: npm run bench -- recovery <folder> [<seed>]');
  }
  for (const folder of folders) await recover(folder, Number(seed));
}

async function recover(folder: string, seed: number): Promise<void> {
  const work = await mkdtemp(path.join(tmpdir(), 'shelfwright-bench-'));
  try {
    const whole = (await readCatalog(path.join(folder, 'products.jsonl.gz'))).map(withAttributes);
    const judgments = path.join(folder, 'judgments.dev.tsv');
    const random = seededRandom(seed);
    const halved = whole.map((product) => withoutHalf(product, random));
    const measure = async (name: string, products: readonly Product[], flags: readonly string[]) => {
      const report = await evaluate(path.join(work, name), products, judgments, flags);
      const { ndcg_at_10, condensed_ndcg_at_10 } = report.hybrid;
      console.log(`  ${name.padEnd(28)} ${ndcg_at_10.toFixed(4)}   ${condensed_ndcg_at_10.toFixed(4)}`);
      return ndcg_at_10;
    };
    console.log(`recovery in ${folder}, ${whole.length} products, seed ${seed}`);
    console.log(`  ${''.padEnd(28)} NDCG@10  condensed`);
    const full = await measure('whole', whole, ['--no-enrich']);
    const enriched = await measure('whole, enriched', whole, []);
    const without = await measure('half removed', halved, ['--no-enrich']);
    const recovered = await measure('half removed, enriched', halved, []);
    console.log(`  on the whole catalog enrichment changes NDCG@10 by ${signed(enriched - full)}`);
    console.log(
      `  removal costs ${(full - without).toFixed(4)}, enrichment recovers ${(recovered - without).toFixed(4)} (${percent((recovered - without) / (full - without))})`,
    );
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function withAttributes(product: Product): Product {
  const attributes = { ...product.attributes };
  const others: Product = { ...product };
  for (const name of ATTRIBUTES) {
    const value = product[name];
    if (typeof value !== 'string') continue;
    attributes[name] = value;
    delete others[name];
  }
  return Object.keys(attributes).length === 0 ? others : { ...others, attributes };
}

function withoutHalf({ brand, category, attributes, ...others }: Product, random: () => number): Product {
  const keeps = (): boolean => random() >= REMOVED;
  return {
    ...others,
    ...(keeps() && brand !== undefined && { brand }),
    ...(keeps() && category !== undefined && { category }),
    ...(attributes !== undefined && {
      attributes: Object.fromEntries(Object.entries(attributes).filter(keeps)),
    }),
  };
}

async function evaluate(
  folder: string,
  products: readonly Product[],
  judgments: string,
  flags: readonly string[],
): Promise<SearchEvaluation> {
  const [dataDir, indexesDir] = [path.join(folder, 'data'), path.join(folder, 'indexes')];
  const folders = ['--data', dataDir, '--indexes', indexesDir];
  const file = `${folder}.jsonl`;
  await writeFile(file, products.map((product) => `${JSON.stringify(product)}\n`).join(''));
  await runCommand(['import', file, ...folders]);
  await runCommand(['reindex', ...flags, ...folders]);
  const reader = await openReader({ dataDir, indexesDir, modelDir: packagePaths.model, workers: 1 });
  try {
    return await evaluateSearch(
      judgments,
      (request) => reader.search(request),
      (request) => reader.searchByWords(request),
    );
  } finally {
    await reader.close();
  }
}

function signed(value: number): string {
  return (value < 0 ? '' : '+') + value.toFixed(4);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
