import type { Bits } from '../../index/bits.js';
import type { Column, LiveIndex } from '../../index/live.js';
import type { FacetValue } from '../answer.js';
import { requireKnown } from '../filter/requireKnown.js';

/** With `*`: at most this many fields, those that tell the candidates apart best. */
const CHOSEN_FIELDS = 8;
const CHOSEN_MAX_VALUES = 60;
const CHOSEN_MIN_COVERAGE = 0.2;
/** Told apart by a person reading a list: not numbers, ids or flags of the record. */
const NOT_CHOSEN = new Set([
  'brand',
  'category',
  'price',
  'currency',
  'stock',
  'group_id',
  'gtin',
  'sku',
  'mpn',
]);

/**
 * How many candidates have each value of each field: largest first, then by value; at most `limit` a field.
 * A product with several values counts once under each of them.
 * @throws UserError for a field that the catalog does not have.
 */
export function countFacets(
  index: LiveIndex,
  candidates: Bits,
  fields: readonly string[],
  limit: number,
): Record<string, FacetValue[]> {
  const facets: Record<string, FacetValue[]> = {};
  for (const field of fields) {
    if (field === '*') {
      Object.assign(facets, chosen(index, candidates, limit));
      continue;
    }
    const column = index.columns.field(field);
    if (column === undefined) requireKnown(index, field, 'facets');
    facets[field] = column === undefined ? [] : largest(column, tally(column, candidates).counts, limit);
  }
  return facets;
}

function chosen(index: LiveIndex, candidates: Bits, limit: number): Record<string, FacetValue[]> {
  const total = candidates.count();
  const ranked: { name: string; column: Column; counts: Uint32Array; covered: number }[] = [];
  for (const name of index.columns.names()) {
    const column = index.columns.field(name);
    if (column === undefined || NOT_CHOSEN.has(name) || column.values.length > 2000) continue;
    const { counts, cells } = tally(column, candidates);
    const values = counts.reduce((seen, count) => seen + (count > 0 ? 1 : 0), 0);
    if (values < 2 || values > CHOSEN_MAX_VALUES || cells < CHOSEN_MIN_COVERAGE * total) continue;
    ranked.push({ name, column, counts, covered: cells });
  }
  ranked.sort((a, b) => b.covered - a.covered || (a.name < b.name ? -1 : 1));
  return Object.fromEntries(
    ranked.slice(0, CHOSEN_FIELDS).map(({ name, column, counts }) => [name, largest(column, counts, limit)]),
  );
}

function tally(column: Column, candidates: Bits): { counts: Uint32Array; cells: number } {
  const { ordinals, codes } = column;
  const counts = new Uint32Array(column.values.length);
  let cells = 0;
  for (let cell = 0; cell < codes.length; cell++) {
    if (!candidates.has(ordinals[cell] ?? 0)) continue;
    const code = codes[cell] ?? 0;
    counts[code] = (counts[code] ?? 0) + 1;
    cells++;
  }
  return { counts, cells };
}

function largest(column: Column, counts: Uint32Array, limit: number): FacetValue[] {
  const values: FacetValue[] = [];
  for (const [code, count] of counts.entries()) {
    if (count > 0) values.push({ value: column.values[code] ?? '', count });
  }
  values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  return values.slice(0, limit);
}
