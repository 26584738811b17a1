import type { ChecksSettings } from '../../configuration/checks.js';
import { identityText } from '../../domain/identityText.js';
import type { Progress } from '../../domain/progress.js';
import type { Store } from '../../store/open.js';
import { LazyEmbedder } from '../lazyEmbedder.js';
import { lockReindex } from '../reindex/lockReindex.js';
import { governStore } from '../taxonomy/governTaxonomy.js';
import { describeStore } from './describeStore.js';
import { EnrichScope, type ScopeOptions } from './enrichScope.js';
import { type EnrichStoreReport, enrichStore } from './enrichStore.js';
import { readPolicy } from './readPolicy.js';

export interface EnrichCatalogOptions {
  readonly store: Store;
  /** Its process mutex keeps a reindex from enriching at the same time. */
  readonly indexesDir: string;
  readonly modelDir: string;
  readonly scope: ScopeOptions;
  /** Whether many applied values may become suggestions again. */
  readonly allowUnapply?: boolean;
  readonly checks?: ChecksSettings;
  readonly progress: Progress;
}

export interface EnrichReport extends EnrichStoreReport {
  /** Version of the governing taxonomy. */
  readonly taxonomy: string;
  /** Products' texts embedded now. */
  readonly embedded: number;
  readonly seconds: number;
}

const BLOCK = 512;

/**
 * Fills the blanks of the store by policy, as a reindex does, without building an index: a product shows its new values
 * at once, searches find them after the next reindex.
 * @throws AlreadyRunningError if a reindex or another enrichment is running; UserError if the scope or the policy names
 *   something unknown.
 */
export async function enrichCatalog({
  store,
  indexesDir,
  modelDir,
  scope,
  allowUnapply,
  checks,
  progress,
}: EnrichCatalogOptions): Promise<EnrichReport> {
  const started = performance.now();
  const unlock = await lockReindex(indexesDir);
  const embedder = new LazyEmbedder(modelDir, store);
  try {
    const view = await governStore(store, undefined);
    const chosen = new EnrichScope(scope, view.taxonomy);
    const targets = await readPolicy(store, view);
    const model = await embedder.model();
    await embedAll(store, embedder, progress);
    // Read before learning, which also embeds the taxonomy's own words.
    const { embedded } = embedder;
    const tally = await enrichStore({
      ...{ store, view, model, embedder, targets, scope: chosen, progress },
      ...{ allowUnapply, checks },
    });
    describeStore({ store, view, model, describe: undefined, progress });
    return {
      ...tally,
      taxonomy: view.taxonomy.version,
      embedded,
      seconds: (performance.now() - started) / 1000,
    };
  } finally {
    await embedder.close();
    unlock();
  }
}

async function embedAll(store: Store, embedder: LazyEmbedder, progress: Progress): Promise<void> {
  const total = store.products.count();
  let texts: string[] = [];
  let done = 0;
  const flush = async (): Promise<void> => {
    await embedder.embed(texts.filter((text) => text !== ''));
    done += texts.length;
    texts = [];
    progress('embed', done, total);
  };
  for (const product of store.products.each()) if (texts.push(identityText(product)) >= BLOCK) await flush();
  await flush();
}
