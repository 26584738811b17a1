import type { Column, LiveIndex } from '../../index/liveIndex.js';
import { requireKnownField } from '../filter/requireKnownField.js';
import type { FacetValue } from '../searchAnswer.js';
import { DistinctCounter } from './distinctCounter.js';
import { candidatesFor, type FacetScope, forEachCandidateCell } from './facetScope.js';
import { matchFacetValues } from './matchFacetValues.js';
import type { FacetQuery } from './readFacetQuery.js';

/** The fields that `facets` names, each once; `*` stands for the most useful ones. */
export function namedFields(scope: FacetScope, names: readonly string[]): string[] {
  return [...new Set(names.flatMap((name) => (name === '*' ? chooseFields(scope) : [name])))];
}

/**
 * Counts the candidates by value: largest first, then by value, at most `limit` per field. A product (or a
 * group of variants) with several values counts once for each. For the field of a facet query, only matching
 * values are listed.
 * @throws UserError for a field that the catalog does not have.
 */
export function countFacets(
  scope: FacetScope,
  fields: readonly string[],
  limit: number,
  typed?: FacetQuery,
): Record<string, FacetValue[]> {
  const facets: Record<string, FacetValue[]> = {};
  for (const field of fields) {
    const column = scope.index.columns.field(field);
    if (column === undefined) {
      requireKnownField(scope.index, field, 'facets');
      facets[field] = [];
      continue;
    }
    const counts = countValues(scope, column);
    facets[field] = listValues(column, counts, limit, typed?.field === field ? typed.text : '');
  }
  return facets;
}

/** The values that match what was typed, with their counts by code: largest first, then by value. */
export function listValues(column: Column, counts: Uint32Array, limit: number, typed: string): FacetValue[] {
  const codesWithCandidates: number[] = [];
  for (let code = 0; code < counts.length; code++)
    if ((counts[code] ?? 0) > 0) codesWithCandidates.push(code);
  return matchFacetValues(column, codesWithCandidates, typed)
    .map((code) => ({ value: column.values[code] ?? '', count: counts[code] ?? 0 }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, limit);
}

/** Number of groups with each value of a column, by code; a group counts once per value. */
function countValues(scope: FacetScope, column: Column): Uint32Array {
  if (scope.groups === undefined) return countCells(scope, column);
  const counter = new DistinctCounter(column.values.length, scope.groups);
  forEachCandidateCell(scope, column, (code, ordinal) => counter.add(code, ordinal));
  return counter.finish();
}

/** Number of candidates with each value; variants count separately. */
function countCells(scope: FacetScope, column: Column): Uint32Array {
  const counts = new Uint32Array(column.values.length);
  forEachCandidateCell(scope, column, (code) => {
    counts[code] = (counts[code] ?? 0) + 1;
  });
  return counts;
}

/** Maximum number of fields that `*` stands for. */
const MAX_CHOSEN = 8;
const CHOSEN_MAX_VALUES = 60;
const MIN_VALUES = 2;
const CHOSEN_MIN_COVERAGE = 0.2;
export const MAX_VALUES = 2000;
/** Fields that `*` never stands for: numbers, ids and product fields with a facet of their own. */
const NEVER_CHOSEN = new Set([
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

/** The fields for `*`: those that most candidates have and that have few values, most candidates first. */
function chooseFields(scope: FacetScope): string[] {
  const all = scope.candidates.count();
  const chosen: { name: string; withField: number }[] = [];
  for (const name of candidateFields(scope.index)) {
    const column = scope.index.columns.field(name);
    const total = scope.unrefined.has(name) ? candidatesFor(scope, name).count() : all;
    // Cheap to know, and true of most columns of a catalog with many.
    if (column === undefined || column.cells < Math.max(MIN_VALUES, CHOSEN_MIN_COVERAGE * total)) continue;
    if (column.values.length > MAX_VALUES) continue;
    const withField = usefulness(countCells(scope, column), total);
    if (withField !== undefined) chosen.push({ name, withField });
  }
  return mostUseful(chosen);
}

/** Number of cells with a value, by counts of values among so many products; undefined if the field is not useful. */
export function usefulness(counts: Iterable<number>, total: number): number | undefined {
  let values = 0;
  let withField = 0;
  for (const count of counts) {
    withField += count;
    if (count > 0) values++;
  }
  const isUseful =
    values >= MIN_VALUES && values <= CHOSEN_MAX_VALUES && withField >= CHOSEN_MIN_COVERAGE * total;
  return isUseful ? withField : undefined;
}

/** The names of the fields that `*` stands for. */
export function mostUseful(
  fields: readonly { readonly name: string; readonly withField: number }[],
): string[] {
  return [...fields]
    .sort((a, b) => b.withField - a.withField || (a.name < b.name ? -1 : 1))
    .slice(0, MAX_CHOSEN)
    .map(({ name }) => name);
}

/** The fields that `*` may stand for. */
export function candidateFields(index: LiveIndex): string[] {
  return index.columns.names().filter((name) => !NEVER_CHOSEN.has(name));
}
