import type { Format } from '../format.js';
import { type ColumnMap, isHeader, MAX_TITLE_ROWS, namesId } from '../layout/findHeader.js';
import { type Split, splitCells } from './cells.js';

/** The CSV dialect of a file. */
export interface Dialect {
  readonly delimiter: string;
  /** The line break of the first line. */
  readonly ending: '\n' | '\r\n' | '\r';
  /** The last character of a line break: `\r` for files of old Macintosh programs. */
  readonly lineBreak: '\n' | '\r';
}

const DELIMITERS = [',', ';', '\t', '|'] as const;
const MAX_LINES = 100;

/** Excel's optional first line that states the delimiter, such as `sep=;`. */
export const SEPARATOR_LINE = /^sep=(.)$/i;

/** Where the header is, as far as known. */
export interface HeaderHint {
  /** 1-based line. */
  readonly headerRow?: number | undefined;
  readonly map?: ColumnMap;
}

/** Detects delimiter and line break from the first lines of a table; `whole` if `head` is the complete file. */
export function detectDialect(head: string, format: Format, whole: boolean, hint: HeaderHint = {}): Dialect {
  const lineBreak = !head.includes('\n') && head.includes('\r') ? '\r' : '\n';
  const lines = head.split(lineBreak).map((line) => line.replace(/\r$/, ''));
  // The sample can end inside a line.
  if (!whole && lines.length > 1) lines.pop();
  const filled = lines.filter((line) => line.trim() !== '').slice(0, MAX_LINES);
  const table =
    hint.headerRow === undefined
      ? filled.slice(titleCount(filled, hint.map))
      : lines
          .slice(hint.headerRow - 1)
          .filter((line) => line.trim() !== '')
          .slice(0, MAX_LINES);
  return {
    delimiter: SEPARATOR_LINE.exec(filled[0] ?? '')?.[1] ?? delimiterOf(table, format),
    ending: lineBreak === '\r' ? '\r' : /^[^\n]*\r\n/.test(head) ? '\r\n' : '\n',
    lineBreak,
  };
}

/** The number of lines above the header: those before a line of column names, else those before a table that are not split. */
function titleCount(lines: readonly string[], map: ColumnMap): number {
  const rows = lines
    .slice(0, MAX_TITLE_ROWS)
    .map((line) => DELIMITERS.map((delimiter) => splitCells(line, delimiter)).filter(isWide));
  const certain = rows.findIndex((splits) => splits.some(({ cells }) => isHeader(cells, map)));
  if (certain !== -1) return certain;
  const wide = rows.findIndex((splits) => splits.length > 0);
  if (wide <= 0 || namesId([lines[0] ?? ''], map)) return 0;
  const isTable = DELIMITERS.some((delimiter) => {
    const [header = 0, ...widths] = lines.slice(wide).map((line) => cellCount(splitCells(line, delimiter)));
    return header > 1 && widths.filter((width) => width === header).length * 2 > widths.length;
  });
  return isTable ? wide : 0;
}

function isWide(split: Split): split is Extract<Split, { kind: 'cells' }> {
  return split.kind === 'cells' && split.cells.length > 1;
}

/** The delimiter that splits most lines into the same number of cells as the header. */
function delimiterOf(lines: readonly string[], format: Format): string {
  const preferred = format === 'tsv' ? '\t' : ',';
  const [header = '', ...rows] = lines;
  let best = { delimiter: preferred, score: 0 };
  for (const delimiter of [preferred, ...DELIMITERS.filter((other) => other !== preferred)]) {
    const columns = cellCount(splitCells(header, delimiter));
    if (columns < 2) continue;
    const sameWidth = rows.filter((row) => cellCount(splitCells(row, delimiter)) === columns).length;
    // The real delimiter splits the header into more cells than a character that occurs in some names.
    const score = ((sameWidth + 1) / (rows.length + 1)) * Math.log2(columns + 1);
    if (score > best.score * 1.05) best = { delimiter, score };
  }
  return best.delimiter;
}

function cellCount(split: Split): number {
  return split.kind === 'cells' ? split.cells.length : 0;
}
