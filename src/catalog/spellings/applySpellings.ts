import type { SpellingKind } from '../../audit/betterSpellings.js';
import { type SpellingCluster, SpellingCounts } from '../../audit/spellingClusters.js';
import { UserError } from '../../domain/errors.js';
import { fieldValue, withoutField } from '../../domain/field.js';
import type { AttributeValue } from '../../domain/product.js';
import type { Store } from '../../store/open.js';
import type { SpellingChange, SpellingRun } from '../../store/spellingRuns.js';
import { inSlices } from '../../structures/inSlices.js';
import { taxonomySchema } from '../../taxonomy/schema.js';
import { type TaxonomyView, viewTaxonomy } from '../../taxonomy/view.js';
import { governingTaxonomy } from '../taxonomy/governingTaxonomy.js';
import { batches, type ChangeOptions, changeValues, type ValueChanges, writeValues } from './changeValues.js';
import { chosenClusters } from './chosenClusters.js';
import { isErasure, restoreErased } from './removeProducts.js';
import { changesOf, type Respelling, respellingOf, type SpellingChoice, withChanges } from './respell.js';

/** Another unit is no other spelling, so measures are converted only on request. */
export const DEFAULT_KINDS: readonly SpellingKind[] = ['spelling', 'typo'];

export interface SpellingsReport extends ValueChanges {
  readonly clusters: readonly SpellingCluster[];
}

export interface UndoneSpellings {
  readonly run: number;
  readonly restored: number;
  /** Values that were changed or deleted since: they stay as they are. */
  readonly kept: number;
}

/** Changes undone between two pauses, so that a service answers meanwhile. */
const BATCH = 200;

/** The clusters of the store's spellings, those with the most values to change first. */
export async function listSpellings(store: Store, choice: SpellingChoice): Promise<SpellingCluster[]> {
  const counts = await countSpellings(store);
  const { view, governed } = viewOf(store);
  return chosenClusters(counts.clusters(await inSlices(counts.corrections(view, governed))), choice);
}

/**
 * Gives the values of the store's products the spelling that the audit suggests. A preview only counts. Facts that still
 * quote their product stay. An interrupted run has changed some products, and can be undone.
 */
export async function applySpellings(
  store: Store,
  { preview, by, ...choice }: SpellingChoice & ChangeOptions,
): Promise<SpellingsReport> {
  const counts = await countSpellings(store);
  const { view, governed } = viewOf(store);
  const corrections = await inSlices(counts.corrections(view, governed));
  const clusters = chosenClusters(counts.clusters(corrections), choice);
  const respelling = respellingOf(corrections, choice);
  return {
    clusters,
    ...(await changeValues(store, (product) => changesOf(product, respelling), { preview, by })),
  };
}

/** A value of a field, and what it becomes. */
export interface ValueChange {
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

/** Changes exactly these values in the store's products, as `applySpellings` does. */
export async function changeSpellings(
  store: Store,
  changes: readonly ValueChange[],
  how: ChangeOptions,
): Promise<SpellingsReport> {
  const byField = new Map<string, Map<string, string>>();
  for (const { field, from, to } of changes) {
    const texts = byField.get(field) ?? new Map<string, string>();
    byField.set(field, texts);
    if (from !== to) texts.set(from, to);
  }
  const respelling: Respelling = (field, text) => byField.get(field)?.get(text);
  return { clusters: [], ...(await changeValues(store, (product) => changesOf(product, respelling), how)) };
}

/**
 * Restores the values that a run changed and the products that it removed, unless they were changed since.
 * @throws UserError for an unknown run, and for one that was undone.
 */
export async function undoSpellings(store: Store, run: number): Promise<UndoneSpellings> {
  const found = requireRun(store, run);
  if (found.undone !== null)
    throw new UserError(`Run ${run} was undone at ${found.undone}; see shelfwright spellings runs.`, {
      field: 'run',
    });
  let restored = 0;
  let kept = 0;
  for (let after = { product_id: '', field: '' }; ; ) {
    const changes = store.spellingRuns.changes(run, after, BATCH);
    const last = changes.at(-1);
    if (last === undefined) break;
    after = last;
    await store.transactionAsync(() => {
      for (const change of changes) {
        if (restore(store, change)) restored++;
        else kept++;
      }
    });
    await new Promise(setImmediate);
  }
  await store.transactionAsync(() => store.spellingRuns.markUndone(run));
  return { run, restored, kept };
}

/** Whether it could: a value that was changed since stays. */
function restore(store: Store, change: SpellingChange): boolean {
  const { product_id, field, before, after } = change;
  if (isErasure(change)) return restoreErased(store, before);
  const product = store.products.original(product_id);
  if (product === undefined || JSON.stringify(fieldValue(product, field)) !== after) return false;
  const value: AttributeValue | null = JSON.parse(before);
  writeValues(
    store,
    value === null ? withoutField(product, field) : withChanges(product, [{ field, after: value }]),
  );
  return true;
}

function requireRun(store: Store, run: number): SpellingRun {
  const found = store.spellingRuns.get(run);
  if (found === undefined)
    throw new UserError(`There is no run ${run} of spellings; see shelfwright spellings runs.`, {
      field: 'run',
    });
  return found;
}

async function countSpellings(store: Store): Promise<SpellingCounts> {
  const counts = new SpellingCounts();
  for await (const batch of batches(store.products.each(BATCH)))
    for (const product of batch) counts.add(product);
  return counts;
}

/** The taxonomy that governs the store; without one, values are compared with each other only. */
function viewOf(store: Store): { view: TaxonomyView; governed: boolean } {
  const view = governingTaxonomy(store);
  return view === undefined ? { view: NO_TAXONOMY, governed: false } : { view, governed: true };
}

const NO_TAXONOMY = viewTaxonomy(
  taxonomySchema.parse({
    format: 1,
    version: 'none',
    language: 'und',
    owner: 'none',
    changelog: [{ version: 'none', date: '1970-01-01', changes: ['None.'] }],
  }),
);
