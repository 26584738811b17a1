const QUOTE = 34;

/** The cells of one record, or why it cannot be split. Columns are 0-based, offsets are in UTF-16 units. */
export type Split =
  | { readonly kind: 'cells'; readonly cells: string[] }
  /** The text ends inside quotes: the record continues on the next line, or the quote is never closed. */
  | { readonly kind: 'open'; readonly column: number /** Start of that cell. */; readonly from: number }
  /** There is text between the closing quote at `at` and the next delimiter. */
  | { readonly kind: 'broken'; readonly column: number; readonly at: number };

/**
 * Splits a record (RFC 4180, any one-character delimiter). A cell is quoted if it begins with a quote. A quote inside
 * an unquoted cell is an ordinary character, as in spreadsheet programs.
 */
export function splitCells(text: string, delimiter: string): Split {
  if (!text.includes('"')) return { kind: 'cells', cells: text.split(delimiter) };
  const ends = scanCells(text, delimiter);
  if (!Array.isArray(ends)) return ends;
  let from = 0;
  const cells = ends.map((end) => {
    const cell = cellValue(text, from, end);
    from = end + 1;
    return cell;
  });
  return { kind: 'cells', cells };
}

/** The end of each cell of a record, including quotes; or why the record cannot be split. */
export function scanCells(text: string, delimiter: string): number[] | Exclude<Split, { kind: 'cells' }> {
  const ends: number[] = [];
  let from = 0;
  for (;;) {
    let end: number;
    if (text.charCodeAt(from) === QUOTE) {
      const closing = closingQuote(text, from + 1);
      if (closing === -1) return { kind: 'open', column: ends.length, from };
      end = closing + 1;
      if (end < text.length && text[end] !== delimiter)
        return { kind: 'broken', column: ends.length, at: closing };
    } else {
      end = text.indexOf(delimiter, from);
      if (end === -1) end = text.length;
    }
    ends.push(end);
    if (end === text.length) return ends;
    from = end + 1;
  }
}

/** Index of the closing quote of a quoted cell; `from` is inside the cell. -1 if the text ends first. */
export function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1 && text.charCodeAt(at + 1) === QUOTE) at = text.indexOf('"', at + 2);
  return at;
}

/** Writes a cell so that `splitCells` reads back the same value. Quotes it if needed, or if `always`. */
export function quoteCell(value: string, delimiter: string, always = false): string {
  const needed =
    always ||
    /["\r\n]/.test(value) ||
    value.includes(delimiter) ||
    value.startsWith(' ') ||
    value.endsWith(' ');
  return needed ? `"${value.replaceAll('"', '""')}"` : value;
}

function cellValue(text: string, from: number, end: number): string {
  if (text.charCodeAt(from) !== QUOTE) return text.slice(from, end);
  const inner = text.slice(from + 1, end - 1);
  return inner.includes('"') ? inner.replaceAll('""', '"') : inner;
}
