import type { SpellingKind } from '../../audit/betterSpellings.js';
import { type SpellingCluster, SpellingCounts } from '../../audit/spellingClusters.js';
import { UserError } from '../../domain/errors.js';
import { fieldValue } from '../../domain/field.js';
import type { AttributeValue, Product } from '../../domain/product.js';
import { readableProduct } from '../../domain/readableProduct.js';
import type { Store } from '../../store/open.js';
import type { SpellingRun } from '../../store/spellingRuns.js';
import { inSlices } from '../../structures/inSlices.js';
import { taxonomySchema } from '../../taxonomy/schema.js';
import { type TaxonomyView, viewTaxonomy } from '../../taxonomy/view.js';
import { quotesExactly } from '../quotesExactly.js';
import { governingTaxonomy } from '../taxonomy/governingTaxonomy.js';
import { chosenClusters } from './chosenClusters.js';
import { changesOf, respellingOf, type SpellingChoice, withChanges } from './respell.js';

/** Another unit is no other spelling, so measures are converted only on request. */
export const DEFAULT_KINDS: readonly SpellingKind[] = ['spelling', 'typo'];

export interface SpellingsReport {
  readonly clusters: readonly SpellingCluster[];
  /** Products and values that change, or would change in a preview. */
  readonly products: number;
  readonly values: number;
  /** The number of the run, to undo it; null for a preview and where nothing changed. */
  readonly run: number | null;
}

export interface UndoneSpellings {
  readonly run: number;
  readonly restored: number;
  /** Values that were changed or deleted since: they stay as they are. */
  readonly kept: number;
}

/** Products read or written between two pauses, so that a service answers meanwhile. */
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
  { preview, by, ...choice }: SpellingChoice & { readonly preview: boolean; readonly by: string },
): Promise<SpellingsReport> {
  const counts = await countSpellings(store);
  const { view, governed } = viewOf(store);
  const corrections = await inSlices(counts.corrections(view, governed));
  const clusters = chosenClusters(counts.clusters(corrections), choice);
  const respelling = respellingOf(corrections, choice);
  let run: number | null = null;
  let products = 0;
  let values = 0;
  for await (const batch of batches(store)) {
    const changed = batch
      .map((product) => changesOf(product, respelling))
      .filter((changes) => changes.length > 0);
    if (changed.length === 0) continue;
    if (preview) {
      products += changed.length;
      values += changed.flat().length;
      continue;
    }
    await store.transactionAsync(() => {
      run ??= store.spellingRuns.start(by);
      for (const { id } of batch) {
        // Read again: the product may have been written meanwhile.
        const original = store.products.original(id);
        const changes = original === undefined ? [] : changesOf(readableProduct(original), respelling);
        if (original === undefined || changes.length === 0) continue;
        // The other fields keep their markup.
        write(store, withChanges(original, changes));
        for (const { field, before, after } of changes)
          store.spellingRuns.add(run, {
            ...{ product_id: id, field },
            ...{
              before: JSON.stringify(fieldValue(original, field) ?? before),
              after: JSON.stringify(after),
            },
          });
        products++;
        values += changes.length;
      }
    });
  }
  return { clusters, products, values, run };
}

/**
 * Restores the values that a run changed, unless they were changed since.
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
      for (const { product_id, field, before, after: made } of changes) {
        const product = store.products.original(product_id);
        if (product === undefined || JSON.stringify(fieldValue(product, field)) !== made) {
          kept++;
          continue;
        }
        const value: AttributeValue = JSON.parse(before);
        write(store, withChanges(product, [{ field, after: value }]));
        restored++;
      }
    });
    await new Promise(setImmediate);
  }
  await store.transactionAsync(() => store.spellingRuns.markUndone(run));
  return { run, restored, kept };
}

function requireRun(store: Store, run: number): SpellingRun {
  const found = store.spellingRuns.get(run);
  if (found === undefined)
    throw new UserError(`There is no run ${run} of spellings; see shelfwright spellings runs.`, {
      field: 'run',
    });
  return found;
}

/** As `writeProduct`, but facts that still quote the product stay: only the spelling of other values changed. */
function write(store: Store, product: Product): void {
  store.products.upsert(product);
  for (const { field, value, source, evidence } of store.facts.get(product.id)) {
    if (source === 'model' && !quotesExactly(product, evidence)) store.facts.remove(product.id, field, value);
  }
}

async function countSpellings(store: Store): Promise<SpellingCounts> {
  const counts = new SpellingCounts();
  for await (const batch of batches(store)) for (const product of batch) counts.add(product);
  return counts;
}

async function* batches(store: Store): AsyncGenerator<Product[]> {
  let batch: Product[] = [];
  for (const product of store.products.each(BATCH)) {
    if (batch.push(product) < BATCH) continue;
    yield batch;
    batch = [];
    await new Promise(setImmediate);
  }
  if (batch.length > 0) yield batch;
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
