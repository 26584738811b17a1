import {
  DECIMAL_COMMA,
  DECIMAL_POINT,
  type FoundNumber,
  NEUTRAL,
  type Notation,
  NUMBER_START,
  numberAt,
} from './numbers.js';

/** The notation of a language (BCP 47: `de`, `en-IN`); neutral for an unknown one. */
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

/** Some cells of one column of a file. */
export interface SampleColumn {
  readonly cells: readonly string[];
  /** Prices say more than other columns: a version `2.0` stands in files of any notation. */
  readonly isPrice?: boolean;
}

/** The share of a column's filled cells that must be numbers, so that the column counts. */
const MIN_NUMBERS = 0.5;
/** The share of a column's telling cells that must agree. */
const MIN_AGREEING = 0.9;

/**
 * How a file writes numbers, told by some of its columns. A cell tells where its marks can mean one thing only:
 * `1.299,00`, `9,5`, `1,234,567`. The prices decide, else the other columns where they agree, else `usual`.
 */
export function detectNotation(columns: readonly SampleColumn[], usual: Notation = NEUTRAL): Notation {
  const numeric = columns.filter(({ cells }) => isNumeric(cells));
  const mark =
    markOf(numeric.filter(({ isPrice }) => isPrice === true)) ??
    markOf(numeric.filter(({ isPrice }) => isPrice !== true));
  const { grouping } = mark === undefined ? usual : mark === ',' ? DECIMAL_COMMA : DECIMAL_POINT;
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
    if (numberIn(cell, READING) !== undefined) numbers++;
  }
  return numbers > 0 && numbers >= MIN_NUMBERS * filled;
}

/** The cell written so that the neutral rule reads its number as `notation` does; as it came where it does so already. */
export function inNeutral(cell: string, notation: Notation): string {
  const found = numberIn(cell, notation);
  if (found === undefined) return cell;
  const { start, end, value } = found;
  const neutral = numberIn(cell, NEUTRAL);
  if (neutral?.value === value && neutral.end === end) return cell;
  return `${cell.slice(0, start)}${decimalText(value)}${cell.slice(end)}`;
}

/** One leading digit, as spreadsheets write a number that is too long for its cell. */
const EXPONENT = /^[+-]?\d(?:[.,]\d+)?E[+-]?\d{1,3}$/i;
const READING: Notation = { ...NEUTRAL, exponents: true };
/** `EUR `, `US$`, `Rs. `, `-`: what may stand before a cell's number; a letter right before it makes a code. */
const BEFORE = /^(?:\p{L}{1,3}[.\p{Sc}]?\s+|\p{L}{0,3}\p{Sc}\s*)?[+\-−－]?\s*$/u;
/** A unit or a currency; with a digit it would be a range, a date or a list. */
const BEHIND = /^\D{0,24}$/u;

/** The only number of a cell, with its sign. */
function numberIn(cell: string, notation: Notation): (FoundNumber & { readonly start: number }) | undefined {
  const first = NUMBER_START.exec(cell)?.index;
  if (first === undefined || first > 8 || !BEFORE.test(cell.slice(0, first))) return undefined;
  const found = numberAt(cell, first, notation, true);
  return found === undefined || !BEHIND.test(cell.slice(found.end)) ? undefined : { ...found, start: first };
}

/** The decimal mark of columns that agree on one. */
function markOf(columns: readonly SampleColumn[]): '.' | ',' | undefined {
  const marks = new Set(columns.map(markIn).filter((mark) => mark !== undefined));
  const [mark] = marks;
  return marks.size === 1 ? mark : undefined;
}

function markIn({ cells }: SampleColumn): '.' | ',' | undefined {
  let points = 0;
  let commas = 0;
  for (const cell of cells) {
    const shows = numberIn(cell, READING)?.shows;
    if (shows === '.') points++;
    else if (shows === ',') commas++;
  }
  const most = Math.max(points, commas);
  if (most === 0 || most < MIN_AGREEING * (points + commas)) return undefined;
  return points > commas ? '.' : ',';
}

/** Without an exponent, which not every notation reads. */
function decimalText(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  return value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 });
}
