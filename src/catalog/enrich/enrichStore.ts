import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type ChecksSettings, checksSchema } from '../../configuration/checks.js';
import type { Fact } from '../../domain/fact.js';
import { faultPoint } from '../../domain/faultPoint.js';
import { fieldValue } from '../../domain/field.js';
import { applyFacts } from '../../domain/filledProduct.js';
import type { Product } from '../../domain/product.js';
import type { Progress } from '../../domain/progress.js';
import { READABLE_FORMAT } from '../../domain/readableProduct.js';
import type { ModelCard } from '../../embed/model.js';
import type { PrecisionTargets } from '../../enrich/calibration/policies.js';
import type { Waiting } from '../../enrich/calibration/thresholds.js';
import { ColumnNotation } from '../../enrich/columnNotation.js';
import type { Enricher } from '../../enrich/enricher.js';
import { HOLDOUT_PROFILE_FORMAT } from '../../enrich/holdoutProfile.js';
import { BUNDLE_FORMAT } from '../../enrich/persistence/bundle.js';
import type { Store } from '../../store/open.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import type { LazyEmbedder } from '../lazyEmbedder.js';
import { applyReviewedFacts } from './applyReviewedFacts.js';
import { EnrichScope } from './enrichScope.js';
import { FactChangeCounts, factChangesSchema, isAppliedByModel } from './factChanges.js';
import { saveLearnedProfile } from './learnedProfile.js';
import { SEED, storedVectors } from './learnFromRows.js';
import { limitUnapplying } from './limitUnapplying.js';
import { obtainEnricher, saveLessons } from './obtainEnricher.js';
import { enricherFile, isUsable, saveEnricher } from './savedEnricher.js';

/** Hash of all that the store's facts were made from; with the same hash a run has nothing to do. */
const SETTING = 'enriched';
/** Progress of a run that has learned and not yet processed all products. */
const IN_PROGRESS = 'enriching';
const BATCH = 1000;
/** Products that a new enricher tries before it replaces the old one. */
const MAX_TRIED = 5_000;
const UNCHANGED = { became_applied: {}, became_unapplied: {} };
const NOTHING: EnrichTally = { products: 0, applied: 0, suggested: 0, ...UNCHANGED };

export interface EnrichStoreOptions {
  readonly store: Store;
  readonly view: TaxonomyView;
  readonly model: ModelCard;
  readonly embedder: LazyEmbedder;
  /** Target precision of applied values. */
  readonly targets?: PrecisionTargets;
  /** Which blanks to fill; facts of other fields and products stay as they are. */
  readonly scope?: EnrichScope;
  /** Whether it may turn many applied values back into suggestions. */
  readonly allowUnapply?: boolean | undefined;
  readonly checks?: ChecksSettings | undefined;
  /** Called when it has an enricher, before it fills blanks. */
  readonly learned?: (() => void) | undefined;
  readonly progress: Progress;
}

const tallySchema = z.object({
  products: z.number(),
  applied: z.number(),
  suggested: z.number(),
  ...factChangesSchema.shape,
});
/** Products processed, and their new values by status; all 0 where nothing had changed since the last run. */
export type EnrichTally = z.infer<typeof tallySchema>;

const progressSchema = z.object({
  basis: z.string(),
  scope: z.string(),
  /** The newest change when learning ended. */
  sequence: z.number(),
  /** Fields whose applied values may change; null: all. */
  refused: z.array(z.string()).nullable(),
  /** The id of the last product processed. */
  after: z.string(),
  tally: tallySchema,
});

export interface EnrichStoreReport extends EnrichTally {
  /** Fields that apply nothing by themselves, and what that would take. */
  readonly waiting: readonly WaitingField[];
}

export interface WaitingField extends Waiting {
  readonly field: string;
}

/** Makes the next run make all facts again. */
export function forgetEnrichment(store: Store): void {
  store.settings.set(SETTING, null);
}

/**
 * Learns from the store's filled rows and writes facts for the blanks of all rows, or of those in the scope. Does nothing
 * where no text, decision, taxonomy, policy or model has changed since the last run, and does not learn again for a few
 * decisions (`obtainEnricher`). A person's decision counts as the product's own value: the enricher learns from it and
 * never overwrites it, even one made during the run. For a rejected value the next best is suggested. Where only
 * decisions are new, values that were applied stay applied in every field in which people refused nothing. A run that is
 * interrupted after learning resumes, if nothing has changed since.
 * @throws UserError if the scope names an unknown field, or too many applied values would become suggestions again;
 *   then nothing has changed.
 */
export async function enrichStore({
  store,
  view,
  model,
  embedder,
  targets = {},
  scope = new EnrichScope({}, view.taxonomy),
  allowUnapply = false,
  checks = checksSchema.parse({}),
  learned,
  progress,
}: EnrichStoreOptions): Promise<EnrichStoreReport> {
  const { taxonomy } = view;
  if (!scope.isWhole) {
    for (const product of store.products.each()) scope.observe(product);
    scope.requireKnownFields(undefined);
  }
  const rules = JSON.stringify([
    ...[taxonomy, model.revision, SEED, BUNDLE_FORMAT, HOLDOUT_PROFILE_FORMAT, READABLE_FORMAT],
    ...[targets.default, [...(targets.fields ?? [])], [...(targets.categories ?? [])]],
  ]);
  const basis = createHash('sha256')
    .update(JSON.stringify([store.changes.lastContent(), store.decisions.last(), rules]))
    .digest('base64url');
  if (store.settings.get(SETTING) === basis && (await isUsable(enricherFile(store))))
    return { ...NOTHING, waiting: [] };
  const vectorOf = storedVectors(store, model);
  const learnedUpTo = store.changes.last();
  const notation = new ColumnNotation(view);
  const interrupted = progressSchema.safeParse(store.settings.get(IN_PROGRESS)).data;
  const resumes =
    interrupted?.basis === basis && interrupted.scope === scope.key && (await isUsable(enricherFile(store)));
  const { enricher, lessons, refused, tooMuchApplied } = await obtainEnricher(
    { store, view, rules, resumes, targets, embedder, vectorOf, progress },
    (product) => notation.observe(product),
  );
  learned?.();
  const start = resumes
    ? interrupted
    : // Products written or decided about from here on belong to the next run, because their text may have changed.
      {
        ...{ basis, scope: scope.key, sequence: store.changes.last(), after: '', tally: NOTHING },
        refused: refused === undefined ? null : [...refused],
      };
  const within = scope.isWhole ? undefined : (field: string): boolean => scope.fills(field);
  const keeps = (field: string): boolean => start.refused?.includes(field) === false;
  /** The product as people know it, its facts, and the facts that replace them; undefined if it is out of scope. */
  const enriched = (product: Product): Enriched | undefined => {
    const before = store.facts.get(product.id);
    if (!scope.selects(() => applyFacts(product, before).product)) return undefined;
    const known = applyReviewedFacts(product, store.facts.reviewed(product.id));
    const facts = enricher
      .enrich(known, vectorOf(product), store.facts.rejected(product.id))
      .map((fact) => notation.apply(fact));
    const after = keepApplied(
      before,
      facts,
      (field) => keeps(field) && fieldValue(known, field) === undefined,
    );
    const isWithin = ({ field }: Fact): boolean => scope.fills(field);
    return { id: product.id, known, before: before.filter(isWithin), after: after.filter(isWithin) };
  };
  if (lessons !== undefined) {
    if (!allowUnapply) tryOut(store, enriched, tooMuchApplied, checks);
    await saveEnricher(enricherFile(store), enricher);
    saveLearnedProfile(store, enricher, learnedUpTo);
    saveLessons(store, lessons);
  }
  const { sequence } = start;
  const tally = { ...start.tally };
  const changes = new FactChangeCounts(tally);
  const total = store.products.count();
  const origin = { taxonomy: taxonomy.version, model: model.revision };
  let batch: Product[] = [];
  progress('enrich', tally.products, total);
  const flush = (): void => {
    // Computed before the transaction, so that other processes get their turn to write.
    const found = batch.flatMap((product) => enriched(product) ?? []);
    store.transaction(() => {
      const written = store.changes.writtenSince(sequence);
      for (const { id, known, before, after } of found) {
        if (written.has(id)) continue;
        store.facts.replace(id, after, origin, within);
        changes.add(known, before, after);
        for (const { status } of after) if (status === 'applied' || status === 'suggested') tally[status]++;
      }
      tally.products += batch.length;
      Object.assign(tally, changes.changes());
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
  return { ...tally, waiting: waitingFields(enricher) };
}

interface Enriched {
  readonly id: string;
  /** With what people decided. */
  readonly known: Product;
  readonly before: readonly Fact[];
  readonly after: readonly Fact[];
}

/** The new facts, but for values applied before in fields that `keeps` names and for which no other is applied now. */
function keepApplied(
  before: readonly Fact[],
  facts: readonly Fact[],
  keeps: (field: string) => boolean,
): readonly Fact[] {
  const isApplied = (field: string): boolean =>
    facts.some((fact) => fact.field === field && fact.status === 'applied');
  const kept = before.filter((fact) => isAppliedByModel(fact) && keeps(fact.field) && !isApplied(fact.field));
  if (kept.length === 0) return facts;
  const fields = new Set(kept.map(({ field }) => field));
  return [...facts.filter(({ field }) => !fields.has(field)), ...kept];
}

/** Enriches an evenly spaced sample of the products without writing. @throws UserError like `limitUnapplying`. */
function tryOut(
  store: Store,
  enriched: (product: Product) => Enriched | undefined,
  except: ReadonlySet<string>,
  checks: ChecksSettings,
): void {
  const applied = store.facts.countByStatus().some(({ status, facts }) => status === 'applied' && facts > 0);
  if (!applied) return;
  const total = store.products.count();
  const stride = Math.max(1, Math.ceil(total / MAX_TRIED));
  const counts = new FactChangeCounts();
  let place = 0;
  for (const product of store.products.each()) {
    if (place++ % stride !== 0) continue;
    const found = enriched(product);
    if (found !== undefined) counts.add(found.known, found.before, found.after);
  }
  limitUnapplying(counts, 1 / stride, except, checks);
}

/** Most answers first. */
function waitingFields({ report }: Enricher): WaitingField[] {
  return report.fields
    .toSorted((a, b) => b.answered - a.answered)
    .flatMap(({ field, waiting }) => (waiting === undefined ? [] : [{ field, ...waiting }]));
}
