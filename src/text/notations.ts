import { decimalMarkOfMoney, MONEY_NOTATION, readMoney } from './money.js';
import {
  DECIMAL_COMMA,
  DECIMAL_POINT,
  decimalText,
  type FoundNumber,
  NEUTRAL,
  type Notation,
  NUMBER_START,
  numberAt,
} from './numbers.js';

/** The notation of a language (BCP 47: `de`, `en-IN`); neutral for an unknown language. */
export function notationOf(language: string): Notation {
  const known = knownLanguages.get(language);
  if (known !== undefined) return known;
  const locale = localeOf(language);
  const parts = locale === undefined ? [] : new Intl.NumberFormat(locale).formatToParts(1.5);
  const notation = parts.some(({ type, value }) => type === 'decimal' && value === ',')
    ? DECIMAL_COMMA
    : NEUTRAL;
  knownLanguages.set(language, notation);
  return notation;
}

const knownLanguages = new Map<string, Notation>();

function localeOf(language: string): string | undefined {
  try {
    return Intl.NumberFormat.supportedLocalesOf([language])[0];
  } catch {
    return undefined;
  }
}

/** A sample of one column's cells. */
export interface SampleColumn {
  readonly cells: readonly string[];
  /** Prices are more reliable than other columns: a version `2.0` occurs in files of any notation. */
  readonly isPrice?: boolean;
}

/** Minimum share of numbers among a numeric column's filled cells. */
const MIN_NUMBERS = 0.5;
/** Minimum share of a column's unambiguous cells that agree. */
const MIN_AGREEING = 0.9;

/** How a file writes its numbers, and how it writes its prices and counts. */
export interface DetectedNotation {
  readonly notation: Notation;
  /**
   * As `notation` if the cells prove it or a fallback states it. Else three digits after any mark are thousands: prices
   * have at most two decimals, and counts none.
   */
  readonly amounts: Notation;
}

/** `detectNotation` for all numbers, and for amounts; `fallback` if the file's format implies a notation. */
export function detectNotations(
  columns: readonly SampleColumn[],
  fallback: Notation = NEUTRAL,
): DetectedNotation {
  const notation = detectNotation(columns, fallback);
  const numeric = columns.filter(isNumericColumn);
  const isMixed = numeric.some((column) => column.isPrice === true && isMixedColumn(column));
  const isProven = !isMixed && provenMark(numeric) !== undefined;
  return { notation, amounts: { ...(isProven ? notation : MONEY_NOTATION), exponents: true } };
}

/**
 * Detects how a file writes numbers from its unambiguous cells, such as `1.299,00`, `9,5`, `1,234,567`. Price columns
 * decide if they agree, else the other columns if they agree, else `fallback`.
 */
export function detectNotation(columns: readonly SampleColumn[], fallback: Notation = NEUTRAL): Notation {
  const numeric = columns.filter(isNumericColumn);
  const mark = provenMark(numeric);
  const { grouping } = mark === undefined ? fallback : mark === ',' ? DECIMAL_COMMA : DECIMAL_POINT;
  const exponents = numeric.some(({ cells }) => cells.some((cell) => EXPONENT.test(cell.trim())));
  return { grouping, exponents };
}

/** Whether the filled cells of a column are mostly numbers, with or without a unit or a currency. */
export function isNumeric(cells: readonly string[]): boolean {
  return areMostly(cells, (cell) => numberIn(cell, SAMPLE_NOTATION) !== undefined);
}

function isNumericColumn({ cells, isPrice }: SampleColumn): boolean {
  return isPrice === true ? areMostly(cells, (cell) => readMoney(cell) !== undefined) : isNumeric(cells);
}

function areMostly(cells: readonly string[], isNumber: (cell: string) => boolean): boolean {
  let filled = 0;
  let numbers = 0;
  for (const cell of cells) {
    if (cell.trim() === '') continue;
    filled++;
    if (isNumber(cell)) numbers++;
  }
  return numbers > 0 && numbers >= MIN_NUMBERS * filled;
}

/**
 * The cell with its number rewritten so that NEUTRAL reads the value that `notation` reads; unchanged if it already
 * does.
 */
export function toNeutral(cell: string, notation: Notation): string {
  const found = numberIn(cell, notation);
  if (found === undefined) return cell;
  const { start, end, value } = found;
  const neutral = numberIn(cell, NEUTRAL);
  if (neutral?.value === value && neutral.end === end) return cell;
  return `${cell.slice(0, start)}${decimalText(value)}${cell.slice(end)}`;
}

/** Spreadsheet programs write a number that is too long for its cell with one leading digit. */
const EXPONENT = /^[+-]?\d(?:[.,]\d+)?E[+-]?\d{1,3}$/i;
const SAMPLE_NOTATION: Notation = { ...NEUTRAL, exponents: true };
/** Text before a cell's number: `EUR `, `US$`, `Rs. `, `-`. A letter directly before the number makes it a code. */
const PREFIX = /^(?:\p{L}{1,3}[.\p{Sc}]?\s+|\p{L}{0,3}\p{Sc}\s*)?[+\-−－]?\s*$/u;
/** A unit or a currency after the number. With a digit, the cell is a range, a date or a list. */
const SUFFIX = /^\D{0,24}$/u;

/** The only number of a cell, with its sign. */
function numberIn(cell: string, notation: Notation): (FoundNumber & { readonly start: number }) | undefined {
  const first = NUMBER_START.exec(cell)?.index;
  if (first === undefined || first > 8 || !PREFIX.test(cell.slice(0, first))) return undefined;
  const found = numberAt(cell, first, notation, true);
  return found === undefined || !SUFFIX.test(cell.slice(found.end)) ? undefined : { ...found, start: first };
}

/** The decimal mark of the price columns if they agree, else that of the other columns. */
function provenMark(numeric: readonly SampleColumn[]): '.' | ',' | undefined {
  return (
    commonMark(numeric.filter(({ isPrice }) => isPrice === true)) ??
    commonMark(numeric.filter(({ isPrice }) => isPrice !== true))
  );
}

/** The decimal mark of columns that agree on one. */
function commonMark(columns: readonly SampleColumn[]): '.' | ',' | undefined {
  const marks = new Set(columns.map(markOf).filter((mark) => mark !== undefined));
  const [mark] = marks;
  return marks.size === 1 ? mark : undefined;
}

function markOf(column: SampleColumn): '.' | ',' | undefined {
  const { points, commas } = countMarks(column);
  const max = Math.max(points, commas);
  if (max === 0 || max < MIN_AGREEING * (points + commas)) return undefined;
  return points > commas ? '.' : ',';
}

function isMixedColumn(column: SampleColumn): boolean {
  const { points, commas } = countMarks(column);
  return points > 0 && commas > 0 && markOf(column) === undefined;
}

function countMarks({ cells, isPrice }: SampleColumn): { points: number; commas: number } {
  let points = 0;
  let commas = 0;
  for (const cell of cells) {
    const mark = isPrice === true ? decimalMarkOfMoney(cell) : numberIn(cell, SAMPLE_NOTATION)?.decimalMark;
    if (mark === '.') points++;
    else if (mark === ',') commas++;
  }
  return { points, commas };
}
