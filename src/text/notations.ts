import {
  DECIMAL_COMMA,
  DECIMAL_POINT,
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

/**
 * Detects how a file writes numbers from its unambiguous cells, such as `1.299,00`, `9,5`, `1,234,567`. Price columns
 * decide if they agree, else the other columns if they agree, else `fallback`.
 */
export function detectNotation(columns: readonly SampleColumn[], fallback: Notation = NEUTRAL): Notation {
  const numeric = columns.filter(({ cells }) => isNumeric(cells));
  const mark =
    commonMark(numeric.filter(({ isPrice }) => isPrice === true)) ??
    commonMark(numeric.filter(({ isPrice }) => isPrice !== true));
  const { grouping } = mark === undefined ? fallback : mark === ',' ? DECIMAL_COMMA : DECIMAL_POINT;
  const exponents = numeric.some(({ cells }) => cells.some((cell) => EXPONENT.test(cell.trim())));
  return { grouping, exponents };
}

/** Whether the filled cells of a column are mostly numbers, with or without a unit or a currency. */
export function isNumeric(cells: readonly string[]): boolean {
  let filled = 0;
  let numbers = 0;
  for (const cell of cells) {
    if (cell.trim() === '') continue;
    filled++;
    if (numberIn(cell, SAMPLE_NOTATION) !== undefined) numbers++;
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

/** The decimal mark of columns that agree on one. */
function commonMark(columns: readonly SampleColumn[]): '.' | ',' | undefined {
  const marks = new Set(columns.map(markOf).filter((mark) => mark !== undefined));
  const [mark] = marks;
  return marks.size === 1 ? mark : undefined;
}

function markOf({ cells }: SampleColumn): '.' | ',' | undefined {
  let points = 0;
  let commas = 0;
  for (const cell of cells) {
    const mark = numberIn(cell, SAMPLE_NOTATION)?.decimalMark;
    if (mark === '.') points++;
    else if (mark === ',') commas++;
  }
  const max = Math.max(points, commas);
  if (max === 0 || max < MIN_AGREEING * (points + commas)) return undefined;
  return points > commas ? '.' : ',';
}

/** Writes a number without an exponent, because not every notation reads exponents. */
function decimalText(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  return value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 });
}
