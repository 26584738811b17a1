import { type ColumnType, numberIn, timeOfNumber } from '../../index/columns/columnType.js';
import type { Reading } from '../../index/columns/readValue.js';
import type { Column } from '../../index/liveIndex.js';
import { timeOf } from '../../text/dates.js';
import { toBase, type Unit, unitIn } from '../../text/units.js';
import type { Bound } from './compare.js';

/** A type of column that the column itself does not have: another dimension, or dates among numbers. */
interface ForeignType {
  readonly name: string;
  readonly type: ColumnType;
}

const DATES: ForeignType = {
  name: 'dates',
  type: { unit: undefined, dates: 'month first', isNumeric: true },
};

/** The numbers of a column, by code, and the bound in the same base. */
export function comparable(column: Column, given: Bound): { numbers: ArrayLike<number>; bound: number } {
  const { bound, foreign } = convertBound(column.type, given);
  return { bound, numbers: foreign === undefined ? column.numbers : foreignNumbers(column, foreign) };
}

/** The same for values outside a column, which would be in a column of this type. */
export function comparableValues(
  values: readonly Reading[],
  type: ColumnType,
  given: Bound,
): { numbers: number[]; bound: number } {
  const { bound, foreign } = convertBound(type, given);
  return {
    bound,
    numbers: values.map((value) =>
      foreign === undefined ? numberIn(type, value) : foreignNumber(foreign, value),
    ),
  };
}

/** Converts the bound to a base; `foreign` is the bound's type if it is not the column's. */
function convertBound(
  { unit, dates }: ColumnType,
  given: Bound,
): { bound: number; foreign?: ForeignType | undefined } {
  if (given.date !== undefined) {
    const bound = timeOf(given.date, dates ?? 'month first');
    return dates === undefined ? { bound, foreign: DATES } : { bound };
  }
  const { value, unit: own } = given;
  if (own === undefined) {
    if (dates !== undefined) return { bound: timeOfNumber(value) };
    return { bound: unit === undefined ? value : toBase(value, unit) };
  }
  const sameDimension = unit === undefined ? undefined : unitIn(unit.dimension, own);
  return sameDimension === undefined
    ? { bound: toBase(value, own), foreign: measures(own) }
    : { bound: toBase(value, sameDimension) };
}

function measures(unit: Unit): ForeignType {
  return { name: unit.dimension, type: { unit, dates: undefined, isNumeric: true } };
}

/** Cache by column, state of its texts, and foreign type. Values are only ever added to a column. */
const foreignCache = new WeakMap<Column, { revision: number; numbers: Map<string, number[]> }>();

/** The numbers of values in a foreign type. A bare number is in the column's own type only. */
function foreignNumbers(column: Column, foreign: ForeignType): readonly number[] {
  const { values, textRevision } = column;
  let cached = foreignCache.get(column);
  if (cached?.revision !== textRevision) {
    cached = { revision: textRevision, numbers: new Map() };
    foreignCache.set(column, cached);
  }
  const numbers = cached.numbers.get(foreign.name) ?? [];
  cached.numbers.set(foreign.name, numbers);
  for (let code = numbers.length; code < values.length; code++)
    numbers.push(foreignNumber(foreign, column.readingOf(code)));
  return numbers;
}

function foreignNumber({ type }: ForeignType, value: Reading): number {
  return value.quantity?.isBare === true ? Number.NaN : numberIn(type, value);
}
