import type { Line } from '../bytes/lines.js';
import { closingQuote, type Split, splitCells } from './cells.js';

/** One record of a table: a line, or several where a quoted cell holds line breaks. */
export interface TableRecord {
  /** 1-based line on which it begins. */
  readonly line: number;
  readonly lines: readonly Line[];
  /** Its text, without the line break after it. */
  readonly text: string;
  /** Empty for a blank line; as far as it could be parted for a record with a fault. */
  readonly cells: readonly string[];
  /** Why it cannot be read, if so. */
  readonly fault: string | undefined;
  /** Quotes at the beginning of its cells are characters like any other. */
  readonly literal: boolean;
}

/** A record of more lines than this is a quote that somebody forgot to close. */
const LINES_LIMIT = 1000;
const TEXT_LIMIT = 10 * 1024 * 1024;

/**
 * Losing a record means reading the lines after its first one again. Where that has come to this many times what
 * was read, and to some megabytes, quotes are given up after fewer lines, so that no file takes forever.
 */
const AGAIN_LIMIT = 8;
const AGAIN_FREE = 16 * 1024 * 1024;
const HASTY_LINES_LIMIT = 8;
/** What a line costs beside its text, in UTF-16 units. */
const LINE_COST = 32;

/** How many cells a record should have; undefined while the header is not read. */
export type Width = { readonly columns: number; readonly named: number } | undefined;

/** Whether a record's cells fit the header: nothing beyond it but blanks, nothing missing but unnamed columns. */
export function fits(cells: readonly string[], width: Width): boolean {
  if (width === undefined || cells.length === width.columns) return true;
  if (cells.length < width.columns) return cells.length >= width.named;
  return cells.slice(width.columns).every((cell) => cell.trim() === '');
}

/**
 * Puts lines together to records, and finds its way back after a broken one: where a quote is never closed,
 * only the line it stands on is lost, not what it would swallow. (csv-parse has no such recovery, hence this
 * reader; it is held against csv-parse in the tests.)
 */
export class RecordReader {
  /** Lines of a record whose quote is still open. */
  #open: Line[] = [];
  /** Its cells before the open one, and its text from there on. */
  #cells: string[] = [];
  #rest = '';
  #openLength = 0;
  /** Units read, and read again. */
  #read = 0;
  #again = 0;
  width: Width;

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

  /** What is left when the lines are through. */
  end(): TableRecord[] {
    const records: TableRecord[] = [];
    while (this.#open.length > 0)
      this.#feed(this.#loseFirst(records, neverClosed(this.#cells.length)), records);
    return records;
  }

  #feed(lines: Line[], records: TableRecord[]): void {
    // A stack, the next line on top: losing a record puts the lines after its first one back.
    const stack = lines.reverse();
    for (let line = stack.pop(); line !== undefined; line = stack.pop()) {
      const retry = this.#open.length === 0 ? this.#begin(line, records) : this.#goOn(line, records);
      for (let at = retry.length - 1; at >= 0; at--) {
        const again = retry[at];
        if (again !== undefined) stack.push(again);
      }
    }
  }

  #begin(line: Line, records: TableRecord[]): Line[] {
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
      this.#passCells(split.from);
    } else if (split.kind === 'broken') {
      records.push(this.#literal(line) ?? unreadable([line], brokenQuote(split.column)));
    } else records.push(this.#record([line], line.text, split.cells));
    return [];
  }

  /** Returns the lines to be read again. */
  #goOn(line: Line, records: TableRecord[]): Line[] {
    const before = this.#open.length;
    this.#rest += (this.#open[before - 1]?.ending ?? '') + line.text;
    this.#open.push(line);
    this.#openLength += line.text.length;
    const hasty = this.#again > AGAIN_FREE && this.#again > this.#read * AGAIN_LIMIT;
    const max = hasty ? HASTY_LINES_LIMIT : LINES_LIMIT;
    if (line.fault !== undefined || before >= max || this.#openLength > TEXT_LIMIT) {
      return this.#loseFirst(records, neverClosed(this.#cells.length));
    }
    if (closingQuote(line.text, 0) === -1) return [];
    const split = splitCells(this.#rest, this.delimiter);
    if (split.kind === 'open') {
      this.#passCells(split.from);
      return [];
    }
    const cells = split.kind === 'cells' ? [...this.#cells, ...split.cells] : [];
    if (split.kind === 'cells' && fits(cells, this.width)) {
      records.push(this.#record(this.#open, textOf(this.#open), cells));
      this.#open = [];
      return [];
    }
    if (this.#open.slice(1).some((after) => this.#isWhole(after)) || this.#opens(this.#rest, split)) {
      return this.#loseFirst(records, neverClosed(this.#cells.length));
    }
    const lost = this.#open;
    this.#open = [];
    records.push(
      split.kind === 'cells'
        ? this.#record(lost, textOf(lost), cells)
        : unreadable(lost, brokenQuote(this.#cells.length + split.column)),
    );
    return [];
  }

  /** Takes the cells before the open one, which begins there, out of the rest. */
  #passCells(from: number): void {
    if (from === 0) return;
    const split = splitCells(this.#rest.slice(0, from - 1), this.delimiter);
    if (split.kind === 'cells') for (const cell of split.cells) this.#cells.push(cell);
    this.#rest = this.#rest.slice(from);
  }

  /** Gives up the open record: its first line is lost, the others are to be read again. */
  #loseFirst(records: TableRecord[], fault: string): Line[] {
    const [first, ...others] = this.#open;
    this.#open = [];
    this.#again += this.#openLength - (first?.text.length ?? 0) + others.length * LINE_COST;
    if (first !== undefined) records.push(this.#literal(first) ?? unreadable([first], fault));
    return others;
  }

  /** Whether a line makes a record of its own, with all its cells. */
  #isWhole(line: Line): boolean {
    if (line.fault !== undefined || this.width === undefined || this.width.columns < 2) return false;
    const split = splitCells(line.text, this.delimiter);
    return split.kind === 'cells' && split.cells.length === this.width.columns;
  }

  /** Whether the quote that seemed to close a cell stands where one opens: then the one before was left open. */
  #opens(text: string, split: Split): boolean {
    if (split.kind !== 'broken') return false;
    const before = text[split.at - 1];
    return before === this.delimiter || before === '\n' || before === '\r';
  }

  /** Feeds parted by tabs are often written without any quoting: there a stray quote is a character. */
  #literal(line: Line): TableRecord | undefined {
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
    if (fits(cells, this.width)) return { line, lines, text, cells, fault: undefined, literal: false };
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
  return `text stands after the closing quote of cell ${column + 1}`;
}
