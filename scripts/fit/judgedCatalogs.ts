import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readJudgments } from '../../src/catalog/evaluate/readJudgments.js';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import type { Product } from '../../src/domain/product.js';
import { seededRandom } from '../../src/domain/seededRandom.js';
import { PHONE_COLUMNS, readCatalog } from '../bench/catalog.js';
import {
  combineValues,
  hideLabels,
  shortenTitles,
  type Truth,
  takePopular,
  takeSentences,
} from './deriveQueries.js';
import { type JudgedCatalog, type JudgedQuery, queryTypeOf } from './judgedQuery.js';

const SEED = 1;
/** Share of the labelled products whose category and attributes the index does not have. */
const HIDDEN = 1 / 3;
const DEMO_QUERIES = 'catalogs/demo-queries.tsv';
const DEMO_GOLD = 'test/data/demo-gold.jsonl';
const PHONES = { ...PHONE_COLUMNS, gtin: 'upc' };

/** Every catalog that is there, with its judged queries. `data` is the folder of the public ones. */
export async function* judgedCatalogs(data: string): AsyncGenerator<JudgedCatalog> {
  for (const name of ['esci', 'icecat']) {
    const file = path.join(data, name, 'products.jsonl.gz');
    if (!existsSync(file)) continue;
    const judgments = path.join(data, name, 'judgments.dev.tsv');
    yield { name, products: await readCatalog(file), queries: await judgedQueries(judgments, 'judged') };
  }
  const fashion = path.join(data, 'fashion/products.jsonl.gz');
  if (existsSync(fashion)) {
    const products = await readCatalog(fashion);
    yield derive('fashion', products, new Map(products.map((one) => [one.id, one])), HIDDEN);
  }
  const phones = path.join(data, 'bestbuy-phones/products.jsonl.gz');
  if (existsSync(phones)) {
    const products = (await readCatalog(phones, PHONES)).map(
      ({ id, title, brand, category, description, gtin, attributes }): Product => {
        const color = attributes?.color;
        return {
          id,
          title,
          brand,
          category,
          description,
          gtin,
          ...(color !== undefined && { attributes: { color } }),
        };
      },
    );
    const derived = derive('phones', products, new Map(products.map((one) => [one.id, one])), HIDDEN);
    const popular = takePopular(
      products,
      await popularQueries(path.join(data, 'bestbuy-queries/queries.tsv')),
    );
    yield { ...derived, queries: [...derived.queries, ...popular] };
  }
  const gold = await readCatalog(DEMO_GOLD);
  const demo = derive(
    'demo',
    await readCatalog(packagePaths.demoCatalog),
    new Map(gold.map((one) => [one.id, one])),
    0,
  );
  yield { ...demo, queries: [...demo.queries, ...(await judgedQueries(DEMO_QUERIES, 'judged'))] };
}

function derive(
  name: string,
  all: readonly Product[],
  truth: ReadonlyMap<string, Truth>,
  hidden: number,
): JudgedCatalog {
  const random = seededRandom(SEED);
  const { products, queries } = takeSentences(all, random);
  return {
    name,
    products: hideLabels(products, hidden, random),
    queries: [...queries, ...shortenTitles(all, random), ...combineValues(truth, random)],
  };
}

async function judgedQueries(file: string, family: string): Promise<JudgedQuery[]> {
  return [...(await readJudgments(file))]
    .filter(([, grades]) => [...grades.values()].some((grade) => grade > 0))
    .map(([text, grades]) => ({
      text,
      family,
      type: queryTypeOf(text),
      grades,
      isJudged: (id) => grades.has(id),
    }));
}

/** The most popular first. */
async function popularQueries(file: string): Promise<string[]> {
  if (!existsSync(file)) return [];
  const [, ...lines] = (await readFile(file, 'utf8')).trim().split('\n');
  return lines
    .map((line) => line.split('\t'))
    .sort((a, b) => Number(b[1]) - Number(a[1]))
    .map(([query = '']) => query);
}
