import pLimit from 'p-limit';
import { activate, listWithCurrent } from '../catalog/generations.js';
import { LazyEmbedder } from '../catalog/lazyEmbedder.js';
import { eraseProduct } from '../catalog/writeProduct.js';
import type { Configuration } from '../configuration/configuration.js';
import { type JobsSettings, jobsSchema } from '../configuration/jobs.js';
import type { MonitoringSettings } from '../configuration/monitoring.js';
import { applyFacts, documentOf } from '../domain/filledProduct.js';
import { diskTrouble } from '../domain/diskTrouble.js';
import { sentenceOf, UnavailableError } from '../domain/errors.js';
import type { ModelCard } from '../embed/model.js';
import { search } from '../search/search.js';
import { findSimilar } from '../search/similar/findSimilar.js';
import { openToRead } from '../store/openToRead.js';
import { openApiKeys } from './apiKeys.js';
import { type EnrichAtHand, openEnricher } from './enrichProducts.js';
import { openImports } from './jobs/imports.js';
import { JobQueue } from './jobs/jobQueue.js';
import { deltaSize, scheduleReindex } from './jobs/scheduleReindex.js';
import { LiveCatalog } from './live/liveCatalog.js';
import { Monitor } from './monitor/monitor.js';
import { QueryCompletion } from './queries/completing.js';
import { QueryVectors } from './queries/queryVectors.js';
import { RecentAnswers } from './queries/recentAnswers.js';
import { openReview } from './review/review.js';
import { ServedRules } from './rules/followRules.js';
import { openRules } from './rules/openRules.js';
import type { PartsListener, Shop } from './shop.js';
import { IdempotencyStore } from './writes/idempotency.js';
import { StoreHealth } from './writes/storeHealth.js';
import { upsertRows } from './writes/upsertRows.js';

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
  /** All settings, for the jobs' processes; the defaults unless said. */
  readonly configuration?: Configuration;
  readonly jobs?: JobsSettings;
  readonly monitoring?: MonitoringSettings;
}

/** Searches stand still while a write waits for another process, so that is told to come again instead. */
const BUSY_TIMEOUT_MS = 1000;

/**
 * Opens what serves: the store, the current generation with everything written since laid over it, the model.
 * Without a usable model it answers by words.
 * @throws UserError if the store cannot be opened.
 */
export async function openShop(options: ShopOptions): Promise<Shop> {
  const { indexesDir } = options;
  const jobsSettings = options.jobs ?? jobsSchema.parse({});
  const opened = openToRead(options.dataDir, BUSY_TIMEOUT_MS);
  const writing = new StoreHealth(opened);
  const store = writing.store;
  const reasons: string[] = [];
  const embedder = new LazyEmbedder(options.modelDir, store, options.workers);
  const { model, missing } = await usableModel(embedder);
  const serving = await LiveCatalog.open(indexesDir, store, embedder, model, reasons, options.dataDir).catch(
    async (error: unknown) => {
      // The model's threads would keep the process from ending.
      await embedder.close();
      writing.close();
      store.close();
      throw error;
    },
  );
  // A store that cannot be written takes no queries either.
  const queryDays = store.readOnly === undefined ? (options.queryDays ?? 0) : 0;
  const completing = new QueryCompletion(options.dataDir, store.path, queryDays, () => serving.index());
  const queries = new QueryVectors((text) => embedder.run([text]));
  const jobs = new JobQueue(store, options, jobsSettings);
  const monitor = new Monitor({ store, ...options, settings: options.monitoring });
  const once = new IdempotencyStore(store, jobsSettings.idempotency_hours);
  const inTurn = pLimit(jobsSettings.max_concurrent_embeddings);
  let unfolded: string | undefined;
  const watch = setInterval(() => {
    try {
      scheduleReindex(serving.index(), jobs, Date.now(), jobsSettings);
      unfolded = undefined;
    } catch (error) {
      unfolded = `The delta has grown and could not be folded in: ${sentenceOf(error)}`;
    }
  }, DELTA_EVERY);
  watch.unref();
  let enricher: { generation: string; at: Promise<EnrichAtHand> } | undefined;
  const served = new ServedRules(store);
  const context = () => ({ ...serving.context(), rules: served.current() });
  /** Undefined where a query cannot be embedded; why it cannot, the embedder tells. */
  const meaningOf = async (text: string): Promise<Float32Array | undefined> =>
    serving.byMeaning ? queries.get(text).catch(() => undefined) : undefined;

  const embed = model === undefined ? undefined : meaningOf;
  const timing: PartsListener[] = [];
  const timed: PartsListener = (parts) => {
    for (const listen of timing) listen(parts);
  };
  const answers = new RecentAnswers(context, model === undefined);

  return {
    search: async (request) =>
      completing.record(request, await answers.get(request, () => search(context, request, embed, timed))),
    searchByWords: (request) => search(context, request, undefined),
    searchWeighed: (request, weights) => search(() => ({ ...serving.context(), weights }), request, embed),
    suggest: (request) => completing.suggest(request),
    synonymSuggestions: async (limit) =>
      model === undefined ? [] : completing.synonyms(context(), (texts) => embedder.run(texts), limit),
    product: (id) => {
      const product = store.products.get(id);
      return product === undefined ? undefined : documentOf(applyFacts(product, store.facts.get(id)));
    },
    similar: (request) => findSimilar(serving.index(), request),
    upsert: async (rows, idempotencyKey) => {
      const embedding = serving.byMeaning ? embedder : undefined;
      const results = await inTurn(() =>
        upsertRows(rows, { store, embedder: embedding, once, idempotencyKey: idempotencyKey }),
      );
      serving.sync();
      return results;
    },
    patch: async (id, live, idempotencyKey) => {
      const product = await store.transactionAsync(() =>
        once.run(
          idempotencyKey,
          () => {
            const patched = store.products.patch(id, live);
            return patched === undefined ? undefined : documentOf(applyFacts(patched, store.facts.get(id)));
          },
          (answer) => answer !== undefined,
        ),
      );
      serving.sync();
      return product;
    },
    remove: async (id, idempotencyKey) => {
      const gone = await store.transactionAsync(() =>
        once.run(
          idempotencyKey,
          () => eraseProduct(store, id),
          (was) => was,
        ),
      );
      serving.sync();
      return gone;
    },
    enrich: async (products) => {
      if (model === undefined)
        throw new UnavailableError(`Nothing can be filled without the model: ${missing}`);
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
    review: openReview(store, () => serving.sync()),
    access: openApiKeys(store),
    jobs,
    imports: openImports(options.dataDir, jobs, jobsSettings),
    monitor,
    onSearched: (listen) => {
      timing.push(listen);
    },
    figures: () => {
      const live = serving.index();
      const imports = readable(() => store.imports.totals());
      return {
        products: live.live,
        delta: deltaSize(live),
        generationAge: (Date.now() - Date.parse(live.generation.created)) / 1000,
        jobsQueued: readable(() => jobs.depth) ?? Number.NaN,
        vectorsAsked: queries.asked,
        vectorsRemembered: queries.remembered,
        answersAsked: answers.asked,
        answersRemembered: answers.remembered,
        importedRows: imports?.rows ?? Number.NaN,
        quarantinedRows: imports?.quarantined ?? Number.NaN,
      };
    },
    rules: openRules(store, context, embed),
    generations: () => listWithCurrent(indexesDir),
    activate: async (id) => {
      await activate(indexesDir, id);
      await serving.reloadIfSwitched(true);
    },
    health: () => {
      const live = serving.index();
      const { trouble } = embedder;
      return {
        ready: true,
        mode: serving.byMeaning && trouble === undefined ? 'hybrid' : 'lexical',
        generation: live.generation.id,
        products: live.live,
        reasons: [
          ...(missing === undefined ? [] : [`Search answers by words only: ${missing}`]),
          ...(trouble === undefined || missing !== undefined
            ? []
            : [`Search answers by words only: ${trouble}`]),
          ...writing.reasons(),
          ...(unfolded === undefined ? [] : [unfolded]),
          ...serving.reasons(),
          ...served.reasons(),
          ...completing.problems(),
          ...(jobs.failure === undefined ? [] : [jobs.failure]),
        ],
      };
    },
    close: async () => {
      clearInterval(watch);
      writing.close();
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
): Promise<{ model: ModelCard | undefined; missing?: string }> {
  try {
    const model = await embedder.model();
    await embedder.run(['ready']);
    return { model };
  } catch (error) {
    return { model: undefined, missing: sentenceOf(error) };
  }
}

/** What is read of the store; undefined where it cannot be read. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (diskTrouble(error) === undefined) throw error;
    return undefined;
  }
}
