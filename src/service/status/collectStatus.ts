import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { Completeness } from '../../catalog/audit/completeness.js';
import { readLearned } from '../../catalog/enrich/learnedProfile.js';
import { governingTaxonomy } from '../../catalog/taxonomy/governingTaxonomy.js';
import type { MonitoringSettings } from '../../configuration/monitoring.js';
import { sentenceOf } from '../../domain/errors.js';
import { isShown } from '../../domain/fact.js';
import type { Job } from '../../domain/job.js';
import { listGenerations } from '../../index/generation/generations.js';
import type { Manifest } from '../../index/generation/manifest.js';
import type { AlertState } from '../../store/alerts.js';
import type { LoggedImport } from '../../store/imports.js';
import type { Store } from '../../store/open.js';
import { openReadOnly } from '../../store/openReadOnly.js';
import { acquireProcessMutex } from '../../store/processMutex.js';
import { JOBS_LOCK } from '../jobs/jobQueue.js';
import { measureQuality } from '../monitor/measureQuality.js';
import { type Measure, recommendationFor } from '../monitor/measures/measure.js';
import { sampleProducts } from '../monitor/measures/sampleProducts.js';
import { lastBackup } from './lastBackup.js';

/** Products that completeness is estimated from. */
const COMPLETENESS_SAMPLE = 2000;
const LATEST_JOBS = 3;

export interface GenerationStatus {
  readonly id: string;
  readonly created: string;
  readonly age_seconds: number;
  readonly products: number;
  readonly mode: 'hybrid' | 'lexical';
  readonly taxonomy: string;
  readonly bytes: number;
}

export interface StoreStatus {
  readonly products: number;
  readonly bytes: number;
  /** Products written since the generation was built. */
  readonly delta: number;
  readonly facts: Readonly<Record<string, number>>;
  /** Share of category and attribute cells filled by the merchant (`before`) and with applied facts (`after`), in a sample of `of` products. */
  readonly completeness: { readonly before: number; readonly after: number; readonly of: number } | null;
  readonly learned: { readonly at: string; readonly rows: number } | null;
  /** Valid ones. */
  readonly keys: number;
  /** Whether requests need a key, also when none is valid. */
  readonly key_required: boolean;
  readonly last_import: LoggedImport | null;
  /** When the last backup of this store started, and its products. */
  readonly last_backup: { readonly at: string; readonly products: number } | null;
  readonly jobs: readonly Pick<Job, 'id' | 'kind' | 'state' | 'created' | 'finished' | 'error'>[];
}

export interface QualityStatus {
  readonly measures: readonly Measure[];
  /** Alerts raised at the service's last measurement. */
  readonly alerts: readonly Pick<AlertState, 'name' | 'since' | 'value' | 'threshold'>[];
  readonly recommendation: string | null;
}

export interface Status {
  /** Whether a service is running over these folders. */
  readonly running: boolean;
  readonly generation: GenerationStatus | null;
  readonly store: StoreStatus | null;
  readonly quality: QualityStatus | null;
  /** What is wrong with the store or the indexes: one sentence each. */
  readonly problems: readonly string[];
  /** What to do next; null for nothing. */
  readonly next: string | null;
}

/** The state of a catalog in these folders, whether a service is running or not. It creates and changes no file. */
export async function collectStatus(
  { dataDir, indexesDir }: { readonly dataDir: string; readonly indexesDir: string },
  settings: MonitoringSettings,
  now: Date,
): Promise<Status> {
  const problems: string[] = [];
  const running = isRunning(indexesDir, problems);
  const manifest = await servingManifest(indexesDir, problems);
  const generation = manifest === undefined ? null : generationStatus(manifest, now);
  if (!existsSync(path.join(dataDir, 'store.sqlite'))) {
    const next = `There is no store in ${dataDir} yet: shelfwright import <file>, or shelfwright demo.`;
    return { running, generation, store: null, quality: null, problems, next };
  }
  let store: Store | undefined;
  try {
    store = openReadOnly(dataDir);
    const of = storeStatus(store, manifest);
    const quality = await qualityStatus(store, manifest, settings, now);
    return { running, generation, store: of, quality, problems, next: nextStep(of, generation, quality) };
  } catch (error) {
    problems.push(sentenceOf(error));
    return { running, generation, store: null, quality: null, problems, next: null };
  } finally {
    store?.close();
  }
}

/** A running service holds the process mutex of jobs. */
function isRunning(indexesDir: string, problems: string[]): boolean {
  const lock = path.join(indexesDir, JOBS_LOCK);
  if (!existsSync(lock)) return false;
  try {
    const unlock = acquireProcessMutex(lock);
    unlock?.();
    return unlock === undefined;
  } catch (error) {
    problems.push(sentenceOf(error));
    return false;
  }
}

async function servingManifest(indexesDir: string, problems: string[]): Promise<Manifest | undefined> {
  try {
    const entry = (await listGenerations(indexesDir)).find(({ current }) => current);
    if (entry?.problem !== undefined) problems.push(entry.problem);
    return entry?.manifest;
  } catch (error) {
    problems.push(sentenceOf(error));
    return undefined;
  }
}

function generationStatus(
  { id, created, counts, model, taxonomy, files }: Manifest,
  now: Date,
): GenerationStatus {
  return {
    id,
    created,
    age_seconds: Math.max(0, Math.round((now.getTime() - Date.parse(created)) / 1000)),
    products: counts.products,
    mode: model === null ? 'lexical' : 'hybrid',
    taxonomy,
    bytes: Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

function storeStatus(store: Store, manifest: Manifest | undefined): StoreStatus {
  const [last_import = null] = store.imports.list(1);
  const learned = readLearned(store);
  return {
    products: store.products.count(),
    bytes: ['', '-wal'].reduce((sum, ending) => sum + sizeOf(store.path + ending), 0),
    delta: store.changes.countSince(manifest?.sequence ?? 0),
    facts: Object.fromEntries(store.facts.countByStatus().map(({ status, facts }) => [status, facts])),
    completeness: completenessOf(store),
    learned: learned === undefined ? null : { at: learned.at, rows: learned.rows },
    keys: store.keys.list().filter(({ revoked }) => revoked === null).length,
    key_required: store.keys.anyExisted(),
    last_import,
    last_backup: lastBackup(store) ?? null,
    jobs: store.jobs.list(LATEST_JOBS).map(({ id, kind, state, created, finished, error }) => ({
      id,
      kind,
      state,
      created,
      finished,
      error,
    })),
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function completenessOf(store: Store): StoreStatus['completeness'] {
  const taxonomy = governingTaxonomy(store);
  if (taxonomy === undefined) return null;
  const completeness = new Completeness(taxonomy);
  const products = sampleProducts(store, COMPLETENESS_SAMPLE);
  for (const product of products) {
    completeness.count(product, store.facts.get(product.id).filter(isShown));
  }
  return { ...completeness.shares(), of: products.length };
}

async function qualityStatus(
  store: Store,
  manifest: Manifest | undefined,
  settings: MonitoringSettings,
  now: Date,
): Promise<QualityStatus> {
  const { measures } = await measureQuality(store, manifest, settings, now);
  const alerts = store.alerts.list().filter(({ state }) => state === 'raised');
  const exceeded = measures.filter(
    ({ value, threshold }) => value !== null && threshold !== null && value > threshold,
  );
  const [recommendation] = [...alerts, ...exceeded].flatMap(({ name }) => recommendationFor(name) ?? []);
  return {
    measures,
    alerts: alerts.map(({ name, since, value, threshold }) => ({ name, since, value, threshold })),
    recommendation: recommendation ?? null,
  };
}

function nextStep(
  { products, delta }: StoreStatus,
  generation: GenerationStatus | null,
  { recommendation }: QualityStatus,
): string | null {
  if (products === 0) return 'The store is empty: shelfwright import <file>.';
  if (generation === null || generation.products === 0) {
    return `${delta} products wait to be indexed: shelfwright reindex.`;
  }
  return recommendation;
}
