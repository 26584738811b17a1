import { governingTaxonomy } from '../catalog/taxonomy/governingTaxonomy.js';
import {
  addEdits,
  discardDraft,
  readDraft,
  undoEdit,
  versionOfDraft,
} from '../catalog/taxonomy/taxonomyDraft.js';
import { fieldValue } from '../domain/field.js';
import { applyFacts } from '../domain/filledProduct.js';
import type { Product } from '../domain/product.js';
import type { Store } from '../store/open.js';
import type { JournaledMigration } from '../store/taxonomyJournal.js';
import { describeDiff } from '../taxonomy/diff/describeDiff.js';
import { diffTaxonomies } from '../taxonomy/diff/diff.js';
import { describeEdit } from '../taxonomy/edit/draftVersion.js';
import type { Edit } from '../taxonomy/edit/editTaxonomy.js';
import { TouchCounter } from '../taxonomy/edit/touchCounter.js';
import { type Finding, lintTaxonomy } from '../taxonomy/lint/lint.js';
import { proposeValues, type ValueProposal } from '../taxonomy/propose/proposeValues.js';
import type { Attribute, Category, Taxonomy } from '../taxonomy/schema.js';
import { type TaxonomyView, viewTaxonomy } from '../taxonomy/view.js';

/** A category with the number of products that are filed under it itself, not under a narrower one. */
export type CountedCategory = Pick<Category, 'id' | 'name' | 'parent'> & { readonly products: number };

/** An attribute that a category carries. */
export interface CarriedAttribute {
  readonly attribute: Attribute;
  readonly required: boolean;
}

export interface DraftState {
  readonly edits: readonly string[];
  readonly revision: string;
  readonly outdated: boolean;
  /** The name of the next version, if none is given. */
  readonly version: string | undefined;
  readonly findings: readonly Finding[];
  /** The difference to the governing version, a line a change. */
  readonly changes: readonly string[];
}

/** The taxonomy that governs the shop, and its next version in the making. */
export interface Taxonomies {
  /** The taxonomy that governs, without the draft; undefined if none does. */
  current(): Taxonomy | undefined;
  counts(): Promise<readonly CountedCategory[]>;
  category(
    id: string,
  ):
    | { readonly category: Category; readonly path: string; readonly attributes: readonly CarriedAttribute[] }
    | undefined;
  draft(): DraftState | undefined;
  /** The number of products that each edit of the draft is about, see `TouchCounter`. */
  touched(): Promise<readonly number[]>;
  /** @throws UserError if an edit does not fit; ConflictError if another taxonomy governs by now. */
  edit(edits: readonly Edit[]): void;
  /** Takes the last edit back; false if there is none. */
  undoEdit(): boolean;
  discard(): void;
  /** Values of the products that the taxonomy does not list. */
  proposals(): Promise<readonly (ValueProposal & { readonly name: string })[]>;
  migrations(): Omit<JournaledMigration, 'taxonomy'>[];
}

/** Products read between two pauses, so that the service answers meanwhile. */
const BATCH = 200;
const MAX_PROPOSALS = 200;

export function openTaxonomies(store: Store): Taxonomies {
  let compiled: { readonly revision: string; readonly view: TaxonomyView } | undefined;
  let touched: { readonly key: string; readonly counts: readonly number[] } | undefined;
  let counted: { readonly key: string; readonly counts: ReadonlyMap<string, number> } | undefined;
  /** With the edits of the draft. */
  const view = (): TaxonomyView | undefined => {
    const governing = governingTaxonomy(store);
    const draft = governing === undefined ? undefined : readDraft(store);
    if (draft === undefined || draft.outdated) return governing;
    if (compiled?.revision !== draft.revision)
      compiled = { revision: draft.revision, view: viewTaxonomy(versionOfDraft(store).taxonomy) };
    return compiled.view;
  };
  async function countProducts(governing: TaxonomyView): Promise<ReadonlyMap<string, number>> {
    const key = `${store.changes.last()} ${governing.taxonomy.version}`;
    if (counted?.key === key) return counted.counts;
    const counts = new Map<string, number>();
    for await (const product of eachProduct(store)) {
      const found = governing.find(categoryOf(store, product));
      if (found !== undefined) counts.set(found.id, (counts.get(found.id) ?? 0) + 1);
    }
    counted = { key, counts };
    return counts;
  }
  return {
    current: () => governingTaxonomy(store)?.taxonomy,
    async counts() {
      const governing = governingTaxonomy(store);
      if (governing === undefined) return [];
      const counts = await countProducts(governing);
      return (view() ?? governing).taxonomy.categories.map(({ id, name, parent }) => ({
        ...{ id, name, parent },
        products: counts.get(id) ?? 0,
      }));
    },
    category(id) {
      const known = view();
      const category = known?.category(id);
      if (known === undefined || category === undefined) return undefined;
      const required = new Set(known.required(id));
      const attributes = known
        .carried(id)
        .map((attribute) => ({ attribute, required: required.has(attribute) }));
      return { category, path: known.path(id), attributes };
    },
    draft() {
      const draft = readDraft(store);
      if (draft === undefined) return undefined;
      const { revision, outdated } = draft;
      const edits = draft.edits.map(describeEdit);
      const governing = governingTaxonomy(store);
      if (outdated || governing === undefined)
        return { edits, revision, outdated, version: undefined, findings: [], changes: [] };
      const { taxonomy } = versionOfDraft(store);
      // Its first line is the version, the last one counts.
      return {
        ...{ edits, revision, outdated, version: taxonomy.version },
        findings: newFindings(governing.taxonomy, taxonomy),
        changes: describeDiff(diffTaxonomies(governing.taxonomy, taxonomy)).slice(1, -1),
      };
    },
    async touched() {
      const draft = readDraft(store);
      const governing = governingTaxonomy(store);
      if (draft === undefined || draft.outdated || governing === undefined) return [];
      const key = `${store.changes.last()} ${draft.revision}`;
      if (touched?.key === key) return touched.counts;
      const counter = new TouchCounter(governing, draft.edits);
      for await (const product of eachProduct(store))
        counter.add(applyFacts(product, store.facts.get(product.id)).product);
      touched = { key, counts: counter.counts };
      return counter.counts;
    },
    edit: (edits) => addEdits(store, edits),
    undoEdit: () => undoEdit(store),
    discard: () => discardDraft(store),
    async proposals() {
      const known = view();
      if (known === undefined) return [];
      const proposals = await proposeValues(eachProduct(store), known);
      return proposals.slice(0, MAX_PROPOSALS).map((proposal) => ({
        ...proposal,
        name: known.attribute(proposal.attribute)?.name ?? proposal.attribute,
      }));
    },
    migrations: () => store.taxonomyJournal.list(),
  };
}

/** All errors, and the warnings that the draft adds. */
function newFindings(governing: Taxonomy, draft: Taxonomy): Finding[] {
  const before = new Set(
    lintTaxonomy(governing).map(({ rule, where, message }) => `${rule} ${where} ${message}`),
  );
  return lintTaxonomy(draft).filter(
    ({ severity, rule, where, message }) =>
      severity === 'error' || !before.has(`${rule} ${where} ${message}`),
  );
}

async function* eachProduct(store: Store): AsyncGenerator<Product> {
  let read = 0;
  for (const product of store.products.each(BATCH)) {
    yield product;
    if (++read % BATCH === 0) await new Promise(setImmediate);
  }
}

/** The merchant's category, else the one that was filled; '' for none. */
function categoryOf(store: Store, product: Product): string {
  const own = fieldValue(product, 'category');
  if (typeof own === 'string') return own;
  const filled = store.facts
    .get(product.id)
    .find(({ field, status }) => field === 'category' && status === 'applied');
  return typeof filled?.value === 'string' ? filled.value : '';
}
