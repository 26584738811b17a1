import { decode, type Encoding, encode } from './encoding.js';

/** One line of a text file, with the bytes that it was. */
export interface Line {
  /** 1-based. */
  readonly number: number;
  /** Exactly as they came, line break and byte order mark included. */
  readonly bytes: Buffer;
  /** Without line break and byte order mark. */
  readonly text: string;
  /** The line break: `\n`, `\r\n`, `\r`, or '' at the end of the file. */
  readonly ending: string;
  /** Why the line cannot be read, if so. */
  readonly fault: string | undefined;
  /** A further piece of an overlong line, there only to be passed through. */
  readonly continued: boolean;
}

/** Longer lines are not read: 10 MB. */
export const LINE_LIMIT = 10 * 1024 * 1024;

const REPLACEMENT = '\uFFFD';

/** Parts the chunks of a text file into lines; the work of one pass. Memory is bounded by LINE_LIMIT. */
export class LineReader {
  #waiting: Buffer[] = [];
  #waitingLength = 0;
  #number = 1;
  #overlong = false;
  #first = true;
  /** The odd byte of a UTF-16 unit that a chunk's end cut in two. */
  #half: Buffer | undefined;
  readonly #break: number;

  constructor(
    readonly encoding: Encoding,
    lineBreak: '\n' | '\r' = '\n',
  ) {
    this.#break = lineBreak.charCodeAt(0);
  }

  /** The lines that end in this chunk. */
  push(chunk: Buffer): Line[] {
    let rest = this.#half === undefined ? chunk : Buffer.concat([this.#half, chunk]);
    this.#half = undefined;
    if (this.encoding.unit === 2 && rest.length % 2 === 1) {
      this.#half = rest.subarray(-1);
      rest = rest.subarray(0, -1);
    }
    const lines: Line[] = [];
    let from = 0;
    for (let at = this.#breakAfter(rest, 0); at !== -1; at = this.#breakAfter(rest, from)) {
      lines.push(this.#take(rest.subarray(from, at), true));
      from = at;
    }
    if (from < rest.length) {
      this.#waiting.push(rest.subarray(from));
      this.#waitingLength += rest.length - from;
      if (this.#waitingLength > LINE_LIMIT) lines.push(this.#take(rest.subarray(rest.length), false));
    }
    return lines;
  }

  /** What is left when the chunks are through: a last line without a line break. */
  end(): Line[] {
    const rest = this.#half ?? Buffer.alloc(0);
    if (this.#waitingLength + rest.length === 0) return [];
    return [this.#take(rest, true)];
  }

  /** Index just after the next line break; -1 where there is none. */
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

  #take(tail: Buffer, ends: boolean): Line {
    const bytes = this.#waiting.length === 0 ? tail : Buffer.concat([...this.#waiting, tail]);
    this.#waiting = [];
    this.#waitingLength = 0;
    const continued = this.#overlong;
    const number = this.#number;
    if (ends) this.#number++;
    this.#overlong = !ends;
    const mark = this.#first ? this.encoding.mark : 0;
    this.#first = false;
    if (continued || !ends || bytes.length > LINE_LIMIT) {
      const text = decode(bytes.subarray(mark, mark + 8000), this.encoding);
      return {
        number,
        bytes,
        text,
        ending: '',
        fault: `is longer than ${LINE_LIMIT / 1024 / 1024} MB`,
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
    if (bytes.length % this.encoding.unit !== 0) return 'ends in half a character';
    if (text.includes('\0')) return 'holds a NUL character';
    // U+FFFD may be the file's own; only bytes that cannot be had back from the text are broken.
    if (text.includes(REPLACEMENT) && !encode(text, this.encoding).equals(bytes)) {
      return `holds bytes that are not ${this.encoding.name === 'utf8' ? 'UTF-8' : this.encoding.name}`;
    }
    return undefined;
  }
}

/** A pass over the chunks in batches of lines, a batch a chunk. */
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
