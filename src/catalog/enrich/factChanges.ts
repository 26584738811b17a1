import { z } from 'zod';
import type { Fact } from '../../domain/fact.js';
import { fieldValue } from '../../domain/field.js';
import type { Product } from '../../domain/product.js';
import { FieldCounts } from '../fieldCounts.js';

const counts = z.record(z.string(), z.number());

/** By field, how many blanks of products are filled by the enricher since a run, and how many no longer. */
export const factChangesSchema = z.object({
  /** Filled now, and not before. */
  became_applied: counts,
  /** Filled before, and blank now. */
  became_unapplied: counts,
});
export type FactChanges = z.infer<typeof factChangesSchema>;

/** The same in one record. */
export function changedByField(
  applied: Readonly<Record<string, number>>,
  unapplied: Readonly<Record<string, number>>,
): Record<string, { applied: number; unapplied: number }> {
  const fields = [...new Set([...Object.keys(applied), ...Object.keys(unapplied)])];
  return Object.fromEntries(
    fields.map((field) => [field, { applied: applied[field] ?? 0, unapplied: unapplied[field] ?? 0 }]),
  );
}

/** Counts what a run changes in what the enricher applied. */
export class FactChangeCounts {
  readonly #applied: FieldCounts;
  readonly #unapplied: FieldCounts;
  /** Values applied before the run. */
  readonly before = new FieldCounts();

  constructor(start: FactChanges = { became_applied: {}, became_unapplied: {} }) {
    this.#applied = new FieldCounts(start.became_applied);
    this.#unapplied = new FieldCounts(start.became_unapplied);
  }

  /** `product` has what the merchant and people gave: a cell that one of them filled or settled since has not changed. */
  add(product: Product, before: readonly Fact[], after: readonly Fact[]): void {
    const was = appliedFields(before);
    const is = appliedFields(after);
    const open = [...was].filter((field) => fieldValue(product, field) === undefined);
    this.before.add(open);
    this.#unapplied.add(open.filter((field) => !is.has(field)));
    this.#applied.add([...is].filter((field) => !was.has(field)));
  }

  changes(): FactChanges {
    return { became_applied: this.#applied.toRecord(), became_unapplied: this.#unapplied.toRecord() };
  }
}

function appliedFields(facts: readonly Fact[]): Set<string> {
  return new Set(facts.filter(isAppliedByModel).map(({ field }) => field));
}

/** Whether the enricher applied it; composed descriptions follow from other facts. */
export function isAppliedByModel({ status, source, method }: Fact): boolean {
  return status === 'applied' && source === 'model' && method !== 'template';
}
