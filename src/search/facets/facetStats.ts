import { fromBase } from '../../text/units.js';
import type { FacetStats } from '../searchAnswer.js';
import { DistinctCounter } from './distinctCounter.js';
import { type FacetScope, forEachCandidateCell } from './facetScope.js';

/**
 * The spread of the numbers in those fields that hold numbers: of which at least half of the candidates' values
 * stand for one, so that a brand such as `3M` does not make numbers of all brands. In the column's unit: where most
 * weights are in kg, `900 g` counts as 0.9.
 */
export function facetStats(counting: FacetScope, fields: readonly string[]): Record<string, FacetStats> {
  const stats: Record<string, FacetStats> = {};
  for (const field of fields) {
    const found = measure(counting, field);
    if (found !== undefined) stats[field] = found;
  }
  return stats;
}

function measure(counting: FacetScope, field: string): FacetStats | undefined {
  const column = counting.index.columns.field(field);
  if (column === undefined || !column.numbers.some(Number.isFinite)) return undefined;
  const { numbers, unit } = column;
  const counter = new DistinctCounter(1, counting.units);
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let values = 0;
  let measured = 0;
  forEachCandidateCell(counting, column, (code, ordinal) => {
    values++;
    const number = numbers[code] ?? Number.NaN;
    if (!Number.isFinite(number)) return;
    measured++;
    if (number < min) min = number;
    if (number > max) max = number;
    counter.add(0, ordinal);
  });
  if (measured === 0 || 2 * measured < values) return undefined;
  const count = counter.finish()[0] ?? 0;
  if (unit === undefined) return { min, max, count };
  return { min: fromBase(min, unit), max: fromBase(max, unit), count };
}
