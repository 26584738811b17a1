import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { identityText } from '../domain/identity.js';
import type { Product } from '../domain/product.js';
import type { Progress } from '../domain/progress.js';
import { vectorKey } from '../embed/cached.js';
import type { ModelCard } from '../embed/model.js';
import type { Enricher } from '../enrich/enrich.js';
import type { Targets } from '../enrich/judge/targets.js';
import { BUNDLE_FORMAT } from '../enrich/keep/bundle.js';
import { learn } from '../enrich/learn/learn.js';
import { TRIAL_FORMAT } from '../enrich/trial.js';
import type { Store } from '../store/open.js';
import type { Taxonomy } from '../taxonomy/schema.js';
import { viewTaxonomy } from '../taxonomy/view.js';
import { decided } from './decided.js';
import { enricherFile } from './enricherFile.js';
import { EnrichScope } from './enrichScope.js';
import { Examples } from './examples.js';
import { filled } from './filled.js';
import type { LazyEmbedder } from './lazyEmbedder.js';
import { keepLearned } from './monitor/learned.js';

/** What the facts in the store were made from; the same again means the same facts. */
const SETTING = 'enriched';
export const SEED = 1;
const BATCH = 1000;

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

/** Lets the next run make all facts anew. */
export function forgetEnrichment(store: Store): void {
  store.settings.set(SETTING, null);
}

/**
 * Learns from the store's filled rows and writes facts for the blanks of all of them, or of the scope. Does nothing
 * where neither a text, nor a decision, nor the taxonomy, nor the policy, nor the model has changed since the last time. What a person
 * decided counts as the product's own: it teaches, it is not asked for again, and it is never overwritten, though it be
 * decided while this runs. For what was rejected the next best is suggested.
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
}: EnrichStoreOptions): Promise<void> {
  if (!scope.isWhole) {
    for (const product of store.products.each()) scope.meet(product);
    scope.requireMet(undefined);
  }
  const basis = createHash('sha256')
    .update(
      JSON.stringify([
        ...[store.changes.lastContent(), store.decisions.last()],
        ...[taxonomy, model.revision, SEED, BUNDLE_FORMAT, TRIAL_FORMAT],
        ...[targets.default, [...(targets.fields ?? [])], [...(targets.categories ?? [])]],
      ]),
    )
    .digest('base64url');
  if (store.settings.get(SETTING) === basis && existsSync(enricherFile(store))) return;
  const vectorOf = (product: Product): Float32Array | undefined => {
    const text = identityText(product);
    return text === '' ? undefined : store.vectors.get(vectorKey(model, text));
  };
  const learnedUpTo = store.changes.last();
  const examples = new Examples();
  for (const product of store.products.each())
    examples.offer(decided(product, store.facts.reviewed(product.id)));
  const taught = examples.kept.map((product) => ({ product, vector: vectorOf(product) }));
  const enricher = await learn(taught, viewTaxonomy(taxonomy), {
    embed: async (texts) => (await embedder.embed(texts)).map(({ vector }) => vector),
    seed: SEED,
    progress,
    decided: store.decisions.outcomes(),
    targets,
  });
  // What is written from here on, or decided about, belongs to the next run: its text may be another by now.
  const sequence = store.changes.last();
  let done = 0;
  const total = store.products.count();
  const origin = { taxonomy: taxonomy.version, model: model.revision };
  let batch: Product[] = [];
  progress('enrich', 0, total);
  const within = scope.isWhole ? undefined : (field: string): boolean => scope.fills(field);
  const flush = (): void => {
    // Worked out before the store is held, so that others find their turn to write.
    const found = batch.flatMap((product) => {
      const { id } = product;
      if (!scope.selects(() => filled(product, store.facts.get(id)))) return [];
      const known = decided(product, store.facts.reviewed(id));
      const facts = enricher.enrich(known, vectorOf(product), store.facts.rejected(id));
      return [{ id, facts: facts.filter(({ field }) => within === undefined || within(field)) }];
    });
    store.transaction(() => {
      const written = store.changes.writtenSince(sequence);
      for (const { id, facts } of found) if (!written.has(id)) store.facts.replace(id, facts, origin, within);
    });
    done += batch.length;
    batch = [];
    progress('enrich', done, total);
  };
  for (const product of store.products.each()) if (batch.push(product) >= BATCH) flush();
  flush();
  await keepEnricher(enricherFile(store), enricher);
  keepLearned(store, enricher, learnedUpTo);
  // What was left out is of an older run, so the next one without a scope is due, whatever has changed by then.
  store.settings.set(SETTING, scope.isWhole ? basis : null);
}

async function keepEnricher(file: string, enricher: Enricher): Promise<void> {
  await writeFile(`${file}.new`, enricher.toBuffer());
  await rename(`${file}.new`, file);
}
