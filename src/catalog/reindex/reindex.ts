import { type ChecksSettings, checksSchema } from '../../configuration/checks.js';
import type { EngineSettings } from '../../configuration/engine.js';
import { isEmptyVector } from '../../domain/emptyVector.js';
import { faultPoint } from '../../domain/faultPoint.js';
import { applyFacts, documentOf } from '../../domain/filledProduct.js';
import { identityText } from '../../domain/identityText.js';
import type { Product } from '../../domain/product.js';
import type { Progress } from '../../domain/progress.js';
import { storageErrorOf } from '../../domain/storageError.js';
import { mayBeUnreadable, vectorKey } from '../../embed/embeddingCache.js';
import { currentGeneration, newGenerationId } from '../../index/generation/generations.js';
import { GenerationWriter } from '../../index/generation/generationWriter.js';
import { pruneGenerations, sweepLeftovers } from '../../index/generation/pruneGenerations.js';
import { categoryNames } from '../../search/relevance/calibrateRelevance.js';
import type { Store } from '../../store/open.js';
import { buildEngineGeneration, pruneEngineGenerations } from '../engine/engineGenerations.js';
import { openEngine } from '../engine/openEngine.js';
import { type DescribeTally, describeStore, requireGrammar } from '../enrich/describeStore.js';
import { EnrichScope, type ScopeOptions } from '../enrich/enrichScope.js';
import { type EnrichStoreReport, enrichStore } from '../enrich/enrichStore.js';
import { changedByField } from '../enrich/factChanges.js';
import { readPolicy } from '../enrich/readPolicy.js';
import { LazyEmbedder } from '../lazyEmbedder.js';
import { governStore } from '../taxonomy/governTaxonomy.js';
import { admitGeneration } from './admitGeneration.js';
import { lockReindex } from './lockReindex.js';
import { saveReindexReport } from './reindexReports.js';
import { StepClock } from './stepClock.js';
import { switchGeneration } from './switchGeneration.js';

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

const BLOCK = 512;

/**
 * Builds a generation from the store beside the current one, checks it, and switches to it. A run that fails or is
 * killed changes nothing that serves: it leaves a staging folder, which the next run removes, and vectors, which the
 * next run finds in the cache.
 * @throws AlreadyRunningError if another run is working; UserError if the scope or the policy names something unknown,
 *   or the generation fails a check.
 */
export async function reindex(options: ReindexOptions): Promise<ReindexReport> {
  const { store, indexesDir, progress } = options;
  const clock = new StepClock();
  const unlock = await lockReindex(indexesDir);
  const engine = await openEngine(options.engine).catch((error: unknown) => {
    unlock();
    throw error;
  });
  const embedder = new LazyEmbedder(options.modelDir, store);
  try {
    await sweepLeftovers(indexesDir);
    faultPoint('reindex.locked');
    const sequence = store.changes.last();
    const view = await governStore(store, options.taxonomy);
    const { taxonomy } = view;
    if (options.describe === true) requireGrammar(taxonomy.language);
    const scope = new EnrichScope(options.scope ?? {}, taxonomy);
    const targets = options.enrich ? await readPolicy(store, view) : {};
    const model = await embedder.model();
    const keys = new Set<string>();
    for (const product of store.products.each()) {
      const text = identityText(product);
      if (text !== '') keys.add(vectorKey(model, text));
    }
    clock.mark('read');

    let embedding = true;
    const writer = await GenerationWriter.create(indexesDir, {
      id: newGenerationId(),
      sequence,
      taxonomyVersion: taxonomy.version,
      taxonomy: view,
      model: { name: model.name, sha256: model.revision, dimension: model.dimension },
      vectorKeys: keys,
      // Where `current` is damaged, the switch repairs it.
      previous: await currentGeneration(indexesDir).catch(() => undefined),
      // The graph grows while texts are embedded; only one of the two reports progress.
      progress: (step, done, total) => {
        if (!embedding) progress(step, done, total);
      },
    });
    try {
      const unreadable = await embedMissing(store.products.each(), keys, writer, embedder, progress);
      const { embedded } = embedder;
      embedding = false;
      faultPoint('reindex.embedded');
      clock.mark('embed');
      let enriched: EnrichStoreReport | undefined;
      if (options.enrich) {
        const { allowUnapply, checks } = options;
        enriched = await enrichStore({
          ...{ store, view, model, embedder, targets, scope, progress },
          ...{ allowUnapply, checks },
          learned: () => clock.mark('learn'),
        });
        clock.mark('enrich');
      }
      const descriptions = describeStore({ store, view, model, describe: options.describe, progress });
      if (descriptions !== undefined) clock.mark('describe');
      const vectorKeyOf = (product: Product): string | undefined => {
        const text = identityText(product);
        const key = text === '' ? undefined : vectorKey(model, text);
        return key === undefined || unreadable.has(key) ? undefined : key;
      };
      const categories = new Map<string, number>();
      let written = 0;
      let withText = 0;
      const count = store.products.count();
      progress('write', 0, count);
      for (const product of store.products.each()) {
        const key = vectorKeyOf(product);
        // What was written since the keys were read comes with the delta, including its vector.
        if (key !== undefined && keys.has(key)) withText++;
        const filled = applyFacts(product, store.facts.get(product.id));
        const { category } = filled.product;
        if (category !== undefined) categories.set(category, (categories.get(category) ?? 0) + 1);
        writer.add(documentOf(filled), key);
        if (++written % 1000 === 0) progress('write', written, count);
      }
      progress('write', written, count);
      const manifest = await writer.finish(async (staging, built) => {
        clock.mark('build');
        const { allowShrink, checks = checksSchema.parse({}) } = options;
        const { dimension } = model;
        const candidate = { staging, manifest: built, withText, dimension, allowShrink };
        await admitGeneration(indexesDir, candidate, checks);
        clock.mark('check');
        if (engine === undefined) return;
        await buildEngineGeneration(engine, {
          ...{ store, indexesDir: staging, generation: built.id, progress },
          minRecall: checks.min_probe_recall,
          maxShrink: allowShrink ? undefined : checks.max_shrink,
        });
        clock.mark('engine');
      });
      await switchGeneration(indexesDir, manifest.id, engine);
      // For the readers of the generation, which keep no vectors themselves.
      await embedder.embedReference(categoryNames(categories, view));
      await pruneGenerations(indexesDir);
      if (engine !== undefined) await pruneEngineGenerations(engine);
      saveReindexReport(store, {
        generation: manifest.id,
        applied: enriched?.became_applied ?? {},
        unapplied: enriched?.became_unapplied ?? {},
        waiting: enriched === undefined || enriched.products === 0 ? null : [...enriched.waiting],
      });
      faultPoint('reindex.pruned');
      clock.mark('switch');
      return {
        generation: manifest.id,
        products: manifest.counts.products,
        embedded,
        reused: keys.size - embedded,
        changed: changedByField(enriched?.became_applied ?? {}, enriched?.became_unapplied ?? {}),
        ...(enriched !== undefined && { enriched }),
        ...(descriptions !== undefined && { descriptions }),
        seconds: clock.total(),
        steps: clock.steps,
        processor: clock.processor,
      };
    } catch (error) {
      await writer.abort();
      throw storageErrorOf(error) ?? error;
    }
  } finally {
    await embedder.close();
    await engine?.close();
    unlock();
  }
}

/**
 * Adds the vectors that the previous generation lacks to the graph, from the cache or the model. Returns the keys of texts
 * that the model cannot read, which have none.
 */
async function embedMissing(
  products: Iterable<Product>,
  keys: ReadonlySet<string>,
  writer: GenerationWriter,
  embedder: LazyEmbedder,
  progress: Progress,
): Promise<ReadonlySet<string>> {
  const { graph } = writer;
  const unreadable = new Set<string>();
  if (graph === undefined) return unreadable;
  let missing = 0;
  for (const key of keys) if (!graph.has(key)) missing++;
  if (missing === 0) return unreadable;
  progress('embed', 0, missing);
  const model = await embedder.model();
  const batch = new Map<string, string>();
  let done = 0;
  const flush = async (): Promise<void> => {
    const all = await embedder.embed([...batch.values()]);
    // An empty vector of any other text is a fault of the model, and the product counts as one without a vector.
    const isUnreadable = (key: string, vector: Float32Array): boolean =>
      isEmptyVector(vector) && mayBeUnreadable(batch.get(key) ?? '');
    const embedded = all.filter(({ key, vector }) => !isUnreadable(key, vector) || !unreadable.add(key));
    const block = new Float32Array(embedded.length * model.dimension);
    for (const [row, { vector }] of embedded.entries()) block.set(vector, row * model.dimension);
    await graph.add(
      embedded.map(({ key }) => key),
      block,
    );
    done += batch.size;
    batch.clear();
    progress('embed', done, missing);
  };
  for (const product of products) {
    const text = identityText(product);
    if (text === '') continue;
    const key = vectorKey(model, text);
    // A product written since the keys were read is in the delta, and in the graph of the next generation.
    if (graph.has(key) || !keys.has(key)) continue;
    batch.set(key, text);
    if (batch.size >= BLOCK) await flush();
  }
  if (batch.size > 0) await flush();
  return unreadable;
}
