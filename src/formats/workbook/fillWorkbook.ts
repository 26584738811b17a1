import { type CellObject, utils, type WorkSheet, write } from '@e965/xlsx';
import { sentenceOf, UserError } from '../../domain/errors.js';
import { readSheet, type Sheet } from './workbookFile.js';
import { CELL_LIMIT, ROWS_LIMIT } from './workbookLimits.js';

/** A workbook being filled: a copy of the merchant's, cells set one by one. */
export class WorkbookFilling {
  #rightmost: number;

  private constructor(readonly sheet: Sheet) {
    this.#rightmost = sheet.firstColumn + sheet.columns.length - 1;
  }

  static async of(path: string): Promise<WorkbookFilling> {
    return new WorkbookFilling(await readSheet(path));
  }

  /** Sets a blank cell; `row` is 0-based on the sheet, `column` counts from the header's first. */
  set(row: number, column: number, value: string): void {
    const place = this.sheet.firstColumn + column;
    this.#rightmost = Math.max(this.#rightmost, place);
    this.sheet.sheet[utils.encode_cell({ r: row, c: place })] = { t: 's', v: value.slice(0, CELL_LIMIT) };
  }

  /** @throws UserError if the workbook, though it can be read, is not one that can be written. */
  bytes(): Buffer {
    widen(this.sheet.sheet, this.#rightmost);
    blankNoNumbers(this.sheet.sheet);
    try {
      return bufferOf(
        write(this.sheet.book, { type: 'buffer', bookType: 'xlsx', compression: true, cellStyles: true }),
      );
    } catch (cause) {
      throw new UserError(
        `The workbook cannot be written again (${sentenceOf(cause)}): mend it in a spreadsheet program, or write it as .csv.`,
        { cause },
      );
    }
  }
}

/**
 * A workbook of one sheet made of cells, all as text.
 * @throws UserError if there are more rows than a sheet holds, or a cell is too long for one.
 */
export function workbookOf(rows: readonly (readonly string[])[]): Buffer {
  if (rows.length > ROWS_LIMIT) {
    throw new UserError(
      `A sheet holds ${ROWS_LIMIT} rows and the file has ${rows.length}: write it as .csv.`,
    );
  }
  for (const [at, cells] of rows.entries()) {
    if (cells.some((cell) => cell.length > CELL_LIMIT)) {
      throw new UserError(
        `A cell of row ${at + 1} is longer than the ${CELL_LIMIT} characters that a sheet's cell holds: write the file as .csv.`,
      );
    }
  }
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((cells) => [...cells])), 'Products');
  return bufferOf(write(book, { type: 'buffer', bookType: 'xlsx', compression: true }));
}

function widen(sheet: WorkSheet, rightmost: number): void {
  const range = utils.decode_range(sheet['!ref'] ?? 'A1');
  range.e.c = Math.max(range.e.c, rightmost);
  sheet['!ref'] = utils.encode_range(range);
}

/** A cell of a number that is none was read as blank; the library would write an error into it. */
function blankNoNumbers(sheet: WorkSheet): void {
  for (const place of Object.keys(sheet)) {
    const cell: Partial<CellObject> = sheet[place];
    if (cell.t === 'n' && Number.isNaN(cell.v)) delete sheet[place];
  }
}

function bufferOf(written: unknown): Buffer {
  if (!(written instanceof Uint8Array)) throw new Error('the workbook was not written as bytes');
  return Buffer.from(written.buffer, written.byteOffset, written.byteLength);
}
