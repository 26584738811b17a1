import type { CellObject } from '@e965/xlsx';
import { decimalText } from '../../text/numbers.js';
import { parseNumberFormat } from './numberFormat.js';

/**
 * The stored value of a cell as text: a number with all its digits and a point, an ISO date, a text as it is. The
 * format of a number counts only where it is part of the value: the zeros of `00000`, a currency or unit, percent, and
 * dates. An error is blank, and a formula has its cached value. `date1904`: the workbook counts days from 1904.
 */
export function cellText(cell: CellObject | undefined, date1904: boolean): string {
  if (cell === undefined || cell.t === 'e' || cell.t === 'z') return '';
  const { v: value, w: shown = '' } = cell;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : isoText(value.getTime());
  if (typeof value !== 'number') return value ?? '';
  if (!Number.isFinite(value)) return '';
  const { kind, isPadded, unit } = parseNumberFormat(typeof cell.z === 'string' ? cell.z : '');
  switch (kind) {
    case 'percent':
      return `${numberText(value * 100)}%`;
    case 'elapsed':
      return shown;
    case 'date':
    case 'time':
      return dateText(value, date1904) ?? timeText(value) ?? numberText(value);
    default:
      if (isPadded && shown !== '' && value >= 0 && Number.isInteger(value)) return shown.trim();
      return unit === '' ? numberText(value) : `${numberText(value)} ${unit}`;
  }
}

/** Spreadsheet programs compute with 15 digits; more are noise of binary fractions. */
const DIGITS = 15;

function numberText(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  if (Number.isInteger(value)) return BigInt(value).toString();
  return decimalText(Number(value.toPrecision(DIGITS)));
}

const DAY = 86_400_000;
/** Day 0 of serial numbers from day 61 on; before, the 29th of February 1900 counts, which did not exist. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const FIRST_REAL_DAY = 61;
const EPOCH_1904 = Date.UTC(1904, 0, 1);
/** The last day of the year 9999. */
const MAX_DAY = 2_958_465;

/** A day, with the time if there is one: `2025-01-31`, `2025-01-31T12:30:00`; undefined if it is no day. */
function dateText(serial: number, date1904: boolean): string | undefined {
  if (serial < 1 || serial > MAX_DAY + 1) return undefined;
  const epoch = date1904 ? EPOCH_1904 : serial < FIRST_REAL_DAY ? EPOCH_1900 + DAY : EPOCH_1900;
  return isoText(epoch + Math.round(serial * DAY));
}

function isoText(time: number): string {
  const iso = new Date(time).toISOString().replace(/(?:\.000)?Z$/, '');
  return iso.replace(/T00:00:00$/, '');
}

function timeText(serial: number): string | undefined {
  if (serial < 0 || serial >= 1) return undefined;
  return new Date(Math.round(serial * DAY)).toISOString().slice(11, 19);
}
