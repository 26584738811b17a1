import { UserError } from '../../domain/errors.js';
import { attributeName } from '../../domain/field.js';
import { hasColumn } from '../../index/columns/columnCells.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import { nearestNames } from '../../text/nearestName.js';

/** Fields that are valid in every catalog, even if no product fills them yet. */
const STANDARD_FIELDS = new Set([
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

const MAX_SUGGESTED = 3;
/** Of a catalog with more fields, these many are compared. */
const MAX_COMPARED = 5000;
/** Only the beginning of a longer text is compared. */
const MAX_COMPARED_LENGTH = 100;

export function isStandardField(field: string): boolean {
  return STANDARD_FIELDS.has(field);
}

/** Whether a product has the field, or one might. */
export function isKnownField(index: LiveIndex, field: string): boolean {
  return isStandardField(field) || index.columns.field(field) !== undefined;
}

/**
 * @throws UserError, naming `parameter`, for a field that no product of the catalog has, or that has no
 * column.
 */
export function requireKnownField(index: LiveIndex, field: string, parameter: keyof typeof USES): void {
  if (isKnownField(index, field) || (parameter === 'sort' && field === 'title')) return;
  const use = USES[parameter];
  const names = index.columns.names();
  if (!hasColumn(field)) {
    throw new UserError(
      `${parameter}: '${field}' has no values to ${use} by, its words are searched with q; fields to ${use} by: ${firstFields(names)}.`,
      { field: parameter },
    );
  }
  throw new UserError(
    `${parameter}: no product has the field '${field.slice(0, MAX_COMPARED_LENGTH)}'; there is ${nearestFields(field, names)}.`,
    { field: parameter },
  );
}

/** The fields with the nearest names, ignoring the prefix `attributes.`; nearest first. */
function nearestFields(field: string, names: readonly string[]): string {
  const ownName = (name: string): string => attributeName(name) ?? name;
  const wanted = ownName(field.slice(0, MAX_COMPARED_LENGTH));
  const compared = names.slice(0, MAX_COMPARED);
  const fields = nearestNames(wanted, compared.map(ownName), MAX_SUGGESTED).flatMap((near) =>
    compared.filter((name) => ownName(name) === near),
  );
  return fields.slice(0, MAX_SUGGESTED).join(', ') || 'none yet';
}

/** The first eight field names, product fields before attributes. */
function firstFields(names: readonly string[]): string {
  const productFields = names.filter((name) => attributeName(name) === undefined);
  const ordered = [...productFields, ...names.filter((name) => attributeName(name) !== undefined)];
  return ordered.slice(0, 8).join(', ') || 'none yet';
}
