import type { Fact } from '../domain/fact.js';
import { type FactRow as FactColumns, type StoredFact, storedFact } from './facts.js';

/** A fact with what it is about and which taxonomy version it was made by. */
export interface VersionedFact extends StoredFact {
  readonly productId: string;
}

/** A whole row of `facts`, whatever columns it gains. */
export interface FactRow extends FactColumns, Record<string, string | number | null> {
  readonly product_id: string;
}

/** Product, field and value, the latter as JSON. */
export type FactKey = [string, string, string];

export function keyOf({
  product_id,
  field,
  value,
}: Pick<FactRow, 'product_id' | 'field' | 'value'>): FactKey {
  return [product_id, field, value];
}

/** What a suggestion is grouped under follows from what it says, and is worked out anew where it is null. */
export const GROUP = 'suggestion_group';

/** The columns that a migration may change, where it did. */
export interface ChangedColumns {
  field?: string;
  value?: string;
  status?: Fact['status'];
  evidence?: string;
  taxonomy?: string;
}

export function factOf(row: FactRow): VersionedFact {
  return { productId: row.product_id, ...storedFact(row) };
}

/** What a row says otherwise with the fact as it is now, made by the version given. */
export function changedColumns(row: FactRow, after: Fact, version: string): ChangedColumns {
  const changed: ChangedColumns = {};
  const value = JSON.stringify(after.value);
  const evidence = JSON.stringify(after.evidence);
  if (after.field !== row.field) changed.field = after.field;
  if (value !== row.value) changed.value = value;
  if (after.status !== row.status) changed.status = after.status;
  if (evidence !== row.evidence) changed.evidence = evidence;
  if (version !== row.taxonomy) changed.taxonomy = version;
  return changed;
}

/** Whether nothing but the taxonomy version changed. */
export function onlyVersion({ taxonomy: _, ...others }: ChangedColumns): boolean {
  return Object.keys(others).length === 0;
}

export function sameRow(one: FactRow, other: FactRow): boolean {
  return Object.keys(one).every((column) => column === GROUP || one[column] === other[column]);
}
