import { decode, type Encoding, encode } from './encoding.js';

/** One line of a text file, with its original bytes. */
export interface Line {
  /** 1-based. */
  readonly number: number;
  /** The original bytes, including line break and byte order mark. */
  readonly bytes: Buffer;
  /** Without line break and byte order mark. */
  readonly text: string;
  /** The line break: `\n`, `\r\n`, `\r`, or '' at the end of the file. */
  readonly ending: string;
  /** Why the line cannot be read; undefined if it can. */
  readonly fault: string | undefined;
  /** A later piece of an overlong line, only to be copied. */
  readonly continued: boolean;
}

/** Longer lines are bad rows: 10 MB. */
export const MAX_LINE_BYTES = 10 * 1024 * 1024;

const REPLACEMENT = '\uFFFD';

/** Splits the chunks of a text file into lines, for one pass. Keeps at most MAX_LINE_BYTES and a chunk in memory. */
export class LineReader {
  #pending: Buffer[] = [];
  #pendingLength = 0;
  #number = 1;
  #overlong = false;
  #first = true;
  /** The first byte of a UTF-16 unit that the chunk's end splits. */
  #oddByte: Buffer | undefined;
  readonly #break: number;

  constructor(
    readonly encoding: Encoding,
    lineBreak: '\n' | '\r' = '\n',
  ) {
    this.#break = lineBreak.charCodeAt(0);
  }

  /** The lines that end in this chunk, and pieces of overlong lines. */
  push(chunk: Buffer): Line[] {
    let rest = this.#oddByte === undefined ? chunk : Buffer.concat([this.#oddByte, chunk]);
    this.#oddByte = undefined;
    if (this.encoding.unit === 2 && rest.length % 2 === 1) {
      this.#oddByte = rest.subarray(-1);
      rest = rest.subarray(0, -1);
    }
    const lines: Line[] = [];
    let from = 0;
    for (let at = this.#breakAfter(rest, 0); at !== -1; at = this.#breakAfter(rest, from)) {
      lines.push(this.#createLine(rest.subarray(from, at), true));
      from = at;
    }
    if (from < rest.length) {
      this.#pending.push(rest.subarray(from));
      this.#pendingLength += rest.length - from;
      if (this.#pendingLength > MAX_LINE_BYTES)
        lines.push(this.#createLine(rest.subarray(rest.length), false));
    }
    return lines;
  }

  /** At the end of the file: a last line without a line break. */
  end(): Line[] {
    const rest = this.#oddByte ?? Buffer.alloc(0);
    if (this.#pendingLength + rest.length === 0) return [];
    return [this.#createLine(rest, true)];
  }

  /** Index after the next line break; -1 if there is none. */
  #breakAfter(bytes: Buffer, from: number): number {
    if (this.encoding.unit === 1) {
      const at = bytes.indexOf(this.#break, from);
      return at === -1 ? -1 : at + 1;
    }
    const low = this.encoding.name === 'utf-16le' ? 0 : 1;
    for (let at = bytes.indexOf(this.#break, from); at !== -1; at = bytes.indexOf(this.#break, at + 1)) {
      const start = at - low;
      if (start % 2 === 0 && start >= from && bytes[start + 1 - low] === 0) return start + 2;
    }
    return -1;
  }

  #createLine(tail: Buffer, ends: boolean): Line {
    const bytes = this.#pending.length === 0 ? tail : Buffer.concat([...this.#pending, tail]);
    this.#pending = [];
    this.#pendingLength = 0;
    const continued = this.#overlong;
    const number = this.#number;
    if (ends) this.#number++;
    this.#overlong = !ends;
    const mark = this.#first ? this.encoding.mark : 0;
    this.#first = false;
    if (continued || !ends || bytes.length > MAX_LINE_BYTES) {
      const text = decode(bytes.subarray(mark, mark + 8000), this.encoding);
      return {
        number,
        bytes,
        text,
        ending: '',
        fault: `is longer than ${MAX_LINE_BYTES / 1024 / 1024} MB`,
        continued,
      };
    }
    const whole = decode(mark === 0 ? bytes : bytes.subarray(mark), this.encoding);
    const ending = endingOf(whole);
    return {
      number,
      bytes,
      text: ending === '' ? whole : whole.slice(0, -ending.length),
      ending,
      fault: this.#faultOf(whole, mark === 0 ? bytes : bytes.subarray(mark)),
      continued: false,
    };
  }

  #faultOf(text: string, bytes: Buffer): string | undefined {
    if (bytes.length % this.encoding.unit !== 0) return 'ends in the middle of a character';
    if (text.includes('\0')) return 'holds a NUL character';
    // U+FFFD can be in the file itself. The bytes are invalid only if encoding the text does not reproduce them.
    if (text.includes(REPLACEMENT) && !encode(text, this.encoding).equals(bytes)) {
      return `holds bytes that are not ${this.encoding.name === 'utf8' ? 'UTF-8' : this.encoding.name}`;
    }
    return undefined;
  }
}

/** The lines of the chunks, one batch per chunk. */
export async function* readLines(
  chunks: AsyncIterable<Buffer>,
  encoding: Encoding,
  lineBreak: '\n' | '\r' = '\n',
): AsyncGenerator<Line[]> {
  const reader = new LineReader(encoding, lineBreak);
  for await (const chunk of chunks) {
    const lines = reader.push(chunk);
    if (lines.length > 0) yield lines;
  }
  const last = reader.end();
  if (last.length > 0) yield last;
}

function endingOf(text: string): '' | '\n' | '\r\n' | '\r' {
  if (text.endsWith('\r\n')) return '\r\n';
  if (text.endsWith('\n')) return '\n';
  return text.endsWith('\r') ? '\r' : '';
}
