import type { FacetStats } from '../answer.js';
import { type Counting, forEachCounted } from './counting.js';
import { UnitCounter } from './unitCounter.js';

/**
 * The spread of the numbers in those fields that hold numbers: of which at least half of the candidates' values
 * stand for one (`8 GB` counts as 8), so that a brand such as `3M` does not make numbers of all brands.
 */
export function measureNumbers(counting: Counting, fields: readonly string[]): Record<string, FacetStats> {
  const stats: Record<string, FacetStats> = {};
  for (const field of fields) {
    const found = measure(counting, field);
    if (found !== undefined) stats[field] = found;
  }
  return stats;
}

function measure(counting: Counting, field: string): FacetStats | undefined {
  const column = counting.index.columns.field(field);
  if (column === undefined || !column.numbers.some(Number.isFinite)) return undefined;
  const { numbers } = column;
  const counter = new UnitCounter(1, counting.units);
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let values = 0;
  let measured = 0;
  forEachCounted(counting, column, (code, ordinal) => {
    values++;
    const number = numbers[code] ?? Number.NaN;
    if (!Number.isFinite(number)) return;
    measured++;
    if (number < min) min = number;
    if (number > max) max = number;
    counter.add(0, ordinal);
  });
  if (measured === 0 || 2 * measured < values) return undefined;
  return { min, max, count: counter.finish()[0] ?? 0 };
}
