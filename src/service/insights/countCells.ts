import { Completeness } from '../../catalog/audit/completeness.js';
import { isShown } from '../../domain/fact.js';
import { fieldValue } from '../../domain/field.js';
import type { Product } from '../../domain/product.js';
import type { Store } from '../../store/open.js';
import { proposeValues } from '../../taxonomy/propose/proposeValues.js';
import type { TaxonomyView } from '../../taxonomy/view.js';

/** More products are sampled, so that a page that shows the counts does not wait for minutes. */
const MAX_COUNTED = 20_000;
/** Searches get their turn in between. */
const SLICE_MS = 15;

/** The cells of the products of one category. */
export interface CategoryCells {
  products: number;
  readonly cells: Completeness;
  /** Sum of the confidences of suggestions, by field. */
  readonly expected: Map<string, number>;
}

export interface CellCounts {
  /** Products in the store, and those that were counted. */
  readonly products: number;
  readonly counted: number;
  /** By category path; '' for products without a category. */
  readonly categories: ReadonlyMap<string, CategoryCells>;
  /** Frequent values that are not in the lists of the taxonomy. */
  readonly proposals: number;
}

/** Counts filled, suggested and blank cells by category, over all products or an evenly spread sample of them. */
export async function countCells(store: Store, view: TaxonomyView): Promise<CellCounts> {
  const categories = new Map<string, CategoryCells>();
  const total = store.products.count();
  let counted = 0;
  async function* countedProducts(): AsyncGenerator<Product> {
    const step = Math.max(1, total / MAX_COUNTED);
    let until = performance.now() + SLICE_MS;
    let next = 0;
    let place = 0;
    for (const id of store.products.eachId()) {
      if (place++ < next) continue;
      next += step;
      const product = store.products.get(id);
      if (product === undefined) continue;
      count(product);
      counted++;
      yield product;
      if (performance.now() < until) continue;
      await new Promise(setImmediate);
      until = performance.now() + SLICE_MS;
    }
  }
  const count = (product: Product): void => {
    const facts = store.facts.get(product.id).filter(isShown);
    const own = fieldValue(product, 'category') ?? facts.find(({ field }) => field === 'category')?.value;
    const known = typeof own === 'string' ? view.find(own) : undefined;
    const path = known === undefined ? '' : view.path(known.id);
    const category = categories.get(path) ?? {
      products: 0,
      cells: new Completeness(view),
      expected: new Map<string, number>(),
    };
    categories.set(path, category);
    category.products++;
    category.cells.count(product, facts);
    for (const { field, status, confidence } of facts)
      if (status === 'suggested')
        category.expected.set(field, (category.expected.get(field) ?? 0) + confidence);
  };
  const proposals = await proposeValues(countedProducts(), view);
  return { products: total, counted, categories, proposals: proposals.length };
}
