import { read, utils, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { sentenceOf, UserError } from '../../domain/errors.js';
import { NEUTRAL } from '../../text/numbers.js';
import { chooseLayout } from '../layout/chooseLayout.js';
import type { Layout } from '../layout/layout.js';
import type { Row } from '../row.js';
import { TableRows } from '../tableRows.js';
import { MAX_CELL_LENGTH, requireSheetBounds, requireTagBounds } from './workbookLimits.js';
import { packArchive, unpackArchive } from './zipArchive.js';

/** The first sheet of an open workbook, completely in memory. */
export interface WorkbookFile {
  readonly layout: Layout;
  /** All rows after the header in order, including blank ones. */
  entries(): Generator<WorkbookEntry>;
}

interface WorkbookEntry {
  /** 0-based row of the sheet. */
  readonly at: number;
  /** As displayed, starting at the header's first column. */
  readonly cells: readonly string[];
  /** Undefined for a blank row. */
  readonly row: Row | undefined;
  readonly inherits: boolean;
}

/** Larger workbooks do not fit in memory: 100 MB. */
const MAX_FILE_BYTES = 100 * 1024 * 1024;
/** Total of all cells: many cells can refer to the same long text in the file. 500 million characters. */
const MAX_TEXT_LENGTH = 500_000_000;

/** A part that every .xlsx workbook has. */
const CONTENT_TYPES = '[content_types].xml';

/** A workbook with the position of the table on its first sheet. */
export interface Sheet {
  readonly book: WorkBook;
  readonly name: string;
  readonly sheet: WorkSheet;
  /** 0-based. */
  readonly headerRow: number;
  readonly firstColumn: number;
  readonly columns: readonly string[];
  readonly lastRow: number;
}

/**
 * Opens the first sheet of a workbook. Its first row that is not blank is the header.
 * @throws UserError if the file is not a workbook, is too large, or its first sheet is empty.
 */
export async function openWorkbook(
  path: string,
  size: number,
  map: Readonly<Record<string, string>> | undefined,
): Promise<WorkbookFile> {
  if (size > MAX_FILE_BYTES) {
    throw new UserError(
      `${path} is a workbook of ${Math.round(size / 1024 / 1024)} MB, more than ${MAX_FILE_BYTES / 1024 / 1024} MB: save its sheet as CSV and use that.`,
    );
  }
  const sheet = await readSheet(path);
  const rows = [...cellsOf(sheet)];
  requireTextBounds(path, rows);
  const layout = chooseLayout({
    path,
    columns: sheet.columns,
    sample: rows.slice(0, 300).map(({ cells }) => cells),
    map,
    fallbackNotation: NEUTRAL,
  });
  return {
    layout,
    *entries() {
      const reader = new TableRows(layout, false);
      for (const { at, cells } of rows) {
        const tooLong = cells.findIndex((cell) => cell.length > MAX_CELL_LENGTH);
        if (tooLong !== -1) {
          const reason = `cell ${tooLong + 1} is longer than the limit of ${MAX_CELL_LENGTH} characters per cell`;
          const text = JSON.stringify(cells.map((cell) => cell.slice(0, 100)));
          yield { at, cells, row: reader.unreadable(cells, at + 1, reason, text), inherits: false };
        } else if (cells.every((cell) => cell.trim() === '')) {
          yield { at, cells, row: undefined, inherits: false };
        } else yield { at, cells, ...reader.read(cells, at + 1) };
      }
    },
  };
}

function requireTextBounds(path: string, rows: readonly { readonly cells: readonly string[] }[]): void {
  let length = 0;
  for (const { cells } of rows) for (const cell of cells) length += cell.length;
  if (length <= MAX_TEXT_LENGTH) return;
  throw new UserError(
    `${path} holds ${Math.round(length / 1e6)} million characters, more than ${MAX_TEXT_LENGTH / 1e6} million: split it, or save it as CSV.`,
  );
}

/** Reads a workbook and finds the table on its first sheet. Each call returns a new copy. */
export async function readSheet(path: string): Promise<Sheet> {
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
  const name = book.SheetNames[0] ?? '';
  const sheet = book.Sheets[name];
  const range = sheet?.['!ref'] === undefined ? undefined : utils.decode_range(sheet['!ref']);
  if (sheet === undefined || range === undefined)
    throw new UserError(`${path}: the first sheet is empty; expected a header row and a product a row.`);
  for (let row = range.s.r; row <= range.e.r; row++) {
    const names: string[] = [];
    for (let column = range.s.c; column <= range.e.c; column++) names.push(displayedText(sheet, row, column));
    const last = names.findLastIndex((column) => column.trim() !== '');
    if (last === -1) continue;
    return {
      book,
      name,
      sheet,
      headerRow: row,
      firstColumn: range.s.c,
      columns: names.slice(0, last + 1),
      lastRow: range.e.r,
    };
  }
  throw new UserError(
    `${path}: the first sheet, ${name}, is empty; expected a header row and a product a row.`,
  );
}

/**
 * All rows of the first sheet as displayed, the header first; `line` is 1-based.
 * @throws UserError if the file is not a workbook, or its first sheet is empty.
 */
export async function readSheetRows(
  path: string,
): Promise<{ line: number; cells: readonly string[]; fault: undefined }[]> {
  const sheet = await readSheet(path);
  const rows = [{ at: sheet.headerRow, cells: sheet.columns }, ...cellsOf(sheet)];
  return rows.map(({ at, cells }) => ({ line: at + 1, cells, fault: undefined }));
}

function* cellsOf({
  sheet,
  headerRow,
  firstColumn,
  columns,
  lastRow,
}: Sheet): Generator<{ at: number; cells: string[] }> {
  for (let at = headerRow + 1; at <= lastRow; at++) {
    yield { at, cells: columns.map((_, place) => displayedText(sheet, at, firstColumn + place)) };
  }
}

/** A cell's text as displayed. Numbers without a format are written in full, never as 4.00638E+12. */
function displayedText(sheet: WorkSheet, row: number, column: number): string {
  const cell: unknown = sheet[utils.encode_cell({ r: row, c: column })];
  if (typeof cell !== 'object' || cell === null) return '';
  const value: unknown = 'v' in cell ? cell.v : undefined;
  const text: unknown = 'w' in cell ? cell.w : undefined;
  const format: unknown = 'z' in cell ? cell.z : undefined;
  if (Number.isNaN(value)) return '';
  if (typeof value === 'number' && (format === undefined || format === 'General')) return String(value);
  if (typeof text === 'string') return text;
  return value === undefined || value === null ? '' : String(value);
}
