import { sentenceOf, UnavailableError } from '../domain/errors.js';
import { identityText } from '../domain/identity.js';
import { readProduct } from '../domain/product.js';
import type { ModelCard } from '../embed/model.js';
import { search } from '../search/search.js';
import { similar } from '../search/similar.js';
import { openStore, type Store } from '../store/open.js';
import { type EnrichAtHand, openEnricher } from './enrichAtHand.js';
import { filled } from './filled.js';
import { activate, listWithCurrent } from './generations.js';
import { LazyEmbedder } from './lazyEmbedder.js';
import { QueryVectors } from './queryVectors.js';
import { openReview } from './review/review.js';
import { Serving } from './serving.js';
import type { Shop, WriteResult } from './shop.js';
import { eraseProduct, writeProduct } from './writeProduct.js';

export interface ShopOptions {
  readonly dataDir: string;
  readonly indexesDir: string;
  readonly modelDir: string;
  /** Threads that embed; default one a core. */
  readonly workers?: number;
}

/** Searches stand still while a write waits for another process, so that is told to come again instead. */
const PATIENCE = 1000;

/**
 * Opens what serves: the store, the current generation with everything written since laid over it, the model.
 * Without a usable model it answers by words.
 * @throws UserError if the store cannot be opened.
 */
export async function openShop(options: ShopOptions): Promise<Shop> {
  const { indexesDir } = options;
  const store = openStore(options.dataDir, PATIENCE);
  const reasons: string[] = [];
  const embedder = new LazyEmbedder(options.modelDir, store, options.workers);
  const { model, lacking } = await usableModel(embedder);
  if (lacking !== undefined) reasons.push(`Search answers by words only: ${lacking}`);
  const serving = await Serving.open(indexesDir, store, embedder, model, reasons).catch(
    async (error: unknown) => {
      // The model's threads would keep the process from ending.
      await embedder.close();
      store.close();
      throw error;
    },
  );
  const queries = new QueryVectors((text) => embedder.run([text]));
  let enricher: { generation: string; at: Promise<EnrichAtHand> } | undefined;
  const ground = () => serving.ground();
  const meaningOf = (text: string): Promise<Float32Array | undefined> =>
    queries.get(text).catch((error: unknown) => {
      const reason = `Some searches were answered by words only: ${sentenceOf(error)}`;
      if (!reasons.includes(reason)) reasons.push(reason);
      return undefined;
    });

  return {
    search: (request) => search(ground, request, model === undefined ? undefined : meaningOf),
    searchByWords: (request) => search(ground, request, undefined),
    product: (id) => {
      const product = store.products.get(id);
      return product === undefined ? undefined : filled(product, store.facts.get(id));
    },
    similar: (id, limit) => similar(serving.index(), id, limit),
    upsert: async (rows) => {
      const results = await upsert(rows, store, model === undefined ? undefined : embedder);
      serving.level();
      return results;
    },
    patch: (id, live) => {
      const product = store.transaction(() => store.products.patch(id, live));
      serving.level();
      return product === undefined ? undefined : filled(product, store.facts.get(id));
    },
    remove: (id) => {
      const gone = store.transaction(() => eraseProduct(store, id));
      serving.level();
      return gone;
    },
    enrich: async (products) => {
      if (model === undefined)
        throw new UnavailableError(`Nothing can be filled without the model: ${lacking}`);
      const generation = serving.index().generation.id;
      // A reindex learns anew, so what it learned is read anew.
      if (enricher?.generation !== generation) enricher = { generation, at: openEnricher(store, embedder) };
      const { at } = enricher;
      const enrich = await at.catch((error: unknown) => {
        if (enricher?.at === at) enricher = undefined;
        throw error;
      });
      return enrich(products);
    },
    review: openReview(store, () => serving.level()),
    generations: () => listWithCurrent(indexesDir),
    activate: async (id) => {
      await activate(indexesDir, id);
      await serving.look();
    },
    health: () => {
      const live = serving.index();
      return {
        ready: true,
        mode: model === undefined || live.generation.model === null ? 'lexical' : 'hybrid',
        generation: live.generation.id,
        products: live.live,
        reasons: serving.reasons(),
      };
    },
    close: async () => {
      await serving.close();
      await embedder.close();
      store.close();
    },
  };
}

/** Loads the model right away, so that the first query does not wait for it; else says what it lacks. */
async function usableModel(
  embedder: LazyEmbedder,
): Promise<{ model: ModelCard | undefined; lacking?: string }> {
  try {
    const model = await embedder.model();
    await embedder.run(['ready']);
    return { model };
  } catch (error) {
    return { model: undefined, lacking: sentenceOf(error) };
  }
}

/** Vectors first, so that what is on disk is searchable in full at once; then all rows in one transaction. */
async function upsert(
  rows: readonly unknown[],
  store: Store,
  embedder: LazyEmbedder | undefined,
): Promise<WriteResult[]> {
  const read = rows.map(readProduct);
  const texts = read
    .map((row) => ('product' in row ? identityText(row.product) : ''))
    .filter((text) => text !== '');
  await embedder?.embed(texts);
  return store.transaction(() =>
    read.map((row, place): WriteResult => {
      if (!('product' in row)) {
        const problem = row.problems[0];
        return {
          row: place,
          status: 'refused',
          field: problem?.field ?? '',
          reason: problem?.reason ?? 'unreadable',
        };
      }
      const outcome = writeProduct(store, row.product);
      const status = outcome === 'inserted' ? 'created' : outcome === 'unchanged' ? 'unchanged' : 'updated';
      return { id: row.product.id, status };
    }),
  );
}
