import { readFileSync } from 'node:fs';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { fieldValue } from '../../src/domain/field.js';
import type { Product } from '../../src/domain/product.js';
import type { SearchAnswer } from '../../src/search/searchAnswer.js';
import { searchRequestSchema } from '../../src/search/searchRequest.js';
import { openReader } from '../../src/service/openReader.js';
import type { Reader } from '../../src/service/reader.js';
import { indexCatalog } from './indexCatalog.js';

const QUERIES = 200;
const FACETS = ['brand', 'category', '*'];
/** Number of facet values per answer that are used as filters and counted again. */
const VALUES = 2;

/**
 * 200 queries with filters: all pages together have as many hits as the total says and no hit twice, facets count these
 * hits, and a filter by a facet value gives as many hits as the facet counted. Queries come from titles and values of the
 * catalog or from a file (one query per line, or the first column of a TSV with a header), filters from its facets.
 */
export async function benchWalk(named: string | undefined, queriesFile?: string): Promise<void> {
  const { name, dataDir, indexesDir, remove } = await indexCatalog(named);
  const reader = await openReader({ dataDir, indexesDir, modelDir: packagePaths.model, workers: 1 });
  try {
    const all = await ask(reader, { per_page: 250, facets: FACETS, facet_limit: 200 });
    const queries = queriesFile === undefined ? queriesOf(all) : readQueries(queriesFile);
    const filters = filtersOf(all);
    const violations: string[] = [];
    let walked = 0;
    let relaxed = 0;
    for (let i = 0; i < QUERIES; i++) {
      const q = queries[i % queries.length] ?? '';
      const filter = filters[(i * 7) % filters.length];
      const walk = await walkAll(reader, q, filter);
      walked += walk.total;
      if (walk.relaxed) relaxed++;
      for (const violation of walk.violations) violations.push(`${q} | ${filter ?? ''}: ${violation}`);
    }
    console.log(
      `walking ${name}: ${QUERIES} queries x filters (${filters.length} filters), ${walked} hits walked, ${relaxed} relaxed, ${violations.length} violations`,
    );
    for (const violation of violations.slice(0, 20)) console.log(`  ${violation}`);
    if (violations.length > 0) process.exitCode = 1;
  } finally {
    await reader.close();
    await remove();
  }
}

type Asked = Parameters<typeof searchRequestSchema.parse>[0];
const ask = (reader: Reader, request: Asked): Promise<SearchAnswer> =>
  reader.search(searchRequestSchema.parse(request));

async function walkAll(
  reader: Reader,
  q: string,
  filter: string | undefined,
): Promise<{ total: number; relaxed: boolean; violations: string[] }> {
  const violations: string[] = [];
  const request = {
    q,
    per_page: 250,
    facets: FACETS,
    facet_limit: 10_000,
    ...(filter !== undefined && { filter }),
  };
  const first = await ask(reader, request);
  const products = new Map<string, Product>();
  for (let answer = first, page = 1; answer.hits.length > 0; ) {
    for (const { id, product } of answer.hits) {
      if (products.has(id)) violations.push(`${id} is on two pages`);
      products.set(id, product);
    }
    answer = await ask(reader, { ...request, page: ++page });
    if (answer.total !== first.total)
      violations.push(`page ${page} counts ${answer.total}, page 1 ${first.total}`);
  }
  if (products.size !== first.total) violations.push(`walked ${products.size} of ${first.total}`);
  for (const [field, values] of Object.entries(first.facets)) {
    const recounted = recount(products.values(), field);
    const counted = new Map(values.map(({ value, count }) => [String(value), count]));
    for (const value of new Set([...recounted.keys(), ...counted.keys()])) {
      if (recounted.get(value) !== counted.get(value))
        violations.push(`${field} '${value}': counted ${counted.get(value)}, walked ${recounted.get(value)}`);
    }
    // A category filter includes the categories below.
    if (field === 'category') continue;
    for (const { value, count } of spreadOver(values, VALUES)) {
      const own = `\`${field}\` = '${String(value).replace(/[\\']/g, '\\$&')}'`;
      const { total } = await ask(reader, {
        q,
        filter: filter === undefined ? own : `(${filter}) AND ${own}`,
      });
      if (total !== count) violations.push(`${own} leaves ${total}, counted ${count}`);
    }
  }
  return { total: first.total, relaxed: first.understood.relaxed.length > 0, violations };
}

function recount(products: Iterable<Product>, field: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const product of products) {
    const value = fieldValue(product, field);
    const texts = [value].flat().flatMap((one) => (one === undefined || one === null ? [] : [String(one)]));
    for (const text of new Set(texts)) if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

/** One to three words of titles, and whole values. */
function queriesOf({ hits, facets }: SearchAnswer): string[] {
  const queries = hits.flatMap(({ product }, index) => {
    const words = String(product.title ?? '').split(/\s+/);
    return words[0] === ''
      ? []
      : [
          words
            .slice(index % words.length)
            .slice(0, 1 + (index % 3))
            .join(' '),
        ];
  });
  const values = Object.values(facets).flatMap((list) => list.map(({ value }) => String(value)));
  return spreadOver([...queries, ...spreadOver(values, 100)], QUERIES);
}

function readQueries(file: string): string[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  const texts = lines.slice(lines[0]?.includes('\t') ? 1 : 0).map((line) => line.split('\t')[0] ?? '');
  return [...new Set(texts)].filter((text) => text !== '');
}

/** No filter, values of every facet, price ranges, and combinations. */
function filtersOf({ facets }: SearchAnswer): (string | undefined)[] {
  const equal = Object.entries(facets).flatMap(([field, values]) =>
    spreadOver(values, 6).map(({ value }) => `\`${field}\` = '${String(value).replace(/[\\']/g, '\\$&')}'`),
  );
  const ranges = ['price < 20', 'price >= 20 AND price < 200', 'NOT price EXISTS'];
  const both = equal.map((one, index) => `${one} AND ${ranges[index % ranges.length]}`);
  const either = equal.map((one, index) => `${one} OR ${equal[(index + 3) % equal.length]}`);
  return [undefined, ...equal, ...ranges, ...both.slice(0, 12), ...either.slice(0, 12)];
}

function spreadOver<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]).filter(
    (item) => item !== undefined,
  );
}
