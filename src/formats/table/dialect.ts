import type { Format } from '../format.js';
import { type Split, splitCells } from './cells.js';

/** How a table's text is laid out. */
export interface Dialect {
  readonly delimiter: string;
  /** What ends a record that the program adds to: the line break of the first line. */
  readonly ending: '\n' | '\r\n' | '\r';
  /** Lines parted by a lone `\r`, as old Macintosh programs wrote them. */
  readonly lineBreak: '\n' | '\r';
}

const DELIMITERS = [',', ';', '\t', '|'] as const;
const LINES = 100;

/** Excel's own first line, as `sep=;`, that says how the rest is parted. */
export const SEPARATOR_LINE = /^sep=(.)$/i;

/** Tells delimiter and line break from the first lines of a table; `whole` if the text is all there is. */
export function detectDialect(head: string, format: Format, whole: boolean): Dialect {
  const lineBreak = !head.includes('\n') && head.includes('\r') ? '\r' : '\n';
  const lines = head.split(lineBreak).map((line) => line.replace(/\r$/, ''));
  // The sample may end inside a line.
  if (!whole && lines.length > 1) lines.pop();
  const filled = lines.filter((line) => line.trim() !== '').slice(0, LINES);
  return {
    delimiter: SEPARATOR_LINE.exec(filled[0] ?? '')?.[1] ?? delimiterOf(filled, format),
    ending: lineBreak === '\r' ? '\r' : /^[^\n]*\r\n/.test(head) ? '\r\n' : '\n',
    lineBreak,
  };
}

/** The delimiter that parts the header, and most of the lines after it into as many cells. */
function delimiterOf(lines: readonly string[], format: Format): string {
  const usual = format === 'tsv' ? '\t' : ',';
  const [header = '', ...rows] = lines;
  let best = { delimiter: usual, score: 0 };
  for (const delimiter of [usual, ...DELIMITERS.filter((other) => other !== usual)]) {
    const columns = countOf(splitCells(header, delimiter));
    if (columns < 2) continue;
    const alike = rows.filter((row) => countOf(splitCells(row, delimiter)) === columns).length;
    // A header parts into more cells by its own delimiter than by a sign that its names happen to hold.
    const score = ((alike + 1) / (rows.length + 1)) * Math.log2(columns + 1);
    if (score > best.score * 1.05) best = { delimiter, score };
  }
  return best.delimiter;
}

function countOf(split: Split): number {
  return split.kind === 'cells' ? split.cells.length : 0;
}
