import type { Evidence } from '../domain/fact.js';
import type { Product } from '../domain/product.js';
import type { TaxonomyView } from '../taxonomy/view.js';
import { type Finding, quoted } from './finding.js';

/** A strong opinion that a filled category is wrong, or nothing. `confidence` is of `proposed`, 0 to 1. */
export type Doubt = (
  product: Product,
  vector: Float32Array | undefined,
) => { readonly proposed: string; readonly confidence: number; readonly evidence: Evidence } | undefined;

/** Products whose category is likely another one. A department and its own leaf do not disagree. */
export function findMiscategorised(
  products: readonly Product[],
  vectorOf: (product: Product) => Float32Array | undefined,
  doubt: Doubt,
  view: TaxonomyView,
): Finding[] {
  const found: Finding[] = [];
  for (const product of products) {
    const { id, category } = product;
    if (category === undefined) continue;
    const opinion = doubt(product, vectorOf(product));
    if (opinion === undefined || areAkin(category, opinion.proposed, view)) continue;
    found.push({
      kind: 'category',
      id,
      field: 'category',
      value: category,
      message: `stands in ${quoted(category)}, and ${because(opinion.evidence)} (${Math.round(100 * opinion.confidence)} %)`,
      suggestion: opinion.proposed,
    });
  }
  return found;
}

function areAkin(one: string, other: string, view: TaxonomyView): boolean {
  const [a, b] = [view.find(one), view.find(other)];
  if (a === undefined || b === undefined) return one === other;
  return a.id === b.id || view.ancestors(a.id).includes(b) || view.ancestors(b.id).includes(a);
}

function because(evidence: Evidence): string {
  if ('neighbours' in evidence) {
    const ids = evidence.neighbours.slice(0, 3).map(({ id }) => id);
    return `the products most like it do not, ${ids.join(', ')} among them`;
  }
  if ('quote' in evidence) return `its ${evidence.field} says ${quoted(evidence.quote)}`;
  return 'rule' in evidence ? evidence.rule : 'the shop’s other products speak against it';
}
