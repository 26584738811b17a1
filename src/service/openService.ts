import { activate } from '../catalog/generations.js';
import { type Configuration, configurationSchema } from '../configuration/configuration.js';
import { describeSettings, type SettingsSource } from '../configuration/describeSettings.js';
import { type EventsSettings, eventsSchema } from '../configuration/events.js';
import { type JobsSettings, jobsSchema } from '../configuration/jobs.js';
import { type LearningSettings, learningSchema } from '../configuration/learning.js';
import type { MonitoringSettings } from '../configuration/monitoring.js';
import type { WebhooksSettings } from '../configuration/webhooks.js';
import { storageErrorOf } from '../domain/storageError.js';
import type { ChangeKind } from '../store/changes.js';
import type { Store } from '../store/open.js';
import { openStoreOrCopy } from '../store/openStoreOrCopy.js';
import { openApiKeys, openKeyBook } from './apiKeys.js';
import { openAudits } from './audits.js';
import { requireIndexedFields } from './checkKeyFilter.js';
import { EngineLink } from './engine/engineLink.js';
import { ProductEnricher } from './enrichProducts.js';
import { ExperimentBook } from './experiments.js';
import { GuardrailWatch } from './guardrailWatch.js';
import { openInsights } from './insights/openInsights.js';
import { JobQueue } from './jobs/jobQueue.js';
import { openImports } from './jobs/openImports.js';
import { DeltaWatch, deltaSize } from './jobs/scheduleReindex.js';
import { LearningWatch } from './learning/learningWatch.js';
import { openLearned } from './learning/openLearned.js';
import { openMappings } from './mappings.js';
import { Monitor } from './monitor/monitor.js';
import { openReaderParts, type ReaderOptions, type ReaderParts } from './openReaderParts.js';
import { RankingBook } from './rankingBook.js';
import { openReview } from './review/review.js';
import type { Service, ServiceFigures } from './service.js';
import { EventRecorder } from './shopEvents.js';
import { openSpellings } from './spellings.js';
import { openTaxonomies } from './taxonomies.js';
import { Webhooks } from './webhooks/webhooks.js';
import { openWrites } from './writes/openWrites.js';
import { StoreHealth } from './writes/storeHealth.js';

export interface ServiceOptions extends ReaderOptions {
  /** Days that searches are recorded for; default: none are recorded. */
  readonly queryDays?: number;
  /** All settings, for the processes of jobs; default: the defaults. */
  readonly configuration?: Configuration;
  readonly settingsSource?: SettingsSource;
  readonly jobs?: JobsSettings;
  readonly monitoring?: MonitoringSettings;
  readonly webhooks?: WebhooksSettings;
  /** Default: events are kept for the default time. */
  readonly events?: EventsSettings;
  /** Default: a learning from events every quarter. */
  readonly learning?: LearningSettings;
}

/** Searches are not answered while a write waits for another process, so a write that waits longer fails as busy. */
const BUSY_TIMEOUT_MS = 1000;

/**
 * Opens what a running service needs: a reader that also writes, runs jobs, records queries and monitors quality.
 * Without a usable model it answers by words.
 * @throws UserError if the store cannot be opened.
 */
export async function openService(options: ServiceOptions): Promise<Service> {
  const opened = openStoreOrCopy(options.dataDir, BUSY_TIMEOUT_MS);
  const storeHealth = new StoreHealth(opened);
  const { store } = storeHealth;
  let parts: ReaderParts | undefined;
  try {
    parts = await openReaderParts({
      ...options,
      store,
      queryDays: store.readOnly === undefined ? (options.queryDays ?? 0) : 0,
      createGeneration: true,
    });
    return serviceOver(parts, storeHealth, options);
  } catch (error) {
    await parts?.reader.close();
    storeHealth.close();
    store.close();
    throw error;
  }
}

function serviceOver(parts: ReaderParts, storeHealth: StoreHealth, options: ServiceOptions): Service {
  const { reader, catalog, embedder, rules } = parts;
  const { store } = storeHealth;
  const settings = options.jobs ?? jobsSchema.parse({});
  const jobs = new JobQueue(store, options, settings);
  const webhooks = new Webhooks(store, options.indexesDir, options.webhooks);
  const monitor = new Monitor({ store, ...options, settings: options.monitoring });
  const link = linkOf(parts, store, options.indexesDir);
  /** Resolves when the next search, wherever it is answered, sees what was written. */
  const sync = async (changed?: ReadonlyMap<string, ChangeKind>): Promise<void> => {
    await catalog.sync(changed);
    await link?.sync();
  };
  const deltaWatch = new DeltaWatch(() => catalog.index(), jobs, settings);
  const learning = options.learning ?? learningSchema.parse({});
  const learned = openLearned(options.dataDir, learning);
  const learningWatch = new LearningWatch({ dataDir: options.dataDir, jobs, settings: learning });
  const enricher = new ProductEnricher(store, parts);
  const eventsSettings = options.events ?? eventsSchema.parse({});
  const events = new EventRecorder({
    dataDir: options.dataDir,
    retentionDays: eventsSettings.retention_days,
    maxEvents: eventsSettings.max_events,
    readOnly: store.readOnly,
    busyTimeout: BUSY_TIMEOUT_MS,
  });
  const experiments = new ExperimentBook({
    reader,
    known: () => events.known(),
    open: () => events.store(),
    ranking: new RankingBook(store),
    dataDir: options.dataDir,
    indexesDir: options.indexesDir,
    categoryOf: (id) => reader.product(id)?.category,
  });
  const guardrails = new GuardrailWatch(experiments);
  return {
    ...reader,
    ...openWrites({ store, embedder, hasVectors: () => catalog.hasVectors, sync, settings }),
    rules,
    changesSince: (sequence, limit) => ({
      changes: store.changes.since(sequence, limit),
      last: store.changes.last(),
    }),
    enrich: (products) => enricher.enrich(products),
    review: openReview(store, () => sync()),
    spellings: openSpellings(store, () => sync()),
    insights: openInsights(store, options.queryDays ?? 0),
    taxonomies: openTaxonomies(store),
    audits: openAudits(store, options.dataDir, () => sync()),
    access: openApiKeys(store),
    keys: openKeyBook(store, (filter) => requireIndexedFields(catalog.index(), filter)),
    settings: () =>
      describeSettings(options.configuration ?? configurationSchema.parse({}), options.settingsSource),
    jobs,
    imports: openImports(options.dataDir, jobs, settings),
    mappings: openMappings(store),
    monitor,
    webhooks,
    events,
    experiments,
    learned,
    figures: () => figuresOf(parts, store, jobs),
    activate: async (id) => {
      const { engine } = parts;
      await activate(options.indexesDir, id, engine === undefined ? undefined : { engine, store });
      await catalog.reloadIfSwitched(true);
    },
    health: () => {
      const health = reader.health();
      const problems = [
        ...storeHealth.problems(),
        deltaWatch.problem,
        jobs.problem,
        events.problem(),
        learningWatch.problem,
        ...(link?.problems() ?? []),
        guardrails.problem,
      ];
      return {
        ...health,
        reasons: [...problems.filter((problem) => problem !== undefined), ...health.reasons],
      };
    },
    close: async () => {
      deltaWatch.close();
      learningWatch.close();
      await guardrails.close();
      learned.close();
      storeHealth.close();
      await events.close();
      await webhooks.close();
      await monitor.close();
      await jobs.close();
      await link?.close();
      await reader.close();
      store.close();
    },
  };
}

/** Keeps the engine like the store; undefined where products are searched in this process. */
function linkOf(
  { engine, catalog, contextOf }: ReaderParts,
  store: Store,
  indexesDir: string,
): EngineLink | undefined {
  if (engine === undefined) return undefined;
  return new EngineLink({
    ...{ engine, store, indexesDir },
    context: () => contextOf('active'),
    all: () => catalog.index(),
    synonyms: () => catalog.ownSynonyms,
    reload: () => catalog.reloadIfSwitched(true),
  });
}

function figuresOf(
  { catalog, queryVectors, recentAnswers }: ReaderParts,
  store: Store,
  jobs: JobQueue,
): ServiceFigures {
  const index = catalog.index();
  const imports = readIfPossible(() => store.imports.totals());
  return {
    products: index.live,
    delta: deltaSize(index),
    generationAge: (Date.now() - Date.parse(index.generation.created)) / 1000,
    jobsQueued: readIfPossible(() => jobs.depth) ?? Number.NaN,
    vectorsAsked: queryVectors.asked,
    vectorsRemembered: queryVectors.remembered,
    answersAsked: recentAnswers.asked,
    answersRemembered: recentAnswers.remembered,
    importedRows: imports?.rows ?? Number.NaN,
    quarantinedRows: imports?.quarantined ?? Number.NaN,
  };
}

/** Undefined where the store cannot be read. */
function readIfPossible<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (storageErrorOf(error) === undefined) throw error;
    return undefined;
  }
}
