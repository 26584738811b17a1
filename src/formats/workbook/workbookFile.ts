import { type CellObject, type Range, read, utils, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { sentenceOf, UserError } from '../../domain/errors.js';
import { attributeName } from '../../domain/field.js';
import { NEUTRAL } from '../../text/numbers.js';
import { chooseLayout } from '../layout/chooseLayout.js';
import { type CleanCells, cellCleaner } from '../layout/cleanCells.js';
import { findHeader, MAX_TITLE_ROWS } from '../layout/findHeader.js';
import type { Layout } from '../layout/layout.js';
import { listColumns } from '../layout/suggestIdColumn.js';
import type { ReadingOptions } from '../readingOptions.js';
import type { Row } from '../row.js';
import { TableRows } from '../tableRows.js';
import { cellText } from './cellText.js';
import { MAX_CELL_LENGTH, requireSheetBounds, requireTagBounds } from './workbookLimits.js';
import { packArchive, unpackArchive } from './zipArchive.js';

/** A sheet of an open workbook, completely in memory. */
export interface WorkbookFile {
  readonly layout: Layout;
  readonly place: SheetPlace;
  /** Names of all sheets. */
  readonly sheets: readonly string[];
  /** The cells of a row as its product has them. */
  readonly clean: CleanCells;
  /** All rows after the header in order, including blank ones. */
  entries(): Generator<WorkbookEntry>;
}

interface WorkbookEntry {
  /** 0-based row of the sheet. */
  readonly at: number;
  /** The stored values, starting at the header's first column. */
  readonly cells: readonly string[];
  /** Undefined for a blank row. */
  readonly row: Row | undefined;
  readonly inherits: boolean;
}

/** Larger workbooks do not fit in memory: 100 MB. */
const MAX_FILE_BYTES = 100 * 1024 * 1024;
/** Total of all cells: many cells can refer to the same long text in the file. 500 million characters. */
const MAX_TEXT_LENGTH = 500_000_000;

const SAMPLE_ROWS = 300;

/** A part that every .xlsx workbook has. */
const CONTENT_TYPES = '[content_types].xml';

/** A workbook with the position of the table on one of its sheets. */
export interface Sheet {
  readonly book: WorkBook;
  readonly name: string;
  readonly sheet: WorkSheet;
  /** Whether serial numbers of days count from 1904. */
  readonly date1904: boolean;
  /** 0-based. */
  readonly headerRow: number;
  readonly firstColumn: number;
  readonly columns: readonly string[];
  readonly lastRow: number;
}

/**
 * Opens a sheet of a workbook.
 * @throws UserError if the file is not a workbook, is too large, has no such sheet or header, or the sheet is empty.
 */
export async function openWorkbook(
  path: string,
  size: number,
  options: ReadingOptions,
): Promise<WorkbookFile> {
  if (size > MAX_FILE_BYTES) {
    throw new UserError(
      `${path} is a workbook of ${Math.round(size / 1024 / 1024)} MB, more than ${MAX_FILE_BYTES / 1024 / 1024} MB: save its sheet as CSV and use that.`,
    );
  }
  const sheet = await readSheet(path, options);
  const rows = [...cellsOf(sheet)];
  requireTextBounds(path, rows);
  const others = sheet.book.SheetNames.filter((name) => name !== sheet.name);
  const sample = rows.slice(0, SAMPLE_ROWS).map(withoutDecimals);
  const cleaner = cellCleaner(sample, options.placeholders, false);
  const layout = chooseLayout({
    path:
      others.length === 0
        ? path
        : `${path}, sheet ${sheet.name} (--sheet chooses another: ${listColumns(others)}),`,
    columns: sheet.columns,
    sample: cleaner.sample,
    map: options.map,
    requireId: options.requireId,
    fallbackNotation: NEUTRAL,
  });
  const clean = cleaner.forFields(layout.fields);
  return {
    layout,
    place: { sheet: sheet.name, headerRow: sheet.headerRow + 1, map: undefined },
    sheets: sheet.book.SheetNames,
    clean,
    *entries() {
      const reader = new TableRows(layout, clean);
      for (const { at, cells, ambiguous } of rows) {
        const tooLong = cells.findIndex((cell) => cell.length > MAX_CELL_LENGTH);
        if (tooLong !== -1) {
          const reason = `cell ${tooLong + 1} is longer than the limit of ${MAX_CELL_LENGTH} characters per cell`;
          const text = JSON.stringify(cells.map((cell) => cell.slice(0, 100)));
          yield { at, cells, row: reader.unreadable(cells, at + 1, reason, text), inherits: false };
        } else if (cells.every((cell) => cell.trim() === '')) {
          yield { at, cells, row: undefined, inherits: false };
        } else {
          const exact = ambiguous.length === 0 ? cells : withExactNumbers(cells, ambiguous, layout);
          yield { at, cells, ...reader.read(exact, at + 1, JSON.stringify(cells)) };
        }
      }
    },
  };
}

/** A number cell that a text of the same characters would leave open: `1.299`. */
const AMBIGUOUS = /^-?[1-9]\d{0,2}\.\d{3}(?!\d)/;

/** Number cells are exact, whatever the notation of the sheet's texts, so they are written in that notation. */
function withExactNumbers(cells: readonly string[], ambiguous: readonly number[], layout: Layout): string[] {
  const exact = [...cells];
  for (const column of ambiguous) {
    const field = layout.fields[column] ?? '';
    const cell = cells[column] ?? '';
    if (attributeName(field) === undefined) exact[column] = cell.replace(/(\.\d{3})/, '$10');
    else if (layout.notation.grouping.includes('.')) exact[column] = cell.replace('.', ',');
  }
  return exact;
}

/** For the sample: number cells say nothing about the notation of texts, so they are shown as whole numbers. */
function withoutDecimals({ cells, numbers }: SheetCells): string[] {
  const sample = [...cells];
  for (const column of numbers) {
    sample[column] = (cells[column] ?? '').replace(/^-?(\d+)\.\d+/, (_, whole: string) =>
      whole.length > 1 ? whole : `1${whole}`,
    );
  }
  return sample;
}

function requireTextBounds(path: string, rows: readonly { readonly cells: readonly string[] }[]): void {
  let length = 0;
  for (const { cells } of rows) for (const cell of cells) length += cell.length;
  if (length <= MAX_TEXT_LENGTH) return;
  throw new UserError(
    `${path} holds ${Math.round(length / 1e6)} million characters, more than ${MAX_TEXT_LENGTH / 1e6} million: split it, or save it as CSV.`,
  );
}

/** Where the table of a workbook is. */
export type SheetPlace = Pick<ReadingOptions, 'sheet' | 'headerRow' | 'map'>;

const FIRST_SHEET: SheetPlace = { sheet: undefined, headerRow: undefined, map: undefined };

/** Reads a workbook and finds the table on one of its sheets. Each call returns a new copy. */
export async function readSheet(
  path: string,
  place: SheetPlace = FIRST_SHEET,
  headerAmong: typeof findHeader = findHeader,
): Promise<Sheet> {
  const parts = await unpackArchive(path);
  requireTagBounds(path, parts);
  if (![...parts.keys()].some((name) => name.toLowerCase() === CONTENT_TYPES)) {
    throw new UserError(
      `${path} is a zip archive but not an .xlsx workbook (it has no ${CONTENT_TYPES}): save it as .xlsx, or unpack it and use the file inside.`,
    );
  }
  let book: WorkBook;
  try {
    book = read(packArchive(parts), { cellNF: true, cellStyles: true, dense: false });
  } catch (cause) {
    throw new UserError(
      `${path} cannot be read as a workbook (${sentenceOf(cause)}): save it as .xlsx again.`,
      { cause },
    );
  }
  requireSheetBounds(path, book);
  const name = sheetName(path, book, place.sheet);
  const which = place.sheet === undefined ? 'the first sheet' : `the sheet ${name}`;
  const sheet = book.Sheets[name];
  const range = sheet?.['!ref'] === undefined ? undefined : utils.decode_range(sheet['!ref']);
  if (sheet === undefined || range === undefined)
    throw new UserError(`${path}: ${which} is empty; expected a header row and a product a row.`);
  const date1904 = book.Workbook?.WBProps?.date1904 === true;
  const firstColumn = range.s.c;
  const candidates: { row: number; names: string[] }[] = [];
  for (let row = range.s.r; row <= range.e.r && candidates.length < MAX_TITLE_ROWS; row++) {
    if (place.headerRow !== undefined && row !== place.headerRow - 1) continue;
    const names: string[] = [];
    for (let column = firstColumn; column <= range.e.c; column++)
      names.push(cellText(cellAt(sheet, row, column), date1904));
    const last = names.findLastIndex((column) => column.trim() !== '');
    if (last !== -1) candidates.push({ row, names: names.slice(0, last + 1) });
  }
  const header =
    candidates[
      headerAmong(
        candidates.map(({ names }) => names),
        place.map,
      )
    ];
  if (header !== undefined) {
    const { row: headerRow, names: columns } = header;
    return { book, name, sheet, date1904, headerRow, firstColumn, columns, lastRow: range.e.r };
  }
  if (place.headerRow !== undefined) {
    throw new UserError(
      `${path}: ${which} has no names of columns in row ${place.headerRow}; correct --header-row.`,
      { field: '--header-row' },
    );
  }
  throw new UserError(`${path}: ${which} is empty; expected a header row and a product a row.`);
}

function sheetName(path: string, book: WorkBook, wanted: string | undefined): string {
  const names = book.SheetNames;
  if (wanted === undefined) return names[0] ?? '';
  const keyOf = (name: string): string => name.trim().toLowerCase();
  const found =
    names.find((name) => name === wanted) ??
    names.find((name) => keyOf(name) === keyOf(wanted)) ??
    (/^\d{1,5}$/.test(wanted) ? names[Number(wanted) - 1] : undefined);
  if (found !== undefined) return found;
  throw new UserError(
    `${path} has no sheet ${JSON.stringify(wanted)}: found ${listColumns(names)}; give a name or a number from 1 to ${names.length}.`,
    { field: '--sheet' },
  );
}

/**
 * All rows of the first sheet, from its first row that is not blank; `line` is 1-based.
 * @throws UserError if the file is not a workbook, or its first sheet is empty.
 */
export async function readSheetRows(
  path: string,
): Promise<{ line: number; cells: readonly string[]; fault: undefined }[]> {
  const sheet = await readSheet(path, FIRST_SHEET, () => 0);
  const rows = [{ at: sheet.headerRow, cells: sheet.columns }, ...cellsOf(sheet)];
  return rows.map(({ at, cells }) => ({ line: at + 1, cells, fault: undefined }));
}

interface SheetCells {
  /** 0-based row of the sheet. */
  readonly at: number;
  readonly cells: readonly string[];
  /** The columns with number cells that have decimals. */
  readonly numbers: readonly number[];
  /** Those whose text can be read in two ways. */
  readonly ambiguous: readonly number[];
}

function* cellsOf(from: Sheet): Generator<SheetCells> {
  const { sheet, headerRow, firstColumn, columns, lastRow, date1904 } = from;
  const mergedRow = mergedRows(from);
  for (let at = headerRow + 1; at <= lastRow; at++) {
    const numbers: number[] = [];
    const ambiguous: number[] = [];
    const isBlank = columns.every((_, place) => isEmptyCell(cellAt(sheet, at, firstColumn + place)));
    const cells = columns.map((_, place) => {
      const column = firstColumn + place;
      const row = isBlank ? undefined : mergedRow(at, column);
      const cell = cellAt(sheet, row ?? at, column);
      const text = cellText(cell, date1904);
      if (cell?.t === 'n' && text.includes('.')) {
        numbers.push(place);
        if (AMBIGUOUS.test(text)) ambiguous.push(place);
      }
      return text;
    });
    yield { at, cells, numbers, ambiguous };
  }
}

/**
 * The row that holds the value of a cell which is merged with those above it; undefined for others. A cell merged over
 * several rows says the same of each of them. Rows are asked for in ascending order.
 */
function mergedRows({ sheet, headerRow }: Sheet): (row: number, column: number) => number | undefined {
  const byColumn = new Map<number, { readonly ranges: Range[]; next: number }>();
  const merges = (sheet['!merges'] ?? []).filter(({ s, e }) => e.r > s.r && s.r > headerRow);
  for (const range of merges.sort((a, b) => a.s.r - b.s.r)) {
    const column = byColumn.get(range.s.c) ?? { ranges: [], next: 0 };
    column.ranges.push(range);
    byColumn.set(range.s.c, column);
  }
  return (row, place) => {
    const column = byColumn.get(place);
    if (column === undefined) return undefined;
    let range = column.ranges[column.next];
    while (range !== undefined && range.e.r < row) range = column.ranges[++column.next];
    return range !== undefined && range.s.r < row ? range.s.r : undefined;
  };
}

function isEmptyCell(cell: CellObject | undefined): boolean {
  return cell?.v === undefined || cell.v === '';
}

function cellAt(sheet: WorkSheet, row: number, column: number): CellObject | undefined {
  return sheet[utils.encode_cell({ r: row, c: column })];
}
