const QUOTE = 34;

/** One record's text parted into cells, or why it cannot be. Columns count from 0, offsets are UTF-16 units. */
export type Split =
  | { readonly kind: 'cells'; readonly cells: string[] }
  /** The text ends inside quotes: the record goes on in the next line, or the quote is never closed. */
  | { readonly kind: 'open'; readonly column: number /** Where that cell begins. */; readonly from: number }
  /** Text stands between a closing quote, which is at `at`, and the next delimiter. */
  | { readonly kind: 'broken'; readonly column: number; readonly at: number };

/**
 * Parts a record (RFC 4180, any one-character delimiter). A cell is quoted if it begins with a quote;
 * a quote further inside an unquoted cell is a character like any other, as spreadsheets read it.
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

/** Where each cell of a record ends, quotes included; or why the record cannot be parted. */
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

/** Index of the quote that closes a quoted cell, looking from inside it; -1 where the text ends first. */
export function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1 && text.charCodeAt(at + 1) === QUOTE) at = text.indexOf('"', at + 2);
  return at;
}

/** Writes a cell so that `splitCells` reads it back as it was; quotes it where it must, or where told to. */
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
