import { type CellObject, utils, type WorkSheet, write } from '@e965/xlsx';
import { sentenceOf, UserError } from '../../domain/errors.js';
import { readSheet, type Sheet, type SheetPlace } from './workbookFile.js';
import { MAX_CELL_LENGTH, MAX_ROWS } from './workbookLimits.js';

/** Fills cells of a copy of the merchant's workbook. */
export class WorkbookFiller {
  #rightmost: number;

  private constructor(readonly sheet: Sheet) {
    this.#rightmost = sheet.firstColumn + sheet.columns.length - 1;
  }

  static async of(path: string, place?: SheetPlace): Promise<WorkbookFiller> {
    return new WorkbookFiller(await readSheet(path, place));
  }

  /** Sets a blank cell; `row` is 0-based on the sheet, `column` is relative to the header's first column. */
  set(row: number, column: number, value: string): void {
    const position = this.sheet.firstColumn + column;
    this.#rightmost = Math.max(this.#rightmost, position);
    this.sheet.sheet[utils.encode_cell({ r: row, c: position })] = {
      t: 's',
      v: value.slice(0, MAX_CELL_LENGTH),
    };
  }

  /** @throws UserError if the library cannot write the workbook, although it could read it. */
  bytes(): Buffer {
    extendRange(this.sheet.sheet, this.#rightmost);
    removeInvalidNumbers(this.sheet.sheet);
    try {
      return bufferOf(
        write(this.sheet.book, {
          type: 'buffer',
          bookType: 'xlsx',
          bookSST: true,
          compression: true,
          cellStyles: true,
        }),
      );
    } catch (cause) {
      throw new UserError(
        `The workbook cannot be written (${sentenceOf(cause)}): repair it in a spreadsheet program, or write the output as .csv.`,
        { cause },
      );
    }
  }
}

/**
 * Creates a workbook with one sheet, all cells as text.
 * @throws UserError if there are too many rows, or a cell is too long.
 */
export function workbookOf(rows: readonly (readonly string[])[]): Buffer {
  if (rows.length > MAX_ROWS) {
    throw new UserError(
      `The file has ${rows.length} rows, more than the ${MAX_ROWS} of a sheet: write it as .csv.`,
    );
  }
  for (const [at, cells] of rows.entries()) {
    if (cells.some((cell) => cell.length > MAX_CELL_LENGTH)) {
      throw new UserError(
        `A cell of row ${at + 1} is longer than the limit of ${MAX_CELL_LENGTH} characters per cell: write the file as .csv.`,
      );
    }
  }
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((cells) => [...cells])), 'Products');
  return bufferOf(write(book, { type: 'buffer', bookType: 'xlsx', bookSST: true, compression: true }));
}

function extendRange(sheet: WorkSheet, rightmost: number): void {
  const range = utils.decode_range(sheet['!ref'] ?? 'A1');
  range.e.c = Math.max(range.e.c, rightmost);
  sheet['!ref'] = utils.encode_range(range);
}

/** Removes number cells without a valid number: they read as blank, but the library would write an error value. */
function removeInvalidNumbers(sheet: WorkSheet): void {
  for (const position of Object.keys(sheet)) {
    const cell: Partial<CellObject> = sheet[position];
    if (cell.t === 'n' && Number.isNaN(cell.v)) delete sheet[position];
  }
}

function bufferOf(written: unknown): Buffer {
  if (!(written instanceof Uint8Array)) throw new Error('the workbook was not written as bytes');
  return Buffer.from(written.buffer, written.byteOffset, written.byteLength);
}
