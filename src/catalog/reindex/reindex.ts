import { checksSchema } from '../../configuration/checks.js';
import { faultPoint } from '../../domain/faultPoint.js';
import { applyFacts, documentOf } from '../../domain/filledProduct.js';
import { identityText } from '../../domain/identityText.js';
import type { Product } from '../../domain/product.js';
import { storageErrorOf } from '../../domain/storageError.js';
import { vectorKey } from '../../embed/embeddingCache.js';
import { currentGeneration, newGenerationId } from '../../index/generation/generations.js';
import { GenerationWriter } from '../../index/generation/generationWriter.js';
import { pruneGenerations, sweepLeftovers } from '../../index/generation/pruneGenerations.js';
import { categoryNames } from '../../search/relevance/calibrateRelevance.js';
import { Completeness } from '../audit/completeness.js';
import { buildEngineGeneration, pruneEngineGenerations } from '../engine/engineGenerations.js';
import { openEngine } from '../engine/openEngine.js';
import { describeStore, requireGrammar } from '../enrich/describeStore.js';
import { EnrichScope } from '../enrich/enrichScope.js';
import { type EnrichStoreReport, enrichStore } from '../enrich/enrichStore.js';
import { changedByField } from '../enrich/factChanges.js';
import { readPolicy } from '../enrich/readPolicy.js';
import { LazyEmbedder } from '../lazyEmbedder.js';
import { governStore } from '../taxonomy/governTaxonomy.js';
import { admit } from './admitGeneration.js';
import { addToCompletenessHistory } from './completenessHistory.js';
import { embedMissing } from './embedMissing.js';
import { hashInputs, saveInputs } from './generationInputs.js';
import { lockReindex } from './lockReindex.js';
import type { ReindexOptions, ReindexReport } from './reindexOptions.js';
import { saveReindexReport } from './reindexReports.js';
import { repeatGeneration } from './repeatGeneration.js';
import { StepClock } from './stepClock.js';
import { switchGeneration } from './switchGeneration.js';

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
    const parts = { store, view, model, sequence, targets };
    // An engine's index is always built anew.
    const repeated = engine === undefined ? await repeatGeneration(options, parts, scope, clock) : undefined;
    if (repeated !== undefined) return repeated;
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
      const embedAll = async () => {
        const unreadable = await embedMissing(store.products.each(), keys, writer, embedder, progress);
        embedding = false;
        faultPoint('reindex.embedded');
        clock.mark('embed');
        // Read before learning, which also embeds the taxonomy's own words.
        return { unreadable, embedded: embedder.embedded };
      };
      const vectors = embedAll();
      // It may fail before something awaits it.
      vectors.catch(() => undefined);
      let enriched: EnrichStoreReport | undefined;
      if (options.enrich) {
        const { allowUnapply, checks } = options;
        enriched = await enrichStore({
          ...{ store, view, model, embedder, embedded: vectors, targets, scope, allowUnapply, checks },
          learned: () => clock.mark('learn'),
          progress: (step, done, total) => {
            if (!embedding) progress(step, done, total);
          },
        }).catch(async (error: unknown) => {
          // The graph is still in use.
          await vectors;
          throw error;
        });
        clock.mark('enrich');
      }
      const { unreadable, embedded } = await vectors;
      const descriptions = describeStore({ store, view, model, describe: options.describe, progress });
      if (descriptions !== undefined) clock.mark('describe');
      const vectorKeyOf = (product: Product): string | undefined => {
        const text = identityText(product);
        const key = text === '' ? undefined : vectorKey(model, text);
        return key === undefined || unreadable.has(key) ? undefined : key;
      };
      const categories = new Map<string, number>();
      const cells = new Completeness(view);
      let written = 0;
      let withText = 0;
      const count = store.products.count();
      const inputs = hashInputs(store, view, model);
      progress('write', 0, count);
      for (const product of store.products.each()) {
        const key = vectorKeyOf(product);
        // What was written since the keys were read comes with the delta, including its vector.
        if (key !== undefined && keys.has(key)) withText++;
        const filled = applyFacts(product, store.facts.get(product.id));
        cells.count(product, filled.facts);
        const { category } = filled.product;
        if (category !== undefined) categories.set(category, (categories.get(category) ?? 0) + 1);
        writer.add(documentOf(filled), key);
        if (++written % 1000 === 0) progress('write', written, count);
      }
      progress('write', written, count);
      const isUnchanged = hashInputs(store, view, model) === inputs;
      const manifest = await writer.finish(async (staging, built) => {
        clock.mark('build');
        await admit(options, { staging, manifest: built, withText, dimension: model.dimension });
        clock.mark('check');
        if (engine === undefined) return;
        const { allowShrink, checks = checksSchema.parse({}) } = options;
        await buildEngineGeneration(engine, {
          ...{ store, indexesDir: staging, generation: built.id, progress },
          minRecall: checks.min_probe_recall,
          maxShrink: allowShrink ? undefined : checks.max_shrink,
        });
        clock.mark('engine');
      });
      await switchGeneration(indexesDir, manifest.id, engine);
      // What was written meanwhile may be in the generation or not, and vectors may be missing that can be made next time.
      const { id: generation, counts } = manifest;
      const isRepeatable = isUnchanged && counts.vectors === withText;
      saveInputs(store, isRepeatable ? { generation, inputs, texts: keys.size, withText } : null);
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
      addToCompletenessHistory(store, {
        ...{ at: new Date().toISOString(), generation: manifest.id, products: written },
        ...cells.shares(),
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
