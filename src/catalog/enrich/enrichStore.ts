import { createHash } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { applyFacts } from '../../domain/applyFacts.js';
import { faultPoint } from '../../domain/faultPoint.js';
import { identityText } from '../../domain/identity.js';
import type { Product } from '../../domain/product.js';
import type { Progress } from '../../domain/progress.js';
import { vectorKey } from '../../embed/cached.js';
import type { ModelCard } from '../../embed/model.js';
import type { Targets } from '../../enrich/calibration/targets.js';
import type { Enricher } from '../../enrich/enrich.js';
import { HOLDOUT_PROFILE_FORMAT } from '../../enrich/holdoutProfile.js';
import { learn } from '../../enrich/learn/learn.js';
import { BUNDLE_FORMAT, unpackBundle } from '../../enrich/persistence/bundle.js';
import { loadEnricher } from '../../enrich/persistence/load.js';
import { flushDirectory } from '../../index/files/flushDirectory.js';
import type { Store } from '../../store/open.js';
import type { Taxonomy } from '../../taxonomy/schema.js';
import { viewTaxonomy } from '../../taxonomy/view.js';
import type { LazyEmbedder } from '../lazyEmbedder.js';
import { applyReviewedFacts } from './applyReviewedFacts.js';
import { enricherFile } from './savedEnricher.js';
import { EnrichScope } from './enrichScope.js';
import { ExampleSample } from './exampleSample.js';
import { saveLearnedProfile } from './learnedProfile.js';

/** What the facts in the store were made from; the same again means the same facts. */
const SETTING = 'enriched';
/** Where a run stands that has learned and not yet gone over all products. */
const UNDER_WAY = 'enriching';
export const SEED = 1;
const BATCH = 1000;
const NOTHING: EnrichTally = { products: 0, applied: 0, suggested: 0 };

export interface EnrichStoreOptions {
  readonly store: Store;
  readonly taxonomy: Taxonomy;
  readonly model: ModelCard;
  readonly embedder: LazyEmbedder;
  /** How often applied values shall be right. */
  readonly targets?: Targets;
  /** Which blanks are filled; facts of other fields and products stay as they are. */
  readonly scope?: EnrichScope;
  readonly progress: Progress;
}

const tallySchema = z.object({ products: z.number(), applied: z.number(), suggested: z.number() });
/** Products gone over, and values that they were given; all 0 where nothing had changed since the last time. */
export type EnrichTally = z.infer<typeof tallySchema>;

const underWaySchema = z.object({
  basis: z.string(),
  scope: z.string(),
  /** The newest change when it had learned. */
  sequence: z.number(),
  /** The last product that was gone over. */
  after: z.string(),
  tally: tallySchema,
});

/** Lets the next run make all facts anew. */
export function forgetEnrichment(store: Store): void {
  store.settings.set(SETTING, null);
}

/**
 * Learns from the store's filled rows and writes facts for the blanks of all of them, or of the scope. Does nothing
 * where neither a text, nor a decision, nor the taxonomy, nor the policy, nor the model has changed since the last time. What a person
 * decided counts as the product's own: it teaches, it is not asked for again, and it is never overwritten, though it be
 * decided while this runs. For what was rejected the next best is suggested. A run that is broken off after it has
 * learned is gone on with by the next, where nothing has changed since.
 * @throws UserError if the scope names a field that is not there.
 */
export async function enrichStore({
  store,
  taxonomy,
  model,
  embedder,
  targets = {},
  scope = new EnrichScope({}, taxonomy),
  progress,
}: EnrichStoreOptions): Promise<EnrichTally> {
  if (!scope.isWhole) {
    for (const product of store.products.each()) scope.observe(product);
    scope.requireKnownFields(undefined);
  }
  const basis = createHash('sha256')
    .update(
      JSON.stringify([
        ...[store.changes.lastContent(), store.decisions.last()],
        ...[taxonomy, model.revision, SEED, BUNDLE_FORMAT, HOLDOUT_PROFILE_FORMAT],
        ...[targets.default, [...(targets.fields ?? [])], [...(targets.categories ?? [])]],
      ]),
    )
    .digest('base64url');
  if (store.settings.get(SETTING) === basis && (await isWhole(enricherFile(store)))) return NOTHING;
  const vectorOf = (product: Product): Float32Array | undefined => {
    const text = identityText(product);
    return text === '' ? undefined : store.vectors.get(vectorKey(model, text));
  };
  const view = viewTaxonomy(taxonomy);
  const learnedUpTo = store.changes.last();
  const learned = async (): Promise<Enricher> => {
    const examples = new ExampleSample();
    for (const product of store.products.each())
      examples.offer(applyReviewedFacts(product, store.facts.reviewed(product.id)));
    const taught = examples.kept.map((product) => ({ product, vector: vectorOf(product) }));
    return learn(taught, view, {
      embed: async (texts) => (await embedder.embed(texts)).map(({ vector }) => vector),
      seed: SEED,
      progress,
      decided: store.decisions.outcomes(),
      targets,
    });
  };
  const brokenOff = underWaySchema.safeParse(store.settings.get(UNDER_WAY)).data;
  const goesOn =
    brokenOff?.basis === basis && brokenOff.scope === scope.key && (await isWhole(enricherFile(store)));
  const enricher = goesOn ? await loadEnricher(enricherFile(store), view) : await learned();
  const start = goesOn
    ? brokenOff
    : // What is written from here on, or decided about, belongs to the next run: its text may be another by now.
      { ...{ basis, scope: scope.key, sequence: store.changes.last(), after: '' }, tally: NOTHING };
  if (!goesOn) {
    await keepEnricher(enricherFile(store), enricher);
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
    // Worked out before the store is held, so that others find their turn to write.
    const found = batch.flatMap((product) => {
      const { id } = product;
      if (!scope.selects(() => applyFacts(product, store.facts.get(id)))) return [];
      const known = applyReviewedFacts(product, store.facts.reviewed(id));
      const facts = enricher.enrich(known, vectorOf(product), store.facts.rejected(id));
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
      store.settings.set(UNDER_WAY, { ...start, after, tally });
    });
    batch = [];
    progress('enrich', tally.products, total);
  };
  for (const product of store.products.each(BATCH, start.after)) if (batch.push(product) >= BATCH) flush();
  flush();
  faultPoint('enrich.written');
  // What was left out is of an older run, so the next one without a scope is due, whatever has changed by then.
  store.transaction(() => {
    store.settings.set(SETTING, scope.isWhole ? basis : null);
    store.settings.set(UNDER_WAY, null);
  });
  return tally;
}

/** A file that is damaged is learned again, as one that is missing is. */
async function isWhole(file: string): Promise<boolean> {
  try {
    unpackBundle(await readFile(file), file);
    return true;
  } catch {
    return false;
  }
}

async function keepEnricher(file: string, enricher: Enricher): Promise<void> {
  const beside = `${file}.new`;
  const to = await open(beside, 'w');
  try {
    await to.writeFile(enricher.toBuffer());
    await to.sync();
  } finally {
    await to.close();
  }
  faultPoint('enricher.written');
  await rename(beside, file);
  await flushDirectory(path.dirname(file));
  faultPoint('enricher.renamed');
}
