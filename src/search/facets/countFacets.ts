import type { Column } from '../../index/live.js';
import type { FacetValue } from '../answer.js';
import { requireKnown } from '../filter/requireKnown.js';
import { chooseFields } from './chooseFields.js';
import type { Counting } from './counting.js';
import { countValues } from './countValues.js';
import { matchValues } from './matchValues.js';
import type { TypedValue } from './readTypedValue.js';

/** The fields that `facets` names, each once; `*` stands for those that say most. */
export function namedFields(counting: Counting, names: readonly string[]): string[] {
  return [...new Set(names.flatMap((name) => (name === '*' ? chooseFields(counting) : [name])))];
}

/**
 * How many candidates have each value of each field: largest first, then by value; at most `limit` a field.
 * A product (or a group of variants) with several values counts once under each of them. Of the field that
 * something was typed for, only the values that it matches are listed.
 * @throws UserError for a field that the catalog does not have.
 */
export function countFacets(
  counting: Counting,
  fields: readonly string[],
  limit: number,
  typed?: TypedValue,
): Record<string, FacetValue[]> {
  const facets: Record<string, FacetValue[]> = {};
  for (const field of fields) {
    const column = counting.index.columns.field(field);
    if (column === undefined) {
      requireKnown(counting.index, field, 'facets');
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
  return matchValues(column, counted, typed)
    .map((code) => ({ value: column.values[code] ?? '', count: counts[code] ?? 0 }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, limit);
}
