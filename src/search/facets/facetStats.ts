import type { Column } from '../../index/liveIndex.js';
import { formatDate } from '../../text/dates.js';
import { fromBase } from '../../text/units.js';
import type { FacetStats } from '../searchAnswer.js';
import { DistinctCounter } from './distinctCounter.js';
import { type FacetScope, forEachCandidateCell } from './facetScope.js';

/**
 * Minimum, maximum and count of the fields of numbers and dates. A field is numeric if at least half of the
 * candidates' values are numbers, so that the brand `3M` does not make brands numeric. In the column's unit: if most
 * weights are in kg, `900 g` counts as 0.9. Dates are in ISO 8601.
 */
export function facetStats(scope: FacetScope, fields: readonly string[]): Record<string, FacetStats> {
  const stats: Record<string, FacetStats> = {};
  for (const field of fields) {
    const found = measure(scope, field);
    if (found !== undefined) stats[field] = found;
  }
  return stats;
}

function measure(scope: FacetScope, field: string): FacetStats | undefined {
  const column = scope.index.columns.field(field);
  if (column === undefined || !column.numbers.some(Number.isFinite)) return undefined;
  const { numbers } = column;
  const counter = new DistinctCounter(1, scope.groups);
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let values = 0;
  let measured = 0;
  forEachCandidateCell(scope, column, (code, ordinal) => {
    values++;
    const number = numbers[code] ?? Number.NaN;
    if (!Number.isFinite(number)) return;
    measured++;
    if (number < min) min = number;
    if (number > max) max = number;
    counter.add(0, ordinal);
  });
  if (measured === 0 || 2 * measured < values) return undefined;
  return describeStats(column, min, max, counter.finish()[0] ?? 0);
}

/** Statistics as they are answered, from numbers as the column stores them. */
export function describeStats({ type }: Column, min: number, max: number, count: number): FacetStats {
  const { unit, dates } = type;
  if (dates !== undefined) return { min: formatDate(min), max: formatDate(max), count };
  if (unit === undefined) return { min, max, count };
  return { min: fromBase(min, unit), max: fromBase(max, unit), count };
}
