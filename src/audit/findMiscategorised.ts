import type { Evidence } from '../domain/fact.js';
import type { Product } from '../domain/product.js';
import type { TaxonomyView } from '../taxonomy/view.js';
import { type Finding, quoted } from './report.js';

/** Proposes another category if a product's category is probably wrong; `confidence` of the proposal is 0 to 1. */
export type CategoryCheck = (
  product: Product,
  vector: Float32Array | undefined,
) => { readonly proposed: string; readonly confidence: number; readonly evidence: Evidence } | undefined;

/** Finds products in a probably wrong category. A broader or narrower category of the same branch is not wrong. */
export function findMiscategorised(
  products: readonly Product[],
  vectorOf: (product: Product) => Float32Array | undefined,
  check: CategoryCheck,
  view: TaxonomyView,
): Finding[] {
  const found: Finding[] = [];
  for (const product of products) {
    const { id, category } = product;
    if (category === undefined) continue;
    const suspicion = check(product, vectorOf(product));
    if (suspicion === undefined || isSameBranch(category, suspicion.proposed, view)) continue;
    found.push({
      kind: 'category',
      id,
      field: 'category',
      value: category,
      message: `is filed under ${quoted(category)}, but ${because(suspicion.evidence)} (${Math.round(100 * suspicion.confidence)} %)`,
      suggestion: suspicion.proposed,
    });
  }
  return found;
}

function isSameBranch(one: string, other: string, view: TaxonomyView): boolean {
  const [a, b] = [view.find(one), view.find(other)];
  if (a === undefined || b === undefined) return one === other;
  return a.id === b.id || view.ancestors(a.id).includes(b) || view.ancestors(b.id).includes(a);
}

function because(evidence: Evidence): string {
  if ('neighbours' in evidence) {
    const ids = evidence.neighbours.slice(0, 3).map(({ id }) => id);
    return `the most similar products are not, such as ${ids.join(', ')}`;
  }
  if ('quote' in evidence) return `its ${evidence.field} says ${quoted(evidence.quote)}`;
  return 'rule' in evidence ? evidence.rule : 'the shop’s other products suggest another category';
}
