import { utils, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { UserError } from '../../domain/errors.js';

/** What a spreadsheet program opens at most. */
export const ROWS_LIMIT = 1_048_576;
const COLUMNS_LIMIT = 16_384;
export const CELL_LIMIT = 32_767;

/** Cells that a sheet spans, blank ones too; more do not fit the memory. */
const SPAN_LIMIT = 20_000_000;
/** Columns and cells that a sheet's tags span, which the reader of workbooks goes through one by one. */
const TAG_SPAN_LIMIT = 1_000_000;

const SPANNING_TAG = /<(?:\w+:)?(col|hyperlink)\b[^<>]*>/g;

/**
 * Asked before parts are parsed: a tag of a few bytes may name millions of columns or cells.
 * @throws UserError if the tags of a part span more than any sheet has.
 */
export function requireTagBounds(path: string, parts: ReadonlyMap<string, Buffer>): void {
  for (const [name, content] of parts) {
    let span = 0;
    for (const [tag, kind] of content.toString('latin1').matchAll(SPANNING_TAG)) {
      span += kind === 'col' ? columnSpan(tag) : cellSpan(tag);
      if (span <= TAG_SPAN_LIMIT) continue;
      throw tooWide(path, `its part ${name} formats or links more columns and cells than a sheet has`);
    }
  }
}

function columnSpan(tag: string): number {
  const bound = (name: string): number =>
    Number(new RegExp(`${name}\\s*=\\s*["']\\s*\\+?(\\d+)`, 'i').exec(tag)?.[1] ?? 1);
  const max = bound('max');
  return max > COLUMNS_LIMIT ? Number.POSITIVE_INFINITY : Math.max(0, max - bound('min') + 1);
}

function cellSpan(tag: string): number {
  const ref = /ref\s*=\s*["']([^"']*)/i.exec(tag)?.[1] ?? '';
  const { s, e } = utils.decode_range(ref);
  const span = (e.r - s.r + 1) * (e.c - s.c + 1);
  return Number.isFinite(span) ? Math.max(0, span) : Number.POSITIVE_INFINITY;
}

/**
 * Sees to it that every sheet's range can be gone through cell by cell: where the range that a sheet claims is too
 * large, that of its cells takes its place.
 * @throws UserError if the cells themselves are too far apart.
 */
export function requireSheetBounds(path: string, book: WorkBook): void {
  for (const name of book.SheetNames) {
    const sheet = book.Sheets[name];
    if (sheet === undefined) continue;
    const rows: unknown = sheet['!rows'];
    if (Array.isArray(rows) && rows.length > ROWS_LIMIT) {
      throw tooWide(path, `its sheet ${name} has a row ${rows.length}, more than ${ROWS_LIMIT}`);
    }
    if (sheet['!ref'] === undefined || spanOf(sheet['!ref']) <= SPAN_LIMIT) continue;
    sheet['!ref'] = rangeOfCells(sheet);
    if (spanOf(sheet['!ref']) <= SPAN_LIMIT) continue;
    throw tooWide(path, `the cells of its sheet ${name} lie too far apart (${sheet['!ref']})`);
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

function tooWide(path: string, why: string): UserError {
  return new UserError(
    `${path} is not read as a workbook, as ${why}: save its first sheet as CSV and give that.`,
  );
}
