import { utils, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { UserError } from '../../domain/errors.js';

/** Excel's limits. */
export const MAX_ROWS = 1_048_576;
const MAX_COLUMNS = 16_384;
export const MAX_CELL_LENGTH = 32_767;

/** Cells in a sheet's range, including blank ones; more do not fit in memory. */
const MAX_SPAN = 20_000_000;
/** Columns and cells that the tags of one part span; the workbook library visits each of them. */
const MAX_TAG_SPAN = 1_000_000;

const SPANNING_TAG = /<(?:\w+:)?(col|hyperlink)\b[^<>]*>/g;

/**
 * Checks parts before they are parsed: a tag of a few bytes can name millions of columns or cells.
 * @throws UserError if the tags of a part span more than any sheet has.
 */
export function requireTagBounds(path: string, parts: ReadonlyMap<string, Buffer>): void {
  for (const [name, content] of parts) {
    let span = 0;
    for (const [tag, kind] of content.toString('latin1').matchAll(SPANNING_TAG)) {
      span += kind === 'col' ? columnSpan(tag) : cellSpan(tag);
      if (span <= MAX_TAG_SPAN) continue;
      throw rangeError(path, `its part ${name} formats or links more columns and cells than a sheet has`);
    }
  }
}

function columnSpan(tag: string): number {
  const bound = (name: string): number =>
    Number(new RegExp(`${name}\\s*=\\s*["']\\s*\\+?(\\d+)`, 'i').exec(tag)?.[1] ?? 1);
  const max = bound('max');
  return max > MAX_COLUMNS ? Number.POSITIVE_INFINITY : Math.max(0, max - bound('min') + 1);
}

function cellSpan(tag: string): number {
  const ref = /ref\s*=\s*["']([^"']*)/i.exec(tag)?.[1] ?? '';
  const { s, e } = utils.decode_range(ref);
  const span = (e.r - s.r + 1) * (e.c - s.c + 1);
  return Number.isFinite(span) ? Math.max(0, span) : Number.POSITIVE_INFINITY;
}

/**
 * Makes sure that every sheet's range is small enough to visit cell by cell. A declared range that is too large is
 * replaced with the range of the existing cells.
 * @throws UserError if the range of the existing cells is too large.
 */
export function requireSheetBounds(path: string, book: WorkBook): void {
  for (const name of book.SheetNames) {
    const sheet = book.Sheets[name];
    if (sheet === undefined) continue;
    const rows: unknown = sheet['!rows'];
    if (Array.isArray(rows) && rows.length > MAX_ROWS) {
      throw rangeError(path, `its sheet ${name} has a row ${rows.length}, more than ${MAX_ROWS}`);
    }
    if (sheet['!ref'] === undefined || spanOf(sheet['!ref']) <= MAX_SPAN) continue;
    sheet['!ref'] = rangeOfCells(sheet);
    if (spanOf(sheet['!ref']) <= MAX_SPAN) continue;
    throw rangeError(path, `the cells of its sheet ${name} are too far apart (${sheet['!ref']})`);
  }
}

function spanOf(range: string): number {
  const { s, e } = utils.decode_range(range);
  const span = (e.r - s.r + 1) * (e.c - s.c + 1);
  return Number.isFinite(span) ? span : Number.POSITIVE_INFINITY;
}

function rangeOfCells(sheet: WorkSheet): string {
  const range = { s: { r: Number.MAX_SAFE_INTEGER, c: Number.MAX_SAFE_INTEGER }, e: { r: 0, c: 0 } };
  for (const address of Object.keys(sheet)) {
    if (address.startsWith('!')) continue;
    const { r, c } = utils.decode_cell(address);
    range.s = { r: Math.min(range.s.r, r), c: Math.min(range.s.c, c) };
    range.e = { r: Math.max(range.e.r, r), c: Math.max(range.e.c, c) };
  }
  return range.s.r > range.e.r ? 'A1' : utils.encode_range(range);
}

function rangeError(path: string, why: string): UserError {
  return new UserError(
    `${path} is refused as a workbook because ${why}: save its first sheet as CSV and use that.`,
  );
}
