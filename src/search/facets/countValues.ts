import type { Column } from '../../index/live.js';
import { type Counting, forEachCounted } from './counting.js';
import { UnitCounter } from './unitCounter.js';

/** How many units have each value of a column, by code; a unit once under each of its values. */
export function countValues(counting: Counting, column: Column): Uint32Array {
  if (counting.units === undefined) return countCells(counting, column);
  const counter = new UnitCounter(column.values.length, counting.units);
  forEachCounted(counting, column, (code, ordinal) => counter.add(code, ordinal));
  return counter.finish();
}

/** How many candidates have each value, variants each for itself. */
export function countCells(counting: Counting, column: Column): Uint32Array {
  const counts = new Uint32Array(column.values.length);
  forEachCounted(counting, column, (code) => {
    counts[code] = (counts[code] ?? 0) + 1;
  });
  return counts;
}
