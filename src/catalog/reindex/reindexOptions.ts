import type { ChecksSettings } from '../../configuration/checks.js';
import type { EngineSettings } from '../../configuration/engine.js';
import type { Progress } from '../../domain/progress.js';
import type { Store } from '../../store/open.js';
import type { DescribeTally } from '../enrich/describeStore.js';
import type { ScopeOptions } from '../enrich/enrichScope.js';
import type { EnrichStoreReport } from '../enrich/enrichStore.js';

export interface ReindexOptions {
  readonly store: Store;
  readonly indexesDir: string;
  readonly modelDir: string;
  /** Folder of a taxonomy that governs the store from now on. */
  readonly taxonomy: string | undefined;
  readonly enrich: boolean;
  /** Whether products without a description get a composed one; default: as the last run that said. */
  readonly describe?: boolean | undefined;
  /** Which blanks to fill; default: all. */
  readonly scope?: ScopeOptions;
  /** Whether to switch even to a much smaller generation. */
  readonly allowShrink: boolean;
  /** Whether many applied values may become suggestions again. */
  readonly allowUnapply?: boolean;
  /** What the generation must pass before the switch. */
  readonly checks?: ChecksSettings;
  /** Where products are searched; default: in the process that serves. */
  readonly engine?: EngineSettings;
  readonly progress: Progress;
}

export interface ReindexReport {
  readonly generation: string;
  readonly products: number;
  /** Distinct texts embedded now, and those whose vectors were in the cache. */
  readonly embedded: number;
  readonly reused: number;
  /** By field, how many blanks the enricher fills now and did not before, and how many it no longer fills. */
  readonly changed: Readonly<Record<string, { readonly applied: number; readonly unapplied: number }>>;
  /** What the enrichment wrote and changed; absent without one. */
  readonly enriched?: EnrichStoreReport;
  /** Where descriptions are composed. */
  readonly descriptions?: DescribeTally;
  readonly seconds: number;
  /** Seconds by step. */
  readonly steps: Readonly<Record<string, number>>;
  /** Processor seconds by step, of all threads. */
  readonly processor: Readonly<Record<string, number>>;
}
