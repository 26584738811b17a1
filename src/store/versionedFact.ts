import type { Fact } from '../domain/fact.js';
import { type FactRow as FactColumns, type StoredFact, storedFact } from './facts.js';

/** A fact with its product and the taxonomy version that made it. */
export interface VersionedFact extends StoredFact {
  readonly productId: string;
}

/** A row of `facts` with all its columns, also later ones. */
export interface FactRow extends FactColumns, Record<string, string | number | null> {
  readonly product_id: string;
}

/** Product id, field, and value as JSON. */
export type FactKey = [string, string, string];

export function factKeyOf({
  product_id,
  field,
  value,
}: Pick<FactRow, 'product_id' | 'field' | 'value'>): FactKey {
  return [product_id, field, value];
}

/** The column of the suggestion's group. Null means that it has to be computed again. */
export const GROUP = 'suggestion_group';

/** The columns that a migration changed. */
export interface ChangedColumns {
  field?: string;
  value?: string;
  status?: Fact['status'];
  evidence?: string;
  taxonomy?: string;
  /** Belongs to the old value. */
  written?: null;
}

export function versionedFactOf(row: FactRow): VersionedFact {
  return { productId: row.product_id, ...storedFact(row) };
}

/** The columns of a row that differ from the fact after a migration to a version. */
export function changedColumns(row: FactRow, after: Fact, version: string): ChangedColumns {
  const changed: ChangedColumns = {};
  const value = JSON.stringify(after.value);
  const evidence = JSON.stringify(after.evidence);
  if (after.field !== row.field) changed.field = after.field;
  if (value !== row.value) changed.value = value;
  if (value !== row.value && row.written !== null) changed.written = null;
  if (after.status !== row.status) changed.status = after.status;
  if (evidence !== row.evidence) changed.evidence = evidence;
  if (version !== row.taxonomy) changed.taxonomy = version;
  return changed;
}

/** Whether only the taxonomy version changed. */
export function onlyVersion({ taxonomy: _, ...others }: ChangedColumns): boolean {
  return Object.keys(others).length === 0;
}

export function sameRow(one: FactRow, other: FactRow): boolean {
  return Object.keys(one).every((column) => column === GROUP || one[column] === other[column]);
}
