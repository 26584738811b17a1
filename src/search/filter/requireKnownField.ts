import { UserError } from '../../domain/errors.js';
import { attributeName } from '../../domain/field.js';
import { hasColumn } from '../../index/columns/columnCells.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import { nearestNames } from '../../text/nearestName.js';

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

const USES = {
  filter: 'filter',
  facets: 'count',
  facet_query: 'count',
  facet_ranges: 'count',
  sort: 'sort',
} as const;

const MAX_NAMED = 3;
/** Of a longer text the beginning is compared. */
const LONGEST_COMPARED = 100;

/** @throws UserError, naming `parameter`, for a field that no product of the catalog has, or that has no column. */
export function requireKnownField(index: LiveIndex, field: string, parameter: keyof typeof USES): void {
  if (ALWAYS.has(field) || index.columns.field(field) !== undefined) return;
  const use = USES[parameter];
  const names = index.columns.names();
  if (!hasColumn(field)) {
    throw new UserError(
      `${parameter}: '${field}' has no values to ${use} by, its words are searched with q; fields to ${use} by: ${some(names)}.`,
      { field: parameter },
    );
  }
  throw new UserError(
    `${parameter}: no product has the field '${field.slice(0, LONGEST_COMPARED)}'; there is ${nearest(field, names)}.`,
    { field: parameter },
  );
}

/** The fields whose own names, without `attributes.`, are nearest; the nearest first. */
function nearest(field: string, names: readonly string[]): string {
  const own = (name: string): string => attributeName(name) ?? name;
  const wanted = own(field.slice(0, LONGEST_COMPARED));
  const listed = nearestNames(wanted, names.map(own), MAX_NAMED).flatMap((near) =>
    names.filter((name) => own(name) === near),
  );
  return listed.slice(0, MAX_NAMED).join(', ') || 'none yet';
}

/** The first eight, fields of the record before attributes. */
function some(names: readonly string[]): string {
  const own = names.filter((name) => attributeName(name) === undefined);
  const listed = [...own, ...names.filter((name) => attributeName(name) !== undefined)];
  return listed.slice(0, 8).join(', ') || 'none yet';
}
