import { packagePaths } from '../../configuration/packagePaths.js';
import type { Store } from '../../store/open.js';
import { loadTaxonomy } from '../../taxonomy/load.js';
import { taxonomySchema } from '../../taxonomy/schema.js';
import { type TaxonomyView, viewTaxonomy } from '../../taxonomy/view.js';

const SETTING = 'taxonomy';

/** The compiled taxonomy of each open store, with the JSON that it was compiled from. */
const compiled = new WeakMap<Store, { readonly json: string; readonly view: TaxonomyView }>();
let starter: Promise<TaxonomyView> | undefined;

/**
 * The store's own taxonomy, if it has one. Compiled once per version: the same object as long as the store holds the
 * same taxonomy, whichever process wrote it.
 */
export function governingTaxonomy(store: Store): TaxonomyView | undefined {
  const json = store.settings.getJson(SETTING);
  if (json === undefined || json === 'null') return undefined;
  const known = compiled.get(store);
  // Comparing the text also notices a rollback and a write of another process. It takes a few milliseconds at most.
  if (known?.json === json) return known.view;
  const view = viewTaxonomy(taxonomySchema.parse(JSON.parse(json)));
  compiled.set(store, { json, view });
  return view;
}

/** Makes a taxonomy the store's own. */
export function governBy(store: Store, taxonomy: unknown): void {
  store.settings.set(SETTING, taxonomySchema.parse(taxonomy));
}

/** Leaves the store without a taxonomy of its own. */
export function ungovern(store: Store): void {
  store.settings.set(SETTING, null);
}

/** The taxonomy of the package, for stores and files without any filled row. */
export function starterTaxonomy(): Promise<TaxonomyView> {
  starter ??= loadTaxonomy(packagePaths.starterTaxonomy).then(viewTaxonomy);
  return starter;
}
