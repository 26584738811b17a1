import type { Line } from '../bytes/lines.js';
import { closingQuote, type Split, splitCells } from './cells.js';

/** One record of a table: one line, or several if a quoted cell contains line breaks. */
export interface TableRecord {
  /** 1-based number of its first line. */
  readonly line: number;
  readonly lines: readonly Line[];
  /** Its text without the final line break. */
  readonly text: string;
  /** Empty for a blank line; for a record with a fault, the cells that could be read. */
  readonly cells: readonly string[];
  /** Why it cannot be read; undefined if it can. */
  readonly fault: string | undefined;
  /** Quotes in this record are ordinary characters. */
  readonly literal: boolean;
}

/** A longer record is assumed to have an unclosed quote. */
const MAX_LINES = 1000;
const MAX_TEXT_LENGTH = 10 * 1024 * 1024;

/**
 * A dropped record means rereading the lines after its first one. When the reread text exceeds both this multiple of
 * the text read and MIN_REREAD, records may only have a few lines, which bounds the total time.
 */
const MAX_REREAD_RATIO = 8;
const MIN_REREAD = 16 * 1024 * 1024;
const MAX_LINES_AFTER_REREADS = 8;
/** Fixed cost of a line, added to its length in UTF-16 units. */
const LINE_COST = 32;

/** The expected number of cells; undefined until the header is read. */
export type HeaderWidth = { readonly columns: number; readonly named: number } | undefined;

/** Whether a record's cells fit the header: extra cells are blank, and only unnamed columns are missing. */
export function fitsHeader(cells: readonly string[], width: HeaderWidth): boolean {
  if (width === undefined || cells.length === width.columns) return true;
  if (cells.length < width.columns) return cells.length >= width.named;
  return cells.slice(width.columns).every((cell) => cell.trim() === '');
}

/**
 * Joins lines to records, and recovers after a malformed one: a quote that is never closed costs only its own line, not
 * the lines after it. csv-parse has no such recovery; the tests compare this reader with csv-parse.
 */
export class RecordReader {
  /** Lines of the current record, whose quote is still open. */
  #open: Line[] = [];
  /** Its complete cells, and its text from the open cell on. */
  #cells: string[] = [];
  #rest = '';
  #openLength = 0;
  /** UTF-16 units read and reread, with LINE_COST per line. */
  #read = 0;
  #reread = 0;
  width: HeaderWidth;

  constructor(readonly delimiter: string) {}

  /** The records that end in these lines. */
  push(lines: readonly Line[]): TableRecord[] {
    const records: TableRecord[] = [];
    for (const line of lines) {
      this.#read += line.text.length + LINE_COST;
      this.#feed([line], records);
    }
    return records;
  }

  /** The remaining records at the end of the file. */
  end(): TableRecord[] {
    const records: TableRecord[] = [];
    while (this.#open.length > 0)
      this.#feed(this.#dropFirst(records, neverClosed(this.#cells.length)), records);
    return records;
  }

  #feed(lines: Line[], records: TableRecord[]): void {
    // A stack with the next line on top. Dropping a record pushes the lines after its first one back.
    const stack = lines.reverse();
    for (let line = stack.pop(); line !== undefined; line = stack.pop()) {
      const retry = this.#open.length === 0 ? this.#start(line, records) : this.#continue(line, records);
      for (let at = retry.length - 1; at >= 0; at--) {
        const again = retry[at];
        if (again !== undefined) stack.push(again);
      }
    }
  }

  #start(line: Line, records: TableRecord[]): Line[] {
    if (line.fault !== undefined) {
      records.push(unreadable([line], `the line ${line.fault}`));
      return [];
    }
    const split = splitCells(line.text, this.delimiter);
    if (split.kind === 'open') {
      this.#open = [line];
      this.#openLength = line.text.length;
      this.#cells = [];
      this.#rest = line.text;
      this.#takeCells(split.from);
    } else if (split.kind === 'broken') {
      records.push(this.#readLiterally(line) ?? unreadable([line], brokenQuote(split.column)));
    } else records.push(this.#record([line], line.text, split.cells));
    return [];
  }

  /** Returns the lines to reread. */
  #continue(line: Line, records: TableRecord[]): Line[] {
    const before = this.#open.length;
    this.#rest += (this.#open[before - 1]?.ending ?? '') + line.text;
    this.#open.push(line);
    this.#openLength += line.text.length;
    const isOverBudget = this.#reread > MIN_REREAD && this.#reread > this.#read * MAX_REREAD_RATIO;
    const max = isOverBudget ? MAX_LINES_AFTER_REREADS : MAX_LINES;
    if (line.fault !== undefined || before >= max || this.#openLength > MAX_TEXT_LENGTH) {
      return this.#dropFirst(records, neverClosed(this.#cells.length));
    }
    if (closingQuote(line.text, 0) === -1) return [];
    const split = splitCells(this.#rest, this.delimiter);
    if (split.kind === 'open') {
      this.#takeCells(split.from);
      return [];
    }
    const cells = split.kind === 'cells' ? [...this.#cells, ...split.cells] : [];
    if (split.kind === 'cells' && fitsHeader(cells, this.width)) {
      records.push(this.#record(this.#open, textOf(this.#open), cells));
      this.#open = [];
      return [];
    }
    if (
      this.#open.slice(1).some((after) => this.#isComplete(after)) ||
      this.#isOpeningQuote(this.#rest, split)
    ) {
      return this.#dropFirst(records, neverClosed(this.#cells.length));
    }
    const lines = this.#open;
    this.#open = [];
    records.push(
      split.kind === 'cells'
        ? this.#record(lines, textOf(lines), cells)
        : unreadable(lines, brokenQuote(this.#cells.length + split.column)),
    );
    return [];
  }

  /** Moves the cells before the open one, which begins at `from`, from the rest to the complete cells. */
  #takeCells(from: number): void {
    if (from === 0) return;
    const split = splitCells(this.#rest.slice(0, from - 1), this.delimiter);
    if (split.kind === 'cells') for (const cell of split.cells) this.#cells.push(cell);
    this.#rest = this.#rest.slice(from);
  }

  /** Drops the open record: reports its first line as bad and returns the others to reread. */
  #dropFirst(records: TableRecord[], fault: string): Line[] {
    const [first, ...others] = this.#open;
    this.#open = [];
    this.#reread += this.#openLength - (first?.text.length ?? 0) + others.length * LINE_COST;
    if (first !== undefined) records.push(this.#readLiterally(first) ?? unreadable([first], fault));
    return others;
  }

  /** Whether the line alone is a record with all cells. */
  #isComplete(line: Line): boolean {
    if (line.fault !== undefined || this.width === undefined || this.width.columns < 2) return false;
    const split = splitCells(line.text, this.delimiter);
    return split.kind === 'cells' && split.cells.length === this.width.columns;
  }

  /** Whether the closing quote is where a cell begins, so that it opens a cell and the earlier quote is unclosed. */
  #isOpeningQuote(text: string, split: Split): boolean {
    if (split.kind !== 'broken') return false;
    const before = text[split.at - 1];
    return before === this.delimiter || before === '\n' || before === '\r';
  }

  /** Tab-separated feeds are often written without quoting, so a stray quote is an ordinary character. */
  #readLiterally(line: Line): TableRecord | undefined {
    if (this.delimiter !== '\t' || this.width === undefined) return undefined;
    const cells = line.text.split(this.delimiter);
    if (cells.length !== this.width.columns) return undefined;
    return { line: line.number, lines: [line], text: line.text, cells, fault: undefined, literal: true };
  }

  #record(lines: readonly Line[], text: string, cells: readonly string[]): TableRecord {
    const line = lines[0]?.number ?? 0;
    if (text.trim() === '' && cells.length <= 1) {
      return { line, lines, text, cells: [], fault: undefined, literal: false };
    }
    if (fitsHeader(cells, this.width)) return { line, lines, text, cells, fault: undefined, literal: false };
    const fault = `${cells.length} cells where the header has ${this.width?.columns ?? 0}`;
    return { line, lines, text, cells, fault, literal: false };
  }
}

function unreadable(lines: readonly Line[], fault: string): TableRecord {
  return { line: lines[0]?.number ?? 0, lines, text: textOf(lines), cells: [], fault, literal: false };
}

function textOf(lines: readonly Line[]): string {
  if (lines.length === 1) return lines[0]?.text ?? '';
  const last = lines.length - 1;
  return lines.map((line, at) => (at === last ? line.text : line.text + line.ending)).join('');
}

function neverClosed(column: number): string {
  return `the quote that opens cell ${column + 1} is never closed`;
}

function brokenQuote(column: number): string {
  return `there is text after the closing quote of cell ${column + 1}`;
}
