import { create, insertMultiple, search as searchOrama } from '@orama/orama';
import MiniSearch from 'minisearch';
import { LazyEmbedder } from '../../../src/catalog/lazyEmbedder.js';
import { packagePaths } from '../../../src/configuration/packagePaths.js';
import { identityText } from '../../../src/domain/identityText.js';
import type { Product } from '../../../src/domain/product.js';
import type { SearchAnswer } from '../../../src/search/searchAnswer.js';
import { type SearchRequest, searchRequestSchema } from '../../../src/search/searchRequest.js';
import { openReader } from '../../../src/service/openReader.js';
import type { Reader } from '../../../src/service/reader.js';
import { openStore } from '../../../src/store/open.js';
import { fieldsOf, openBm25, textOf } from './bm25.js';

/** Searches for a query and returns at most `limit` ids, best first. */
export interface Engine {
  search(query: string, limit: number): Promise<string[]>;
  close(): Promise<void>;
}

/** The folders of the imported and indexed catalog; its vectors are used too. */
export interface Ground {
  readonly dataDir: string;
  readonly indexesDir: string;
}

export type MakeEngine = (products: () => Promise<Product[]>, context: Ground) => Promise<Engine>;

const DIMENSION = 384;
const CHUNK = 1000;

export const engines = {
  shelfwright: (_, context) => shelfwright(context, (reader, request) => reader.search(request)),
  'shelfwright, words only': (_, context) =>
    shelfwright(context, (reader, request) => reader.searchByWords(request)),
  'BM25 (SQLite FTS5, porter)': fts5,
  MiniSearch: miniSearch,
  'Orama, full text': (products, context) => orama(products, context, undefined),
  'Orama, hybrid': (products, context) => orama(products, context, {}),
  // With the default of 0.8 hardly any product is similar enough to a query of a few words.
  'Orama, hybrid, similarity 0': (products, context) => orama(products, context, { similarity: 0 }),
} satisfies Record<string, MakeEngine>;
export type EngineName = keyof typeof engines;

export function isEngine(name: string): name is EngineName {
  return name in engines;
}

async function shelfwright(
  context: Ground,
  ask: (reader: Reader, request: SearchRequest) => Promise<SearchAnswer>,
): Promise<Engine> {
  const reader = await openReader({ ...context, modelDir: packagePaths.model, workers: 1 });
  return {
    search: async (q, limit) =>
      (await ask(reader, searchRequestSchema.parse({ q, per_page: limit }))).hits.map(({ id }) => id),
    close: () => reader.close(),
  };
}

async function fts5(products: () => Promise<Product[]>): Promise<Engine> {
  const index = openBm25(await products());
  return {
    search: async (query, limit) => index.search(query, limit).map(({ id }) => id),
    close: async () => index.close(),
  };
}

/** As its documentation recommends: title boosted twice, prefix search, fuzziness 0.2. */
async function miniSearch(products: () => Promise<Product[]>): Promise<Engine> {
  const index = new MiniSearch<Record<string, string>>({
    fields: ['title', 'brand', 'category', 'description', 'attributes'],
    searchOptions: { boost: { title: 2 }, fuzzy: 0.2, prefix: true },
  });
  for (const product of await products()) index.add({ ...fieldsOf(product), id: product.id });
  return {
    search: async (query, limit) =>
      index
        .search(query)
        .slice(0, limit)
        .map(({ id }) => String(id)),
    close: async () => {},
  };
}

async function orama(
  products: () => Promise<Product[]>,
  { dataDir }: Ground,
  hybrid: { similarity?: number } | undefined,
): Promise<Engine> {
  const rows = await products();
  const store = openStore(dataDir);
  const embedder = new LazyEmbedder(packagePaths.model, store, 1);
  const vectors = hybrid === undefined ? [] : await embedder.embed(rows.map(identityText));
  const text = { id: 'string', text: 'string' } as const;
  const database = create({
    schema: hybrid === undefined ? text : { ...text, vector: `vector[${DIMENSION}]` as const },
  });
  const documents = rows.map((product, place) => {
    const vector = vectors[place]?.vector;
    return {
      id: product.id,
      text: textOf(product),
      ...(vector !== undefined && { vector: Array.from(vector) }),
    };
  });
  for (let from = 0; from < documents.length; from += CHUNK)
    await insertMultiple(database, documents.slice(from, from + CHUNK), CHUNK);
  return {
    search: async (term, limit) => {
      const common = { term, properties: ['text'] as 'text'[], limit };
      const [value] = hybrid === undefined ? [] : await embedder.run([term]);
      const { hits } = await searchOrama(
        database,
        value === undefined
          ? { ...common, mode: 'fulltext' }
          : {
              ...common,
              ...hybrid,
              mode: 'hybrid',
              vector: { value: Array.from(value), property: 'vector' },
            },
      );
      return hits.map(({ document }) => document.id);
    },
    close: async () => {
      await embedder.close();
      store.close();
    },
  };
}
