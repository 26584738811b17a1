import { numberIn, readValue, type ValueNumber } from '../../index/columns/readValue.js';
import type { Column } from '../../index/liveIndex.js';
import { toBase, type Unit, unitIn } from '../../text/units.js';
import type { Bound } from './compare.js';

/** The numbers of a column, by code, and the bound in the same base. */
export function comparable(column: Column, given: Bound): { numbers: ArrayLike<number>; bound: number } {
  const { bound, foreign } = convertBound(column.unit, given);
  return { bound, numbers: foreign === undefined ? column.numbers : foreignNumbers(column, foreign) };
}

/** The same for values outside a column, which would be in a column of this unit. */
export function comparableValues(
  values: readonly ValueNumber[],
  unit: Unit | undefined,
  given: Bound,
): { numbers: number[]; bound: number } {
  const { bound, foreign } = convertBound(unit, given);
  return {
    bound,
    numbers: values.map((value) =>
      foreign === undefined ? numberIn(unit, value) : foreignNumber(foreign, value),
    ),
  };
}

/** Converts the bound to a base; `foreign` is its unit if its dimension is not the column's. */
function convertBound(
  unit: Unit | undefined,
  { value, unit: own }: Bound,
): { bound: number; foreign?: Unit } {
  if (own === undefined) return { bound: unit === undefined ? value : toBase(value, unit) };
  const sameDimension = unit === undefined ? undefined : unitIn(unit.dimension, own);
  return sameDimension === undefined
    ? { bound: toBase(value, own), foreign: own }
    : { bound: toBase(value, sameDimension) };
}

/** Cache by column and dimension. Values are only ever added to a column. */
const foreignCache = new WeakMap<Column, Map<string, number[]>>();

/** The numbers of values in the unit's dimension. A bare number is in the column's own dimension only. */
function foreignNumbers(column: Column, unit: Unit): readonly number[] {
  const byDimension = foreignCache.get(column) ?? new Map<string, number[]>();
  foreignCache.set(column, byDimension);
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
