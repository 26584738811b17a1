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

/** The numbers of a column, by code, and the bound in the same base. Bounds of the same `type` have the same numbers. */
export function comparable(
  column: Column,
  given: Bound,
): { numbers: ArrayLike<number>; bound: number; type: string | undefined } {
  const { bound, foreign } = convertBound(column.type, given);
  const numbers = foreign === undefined ? column.numbers : foreignNumbers(column, foreign);
  return { bound, numbers, type: foreign?.name };
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
interface ForeignNumbers {
  readonly revision: number;
  /** By code; undefined for values without a number or date that another type could have. */
  readonly readings: (Reading | undefined)[];
  readonly numbers: Map<string, number[]>;
}
const foreignCache = new WeakMap<Column, ForeignNumbers>();

/** The numbers of values in a foreign type. A bare number is in the column's own type only. */
function foreignNumbers(column: Column, foreign: ForeignType): readonly number[] {
  const { values, textRevision } = column;
  let cached = foreignCache.get(column);
  if (cached?.revision !== textRevision) {
    cached = { revision: textRevision, readings: [], numbers: new Map() };
    foreignCache.set(column, cached);
  }
  const { readings } = cached;
  for (let code = readings.length; code < values.length; code++) {
    const reading = column.readingOf(code);
    const hasType = reading.date !== undefined || reading.quantity?.unit !== undefined;
    readings.push(hasType ? reading : undefined);
  }
  const numbers = cached.numbers.get(foreign.name) ?? [];
  cached.numbers.set(foreign.name, numbers);
  for (let code = numbers.length; code < values.length; code++) {
    const reading = readings[code];
    numbers.push(reading === undefined ? Number.NaN : foreignNumber(foreign, reading));
  }
  return numbers;
}

function foreignNumber({ type }: ForeignType, value: Reading): number {
  return value.quantity?.isBare === true ? Number.NaN : numberIn(type, value);
}
