import type { Column, LiveIndex } from '../../index/liveIndex.js';
import { requireKnownField } from '../filter/requireKnownField.js';
import type { FacetValue } from '../searchAnswer.js';
import { DistinctCounter } from './distinctCounter.js';
import { candidatesFor, type FacetScope, forEachCandidateCell } from './facetScope.js';
import { matchFacetValues } from './matchFacetValues.js';
import type { TypedValue } from './readTypedValue.js';

/** The fields that `facets` names, each once; `*` stands for those that say most. */
export function namedFields(counting: FacetScope, names: readonly string[]): string[] {
  return [...new Set(names.flatMap((name) => (name === '*' ? chooseFields(counting) : [name])))];
}

/**
 * How many candidates have each value of each field: largest first, then by value; at most `limit` a field.
 * A product (or a group of variants) with several values counts once under each of them. Of the field that
 * something was typed for, only the values that it matches are listed.
 * @throws UserError for a field that the catalog does not have.
 */
export function countFacets(
  counting: FacetScope,
  fields: readonly string[],
  limit: number,
  typed?: TypedValue,
): Record<string, FacetValue[]> {
  const facets: Record<string, FacetValue[]> = {};
  for (const field of fields) {
    const column = counting.index.columns.field(field);
    if (column === undefined) {
      requireKnownField(counting.index, field, 'facets');
      facets[field] = [];
      continue;
    }
    const counts = countValues(counting, column);
    facets[field] = largest(column, counts, limit, typed?.field === field ? typed.text : '');
  }
  return facets;
}

function largest(column: Column, counts: Uint32Array, limit: number, typed: string): FacetValue[] {
  const counted: number[] = [];
  for (let code = 0; code < counts.length; code++) if ((counts[code] ?? 0) > 0) counted.push(code);
  return matchFacetValues(column, counted, typed)
    .map((code) => ({ value: column.values[code] ?? '', count: counts[code] ?? 0 }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, limit);
}

/** How many units have each value of a column, by code; a unit once under each of its values. */
function countValues(counting: FacetScope, column: Column): Uint32Array {
  if (counting.units === undefined) return countCells(counting, column);
  const counter = new DistinctCounter(column.values.length, counting.units);
  forEachCandidateCell(counting, column, (code, ordinal) => counter.add(code, ordinal));
  return counter.finish();
}

/** How many candidates have each value, variants each for itself. */
function countCells(counting: FacetScope, column: Column): Uint32Array {
  const counts = new Uint32Array(column.values.length);
  forEachCandidateCell(counting, column, (code) => {
    counts[code] = (counts[code] ?? 0) + 1;
  });
  return counts;
}

/** At most this many fields, those that tell the candidates apart best. */
const CHOSEN_FIELDS = 8;
const CHOSEN_MAX_VALUES = 60;
const CHOSEN_MIN_COVERAGE = 0.2;
const MAX_VALUES = 2000;
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

/** What `*` stands for: the fields that most candidates have and that few values part, most candidates first. */
function chooseFields(counting: FacetScope): string[] {
  const total = counting.candidates.count();
  const ranked: { name: string; covered: number }[] = [];
  for (const name of candidateFields(counting.index)) {
    const column = counting.index.columns.field(name);
    if (column === undefined || column.values.length > MAX_VALUES) continue;
    const counts = countCells(counting, column);
    let values = 0;
    let covered = 0;
    for (const count of counts) {
      covered += count;
      if (count > 0) values++;
    }
    const among = counting.unrefined.has(name) ? candidatesFor(counting, name).count() : total;
    if (values < 2 || values > CHOSEN_MAX_VALUES || covered < CHOSEN_MIN_COVERAGE * among) continue;
    ranked.push({ name, covered });
  }
  ranked.sort((a, b) => b.covered - a.covered || (a.name < b.name ? -1 : 1));
  return ranked.slice(0, CHOSEN_FIELDS).map(({ name }) => name);
}

function candidateFields(index: LiveIndex): string[] {
  return index.columns.names().filter((name) => !NOT_CHOSEN.has(name));
}
