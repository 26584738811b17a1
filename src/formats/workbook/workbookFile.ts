import { read, utils, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { sentenceOf, UserError } from '../../domain/errors.js';
import { NEUTRAL } from '../../text/numbers.js';
import { chooseLayout } from '../layout/chooseLayout.js';
import type { Layout } from '../layout/layout.js';
import type { Row } from '../row.js';
import { TableRows } from '../tableRows.js';
import { CELL_LIMIT, requireSheetBounds, requireTagBounds } from './workbookLimits.js';
import { packArchive, unpackArchive } from './zipArchive.js';

/** The first sheet of a workbook, its header read. Held in memory whole. */
export interface WorkbookFile {
  readonly layout: Layout;
  /** Every row under the header in order, blank ones too. */
  entries(): Generator<WorkbookEntry>;
}

interface WorkbookEntry {
  /** 0-based row of the sheet. */
  readonly at: number;
  /** As shown, from the header's first column on. */
  readonly cells: readonly string[];
  /** Undefined for a blank row. */
  readonly row: Row | undefined;
  readonly inherits: boolean;
}

/** Larger workbooks would fill the memory: 100 MB. */
const SIZE_LIMIT = 100 * 1024 * 1024;
/** Of all cells together, since many cells may be one and the same long text of the file: 500 million characters. */
const TEXT_LIMIT = 500_000_000;

/** The part that every .xlsx workbook has. */
const CONTENT_TYPES = '[content_types].xml';

/** A workbook with the place of its first sheet's table. */
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
 * Opens a workbook: first sheet, the first row with anything in it is the header.
 * @throws UserError if it is no workbook, is too large, or its first sheet is empty.
 */
export async function openWorkbook(
  path: string,
  size: number,
  map: Readonly<Record<string, string>> | undefined,
): Promise<WorkbookFile> {
  if (size > SIZE_LIMIT) {
    throw new UserError(
      `${path} is a workbook of ${Math.round(size / 1024 / 1024)} MB, more than ${SIZE_LIMIT / 1024 / 1024} MB: save its sheet as CSV and give that.`,
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
    usual: NEUTRAL,
  });
  return {
    layout,
    *entries() {
      const reader = new TableRows(layout, false);
      for (const { at, cells } of rows) {
        const overlong = cells.findIndex((cell) => cell.length > CELL_LIMIT);
        if (overlong !== -1) {
          const reason = `cell ${overlong + 1} is longer than the ${CELL_LIMIT} characters of a sheet's cell`;
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
  if (length <= TEXT_LIMIT) return;
  throw new UserError(
    `${path} holds ${Math.round(length / 1e6)} million characters, more than ${TEXT_LIMIT / 1e6} million: give it in parts, or as CSV.`,
  );
}

/** Reads a workbook and finds the table on its first sheet; each call gives a copy of its own. */
export async function readSheet(path: string): Promise<Sheet> {
  const parts = await unpackArchive(path);
  requireTagBounds(path, parts);
  if (![...parts.keys()].some((name) => name.toLowerCase() === CONTENT_TYPES)) {
    throw new UserError(
      `${path} is a zip archive and no .xlsx workbook (it has no ${CONTENT_TYPES}): save it as .xlsx, or unpack it and give what is in it.`,
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
    for (let column = range.s.c; column <= range.e.c; column++) names.push(shown(sheet, row, column));
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
 * Every row of the first sheet's table as it is shown, the header first; `line` counts from 1.
 * @throws UserError if it is no workbook, or its first sheet is empty.
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
    yield { at, cells: columns.map((_, place) => shown(sheet, at, firstColumn + place)) };
  }
}

/** A cell's text as the spreadsheet shows it; long numbers without a format in full, never as 4.00638E+12. */
function shown(sheet: WorkSheet, row: number, column: number): string {
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
