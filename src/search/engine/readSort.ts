import { POPULARITY_FIELDS, UNKNOWN_POPULARITY } from '../rank/popularity.js';
import { readSortOrder } from '../rank/sortOrder.js';
import type { EngineIndex } from './engineIndex.js';
import type { SortKey } from './productEngine.js';

/**
 * The order of a sorted list, as `readSortOrder` defines it.
 * @throws UserError for an unknown field or direction.
 */
export function readSort(index: EngineIndex, sort: readonly string[]): SortKey[] {
  // Refuses what cannot be read.
  readSortOrder(index, sort);
  return sort.flatMap((entry): SortKey[] => {
    const colon = entry.lastIndexOf(':');
    const field = (colon === -1 ? entry : entry.slice(0, colon)).trim();
    const direction = colon !== -1 && entry.slice(colon + 1).trim() === 'desc' ? 'desc' : 'asc';
    if (field === 'id') return [{ by: 'id', direction }];
    if (field === 'title') return [{ by: 'field', field, direction, numeric: false, texts: true }];
    const column = index.columns.field(field);
    if (column === undefined) return [];
    return [{ by: 'field', field: column.name, direction, numeric: column.type.isNumeric, texts: true }];
  });
}

/** Products by popularity; those without a number where half the popularity is. Ties are left to the id. */
export function popularityOrder(index: EngineIndex): SortKey[] {
  for (const field of POPULARITY_FIELDS) {
    const column = index.columns.field(field) ?? index.columns.field(`attributes.${field}`);
    const max = column?.numbers.reduce((most, number) => (number > most ? number : most), 0) ?? 0;
    if (column === undefined || max === 0) continue;
    const missing = Math.expm1(UNKNOWN_POPULARITY * Math.log1p(max));
    return [{ by: 'field', field: column.name, direction: 'desc', numeric: true, texts: false, missing }];
  }
  return [];
}
