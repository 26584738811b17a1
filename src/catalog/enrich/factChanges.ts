import { z } from 'zod';
import type { Fact } from '../../domain/fact.js';
import { fieldValue } from '../../domain/field.js';
import type { Product } from '../../domain/product.js';

const counts = z.record(z.string(), z.number());

/** By field, how many blanks of products are filled by the enricher since a run, and how many no longer. */
export const factChangesSchema = z.object({
  /** Filled now, and not before. */
  became_applied: counts,
  /** Filled before, and blank now. */
  became_unapplied: counts,
});
export type FactChanges = z.infer<typeof factChangesSchema>;

/** Counts what a run changes in what the enricher applied. */
export class FactChangeCounts {
  readonly #applied: Map<string, number>;
  readonly #unapplied: Map<string, number>;
  /** Values applied before the run. */
  readonly before = new Map<string, number>();

  constructor(start: FactChanges = { became_applied: {}, became_unapplied: {} }) {
    this.#applied = new Map(Object.entries(start.became_applied));
    this.#unapplied = new Map(Object.entries(start.became_unapplied));
  }

  /** `product` has what the merchant and people gave: a cell that one of them filled or settled since has not changed. */
  add(product: Product, before: readonly Fact[], after: readonly Fact[]): void {
    const was = new Set(before.filter(isAppliedByModel).map(({ field }) => field));
    const is = new Set(after.filter(isAppliedByModel).map(({ field }) => field));
    for (const field of was) {
      if (fieldValue(product, field) !== undefined) continue;
      increase(this.before, field);
      if (!is.has(field)) increase(this.#unapplied, field);
    }
    for (const field of is) if (!was.has(field)) increase(this.#applied, field);
  }

  changes(): FactChanges {
    return { became_applied: sorted(this.#applied), became_unapplied: sorted(this.#unapplied) };
  }
}

/** Whether the enricher applied it; composed descriptions follow from other facts. */
export function isAppliedByModel({ status, source, method }: Fact): boolean {
  return status === 'applied' && source === 'model' && method !== 'template';
}

function increase(map: Map<string, number>, field: string): void {
  map.set(field, (map.get(field) ?? 0) + 1);
}

/** By descending count. */
function sorted(map: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...map].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)));
}
