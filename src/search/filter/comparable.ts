import { numberIn, readValue, type ValueNumber } from '../../index/columns/readValue.js';
import type { Column } from '../../index/liveIndex.js';
import { toBase, type Unit, unitIn } from '../../text/units.js';
import type { Bound } from './compare.js';

/** The numbers of a column, by code, and a bound that compares with them. */
export function comparable(column: Column, asked: Bound): { numbers: ArrayLike<number>; bound: number } {
  const { bound, foreign } = place(column.unit, asked);
  return { bound, numbers: foreign === undefined ? column.numbers : foreignNumbers(column, foreign) };
}

/** The same for values that stand in no column, but would in one of this unit. */
export function comparableValues(
  values: readonly ValueNumber[],
  unit: Unit | undefined,
  asked: Bound,
): { numbers: number[]; bound: number } {
  const { bound, foreign } = place(unit, asked);
  return {
    bound,
    numbers: values.map((value) =>
      foreign === undefined ? numberIn(unit, value) : foreignNumber(foreign, value),
    ),
  };
}

/** The bound in a base; `foreign` is its unit where that is of another dimension than the column's. */
function place(unit: Unit | undefined, { value, unit: own }: Bound): { bound: number; foreign?: Unit } {
  if (own === undefined) return { bound: unit === undefined ? value : toBase(value, unit) };
  const meant = unit === undefined ? undefined : unitIn(unit.dimension, own);
  return meant === undefined ? { bound: toBase(value, own), foreign: own } : { bound: toBase(value, meant) };
}

/** By column and dimension. Values are only ever added to a column. */
const foreignByColumn = new WeakMap<Column, Map<string, number[]>>();

/** The numbers of the values that are of the dimension; a bare number is of none but the column's own. */
function foreignNumbers(column: Column, unit: Unit): readonly number[] {
  const byDimension = foreignByColumn.get(column) ?? new Map<string, number[]>();
  foreignByColumn.set(column, byDimension);
  const numbers = byDimension.get(unit.dimension) ?? [];
  byDimension.set(unit.dimension, numbers);
  const { values } = column;
  for (let code = numbers.length; code < values.length; code++)
    numbers.push(foreignNumber(unit, readValue(values[code] ?? '')));
  return numbers;
}

function foreignNumber(unit: Unit, value: ValueNumber): number {
  return value.isBare ? Number.NaN : numberIn(unit, value);
}
