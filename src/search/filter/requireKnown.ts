import { UserError } from '../../domain/errors.js';
import { attributeName } from '../../domain/field.js';
import { fold } from '../../domain/fold.js';
import { hasColumn } from '../../index/columns/columnCells.js';
import type { LiveIndex } from '../../index/live.js';

/** Fields that every catalog has, so that naming one is no mistake where no product fills it yet. */
const ALWAYS = new Set([
  'id',
  'brand',
  'category',
  'price',
  'currency',
  'availability',
  'stock',
  'group_id',
  'rating',
  'gtin',
]);

const USES = { filter: 'filter', facets: 'count', sort: 'sort' } as const;

/** @throws UserError, naming `parameter`, for a field that no product of the catalog has, or that has no column. */
export function requireKnown(index: LiveIndex, field: string, parameter: keyof typeof USES): void {
  if (ALWAYS.has(field) || index.columns.field(field) !== undefined) return;
  const use = USES[parameter];
  const names = index.columns.names();
  if (!hasColumn(field)) {
    throw new UserError(
      `${parameter}: '${field}' has no values to ${use} by, its words are searched with q; fields to ${use} by: ${some(names)}.`,
      { field: parameter },
    );
  }
  const wanted = fold(field);
  const near = names.filter(
    (name) =>
      fold(name).includes(wanted) ||
      wanted.includes(fold(name)) ||
      fold(name) === fold(`attributes.${field}`),
  );
  throw new UserError(
    `${parameter}: no product has the field '${field}'; there is ${some(near.length > 0 ? near : names)}.`,
    { field: parameter },
  );
}

/** The first eight, fields of the record before attributes. */
function some(names: readonly string[]): string {
  const own = names.filter((name) => attributeName(name) === undefined);
  const listed = [...own, ...names.filter((name) => attributeName(name) !== undefined)];
  return listed.slice(0, 8).join(', ') || 'none yet';
}
