import { sentenceOf, UnavailableError } from '../domain/errors.js';
import { identityText } from '../domain/identity.js';
import { readProduct } from '../domain/product.js';
import type { ModelCard } from '../embed/model.js';
import { search } from '../search/search.js';
import { findSimilar } from '../search/similar/findSimilar.js';
import { openStore, type Store } from '../store/open.js';
import { openAccess } from './access.js';
import type { MonitoringSettings } from './configuration/monitoring.js';
import { type EnrichAtHand, openEnricher } from './enrichAtHand.js';
import { filled } from './filled.js';
import { activate, listWithCurrent } from './generations.js';
import { deltaSize, foldDelta } from './jobs/foldDelta.js';
import { JobQueue } from './jobs/jobQueue.js';
import { LazyEmbedder } from './lazyEmbedder.js';
import { Monitor } from './monitor/monitor.js';
import { Completing } from './queries/completing.js';
import { QueryVectors } from './queryVectors.js';
import { RecentAnswers } from './recentAnswers.js';
import { openReview } from './review/review.js';
import { ServedRules } from './rules/followRules.js';
import { openRules } from './rules/openRules.js';
import { Serving } from './serving.js';
import type { PartsListener, Shop, WriteResult } from './shop.js';
import { eraseProduct, writeProduct } from './writeProduct.js';

/** How often it is looked whether the delta has grown too large, in milliseconds. */
const DELTA_EVERY = 10_000;

export interface ShopOptions {
  readonly dataDir: string;
  readonly indexesDir: string;
  readonly modelDir: string;
  /** Threads that embed; default one a core. */
  readonly workers?: number;
  /** Days that searches are kept for, to be counted; none are unless said. */
  readonly queryDays?: number;
  readonly monitoring?: MonitoringSettings;
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
  const serving = await Serving.open(indexesDir, store, embedder, model, reasons, options.dataDir).catch(
    async (error: unknown) => {
      // The model's threads would keep the process from ending.
      await embedder.close();
      store.close();
      throw error;
    },
  );
  const completing = new Completing(options.dataDir, store.path, options.queryDays ?? 0, () =>
    serving.index(),
  );
  const queries = new QueryVectors((text) => embedder.run([text]));
  const jobs = new JobQueue(store, options);
  const monitor = new Monitor({ store, ...options, settings: options.monitoring });
  const note = (reason: string): void => {
    if (!reasons.includes(reason)) reasons.push(reason);
  };
  const watch = setInterval(() => {
    try {
      foldDelta(serving.index(), jobs, Date.now());
    } catch (error) {
      note(`The delta has grown and could not be folded in: ${sentenceOf(error)}`);
    }
  }, DELTA_EVERY);
  watch.unref();
  let enricher: { generation: string; at: Promise<EnrichAtHand> } | undefined;
  const served = new ServedRules(store);
  const ground = () => ({ ...serving.ground(), rules: served.current() });
  const meaningOf = (text: string): Promise<Float32Array | undefined> =>
    queries.get(text).catch((error: unknown) => {
      note(`Some searches were answered by words only: ${sentenceOf(error)}`);
      return undefined;
    });

  const embed = model === undefined ? undefined : meaningOf;
  const timing: PartsListener[] = [];
  const timed: PartsListener = (parts) => {
    for (const listen of timing) listen(parts);
  };
  const answers = new RecentAnswers(ground, model === undefined);

  return {
    search: async (request) =>
      completing.record(request, await answers.get(request, () => search(ground, request, embed, timed))),
    searchByWords: (request) => search(ground, request, undefined),
    searchWeighed: (request, weights) => search(() => ({ ...serving.ground(), weights }), request, embed),
    suggest: (request) => completing.suggest(request),
    synonymSuggestions: async (limit) =>
      model === undefined ? [] : completing.synonyms(ground(), (texts) => embedder.run(texts), limit),
    product: (id) => {
      const product = store.products.get(id);
      return product === undefined ? undefined : filled(product, store.facts.get(id));
    },
    similar: (request) => findSimilar(serving.index(), request),
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
    access: openAccess(store),
    jobs,
    monitor,
    onSearched: (listen) => {
      timing.push(listen);
    },
    figures: () => {
      const live = serving.index();
      const imports = store.imports.totals();
      return {
        products: live.live,
        delta: deltaSize(live),
        generationAge: (Date.now() - Date.parse(live.generation.created)) / 1000,
        jobsQueued: jobs.depth,
        vectorsAsked: queries.asked,
        vectorsRemembered: queries.remembered,
        answersAsked: answers.asked,
        answersRemembered: answers.remembered,
        importedRows: imports.rows,
        quarantinedRows: imports.quarantined,
      };
    },
    rules: openRules(store, ground, embed),
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
        reasons: [
          ...serving.reasons(),
          ...served.reasons(),
          ...completing.problems(),
          ...(jobs.failure === undefined ? [] : [jobs.failure]),
        ],
      };
    },
    close: async () => {
      clearInterval(watch);
      await monitor.close();
      await jobs.close();
      completing.close();
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
