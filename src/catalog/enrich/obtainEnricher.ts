import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Product } from '../../domain/product.js';
import type { Progress } from '../../domain/progress.js';
import type { PrecisionTargets } from '../../enrich/calibration/policies.js';
import type { Enricher } from '../../enrich/enricher.js';
import { loadEnricher } from '../../enrich/persistence/loadEnricher.js';
import type { Store } from '../../store/open.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import type { LazyEmbedder } from '../lazyEmbedder.js';
import { applyReviewedFacts } from './applyReviewedFacts.js';
import { ExampleSample, isLabelled } from './exampleSample.js';
import { learnFromRows, type VectorOf } from './learnFromRows.js';
import { enricherFile, isUsable } from './savedEnricher.js';

const SETTING = 'lessons';
/** It learns again from decisions once they settled this share of the rows it learned from, within these bounds. */
const DECIDED_SHARE = 0.02;
const MIN_DECIDED = 20;
const MAX_DECIDED = 200;
/** So many applied values of a field that people refused show that too much is applied. */
const MIN_REFUSED_APPLIED = 5;

/** Products between two turns of the event loop, which hands texts to the embedding threads meanwhile. */
const BATCH = 200;

const lessonsSchema = z.object({
  /** Hash of the merchant's filled rows, and of all else that learning depends on but decisions. */
  rows: z.string(),
  /** The newest decision. */
  decision: z.number().int(),
  learnedFrom: z.number().int(),
});
/** What an enricher of the store has learned from. */
export type Lessons = z.infer<typeof lessonsSchema>;

export interface ObtainOptions {
  readonly store: Store;
  readonly view: TaxonomyView;
  /** All that learning depends on but rows and decisions. */
  readonly rules: string;
  /** Whether the saved enricher is that of an interrupted run. */
  readonly resumes: boolean;
  readonly targets: PrecisionTargets;
  readonly embedder: LazyEmbedder;
  readonly vectorOf: VectorOf;
  /** Resolves when `vectorOf` knows all products. */
  readonly embedded: Promise<unknown>;
  readonly progress: Progress;
}

export interface Obtained {
  readonly enricher: Enricher;
  /** Undefined if it is the saved one. */
  readonly lessons: Lessons | undefined;
  /**
   * The fields in which people refused something since the last one learned; undefined if it is the saved one, or more
   * than decisions is new.
   */
  readonly refused: ReadonlySet<string> | undefined;
  /** The fields in which people refused so many applied values that the guard leaves them out. */
  readonly tooMuchApplied: ReadonlySet<string>;
}

/**
 * The enricher for a run over the store: the saved one, if it learned from the same filled rows and people have settled
 * less than 2 % as many products since (at least 20, at most 200) and refused fewer than five applied values of any
 * field, so that a few decisions change the products that they are about and no others; otherwise a new one. Calls
 * `observe` with every product.
 */
export async function obtainEnricher(
  { store, view, rules, resumes, targets, embedder, vectorOf, embedded, progress }: ObtainOptions,
  observe: (product: Product) => void,
): Promise<Obtained> {
  const file = enricherFile(store);
  const savedOne = async (): Promise<Obtained> => ({
    enricher: await loadEnricher(file, view),
    ...{ lessons: undefined, refused: undefined, tooMuchApplied: new Set() },
  });
  if (resumes) {
    for (const product of store.products.each()) observe(product);
    return savedOne();
  }
  const examples = new ExampleSample();
  const hash = createHash('sha256').update(rules);
  let seen = 0;
  for (const product of store.products.each()) {
    if (seen++ % BATCH === 0) await new Promise((resolve) => setImmediate(resolve));
    observe(product);
    if (isLabelled(product)) hash.update(JSON.stringify(taughtBy(product)));
    examples.offer(applyReviewedFacts(product, store.facts.reviewed(product.id)));
  }
  const rows = hash.digest('base64url');
  const saved = lessonsSchema.safeParse(store.settings.get(SETTING)).data;
  const decided = saved?.rows === rows ? store.decisions.since(saved.decision) : undefined;
  const tooMuchApplied = new Set(
    [...(decided?.refusedApplied ?? [])]
      .filter(([, refused]) => refused >= MIN_REFUSED_APPLIED)
      .map(([field]) => field),
  );
  const isRecent =
    saved !== undefined &&
    decided !== undefined &&
    decided.settled < enoughDecisions(saved.learnedFrom) &&
    tooMuchApplied.size === 0 &&
    (await isUsable(file));
  if (isRecent) return savedOne();
  const decision = store.decisions.last();
  const enricher = await learnFromRows(examples.kept, view, embedder, vectorOf, {
    progress,
    embedded,
    reviewOutcomes: store.decisions.outcomes(),
    targets,
  });
  const { learnedFrom } = enricher.report;
  return { enricher, lessons: { rows, decision, learnedFrom }, refused: decided?.refusedIn, tooMuchApplied };
}

/** Keeps what the saved enricher has learned from. */
export function saveLessons({ settings }: Pick<Store, 'settings'>, lessons: Lessons): void {
  settings.set(SETTING, lessons);
}

function enoughDecisions(learnedFrom: number): number {
  return Math.min(MAX_DECIDED, Math.max(MIN_DECIDED, DECIDED_SHARE * learnedFrom));
}

function taughtBy({ id, title, description, brand, category, attributes }: Product): unknown[] {
  return [id, title, description, brand, category, attributes];
}
