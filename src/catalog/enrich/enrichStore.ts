import { createHash } from 'node:crypto';
import { z } from 'zod';
import { faultPoint } from '../../domain/faultPoint.js';
import { applyFacts } from '../../domain/filledProduct.js';
import { identityText } from '../../domain/identityText.js';
import type { Product } from '../../domain/product.js';
import type { Progress } from '../../domain/progress.js';
import { READABLE_FORMAT } from '../../domain/readableProduct.js';
import { vectorKey } from '../../embed/embeddingCache.js';
import type { ModelCard } from '../../embed/model.js';
import type { PrecisionTargets } from '../../enrich/calibration/policies.js';
import { ColumnNotation } from '../../enrich/columnNotation.js';
import type { Enricher } from '../../enrich/enricher.js';
import { HOLDOUT_PROFILE_FORMAT } from '../../enrich/holdoutProfile.js';
import { learn } from '../../enrich/learn/learn.js';
import { BUNDLE_FORMAT } from '../../enrich/persistence/bundle.js';
import { loadEnricher } from '../../enrich/persistence/loadEnricher.js';
import type { Store } from '../../store/open.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import type { LazyEmbedder } from '../lazyEmbedder.js';
import { applyReviewedFacts } from './applyReviewedFacts.js';
import { EnrichScope } from './enrichScope.js';
import { ExampleSample } from './exampleSample.js';
import { saveLearnedProfile } from './learnedProfile.js';
import { enricherFile, isUsable, saveEnricher } from './savedEnricher.js';

/** Hash of all that the store's facts were made from; with the same hash a run has nothing to do. */
const SETTING = 'enriched';
/** Progress of a run that has learned and not yet processed all products. */
const IN_PROGRESS = 'enriching';
export const SEED = 1;
const BATCH = 1000;
const NOTHING: EnrichTally = { products: 0, applied: 0, suggested: 0 };

export interface EnrichStoreOptions {
  readonly store: Store;
  readonly view: TaxonomyView;
  readonly model: ModelCard;
  readonly embedder: LazyEmbedder;
  /** Target precision of applied values. */
  readonly targets?: PrecisionTargets;
  /** Which blanks to fill; facts of other fields and products stay as they are. */
  readonly scope?: EnrichScope;
  readonly progress: Progress;
}

const tallySchema = z.object({ products: z.number(), applied: z.number(), suggested: z.number() });
/** Products processed, and their new values by status; all 0 where nothing had changed since the last run. */
export type EnrichTally = z.infer<typeof tallySchema>;

const progressSchema = z.object({
  basis: z.string(),
  scope: z.string(),
  /** The newest change when learning ended. */
  sequence: z.number(),
  /** The id of the last product processed. */
  after: z.string(),
  tally: tallySchema,
});

/** Makes the next run make all facts again. */
export function forgetEnrichment(store: Store): void {
  store.settings.set(SETTING, null);
}

/**
 * Learns from the store's filled rows and writes facts for the blanks of all rows, or of those in the scope. Does nothing
 * where no text, decision, taxonomy, policy or model has changed since the last run. A person's decision counts as the
 * product's own value: the enricher learns from it and never overwrites it, even one made during the run. For a rejected
 * value the next best is suggested. A run that is interrupted after learning resumes, if nothing has changed since.
 * @throws UserError if the scope names an unknown field.
 */
export async function enrichStore({
  store,
  view,
  model,
  embedder,
  targets = {},
  scope = new EnrichScope({}, view.taxonomy),
  progress,
}: EnrichStoreOptions): Promise<EnrichTally> {
  const { taxonomy } = view;
  if (!scope.isWhole) {
    for (const product of store.products.each()) scope.observe(product);
    scope.requireKnownFields(undefined);
  }
  const basis = createHash('sha256')
    .update(
      JSON.stringify([
        ...[store.changes.lastContent(), store.decisions.last()],
        ...[taxonomy, model.revision, SEED, BUNDLE_FORMAT, HOLDOUT_PROFILE_FORMAT, READABLE_FORMAT],
        ...[targets.default, [...(targets.fields ?? [])], [...(targets.categories ?? [])]],
      ]),
    )
    .digest('base64url');
  if (store.settings.get(SETTING) === basis && (await isUsable(enricherFile(store)))) return NOTHING;
  const vectorOf = (product: Product): Float32Array | undefined => {
    const text = identityText(product);
    return text === '' ? undefined : store.vectors.get(vectorKey(model, text));
  };
  const learnedUpTo = store.changes.last();
  const notation = new ColumnNotation(view);
  const learnAgain = async (): Promise<Enricher> => {
    const examples = new ExampleSample();
    for (const product of store.products.each()) {
      notation.observe(product);
      examples.offer(applyReviewedFacts(product, store.facts.reviewed(product.id)));
    }
    const labelled = examples.kept.map((product) => ({ product, vector: vectorOf(product) }));
    return learn(labelled, view, {
      embed: async (texts) => (await embedder.embed(texts)).map(({ vector }) => vector),
      seed: SEED,
      progress,
      reviewOutcomes: store.decisions.outcomes(),
      targets,
    });
  };
  const interrupted = progressSchema.safeParse(store.settings.get(IN_PROGRESS)).data;
  const resumes =
    interrupted?.basis === basis && interrupted.scope === scope.key && (await isUsable(enricherFile(store)));
  const enricher = resumes ? await loadEnricher(enricherFile(store), view) : await learnAgain();
  if (resumes) for (const product of store.products.each()) notation.observe(product);
  const start = resumes
    ? interrupted
    : // Products written or decided about from here on belong to the next run, because their text may have changed.
      { ...{ basis, scope: scope.key, sequence: store.changes.last(), after: '' }, tally: NOTHING };
  if (!resumes) {
    await saveEnricher(enricherFile(store), enricher);
    saveLearnedProfile(store, enricher, learnedUpTo);
  }
  const { sequence } = start;
  const tally = { ...start.tally };
  const total = store.products.count();
  const origin = { taxonomy: taxonomy.version, model: model.revision };
  let batch: Product[] = [];
  progress('enrich', tally.products, total);
  const within = scope.isWhole ? undefined : (field: string): boolean => scope.fills(field);
  const flush = (): void => {
    // Computed before the transaction, so that other processes get their turn to write.
    const found = batch.flatMap((product) => {
      const { id } = product;
      if (!scope.selects(() => applyFacts(product, store.facts.get(id)).product)) return [];
      const known = applyReviewedFacts(product, store.facts.reviewed(id));
      const facts = enricher
        .enrich(known, vectorOf(product), store.facts.rejected(id))
        .map((fact) => notation.apply(fact));
      return [{ id, facts: facts.filter(({ field }) => within === undefined || within(field)) }];
    });
    store.transaction(() => {
      const written = store.changes.writtenSince(sequence);
      for (const { id, facts } of found) {
        if (written.has(id)) continue;
        store.facts.replace(id, facts, origin, within);
        for (const { status } of facts) if (status === 'applied' || status === 'suggested') tally[status]++;
      }
      tally.products += batch.length;
      const after = batch.at(-1)?.id ?? start.after;
      store.settings.set(IN_PROGRESS, { ...start, after, tally });
    });
    batch = [];
    progress('enrich', tally.products, total);
  };
  for (const product of store.products.each(BATCH, start.after)) if (batch.push(product) >= BATCH) flush();
  flush();
  faultPoint('enrich.written');
  // Facts outside the scope are of an older run, so the next run without a scope must not be skipped.
  store.transaction(() => {
    store.settings.set(SETTING, scope.isWhole ? basis : null);
    store.settings.set(IN_PROGRESS, null);
  });
  return tally;
}
