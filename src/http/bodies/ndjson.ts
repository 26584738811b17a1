import { sentenceOf } from '../../domain/errors.js';
import { MAX_ROW_BYTES } from './limits.js';

export const NDJSON_TYPES = ['application/x-ndjson', 'application/ndjson', 'application/jsonl'];

const NEWLINE = 0x0a;

/** One line that is not blank: its number from 1, and its value or the reason why it could not be read. */
export type Line =
  | { readonly row: number; readonly value: unknown; readonly bytes: number }
  | { readonly row: number; readonly reason: string };

/**
 * Reads newline-delimited JSON as it arrives, one line at a time, so that a large body needs little memory.
 * Blank lines are skipped but numbered; a line that is not UTF-8, not JSON or over 1 MiB has a reason instead of a value.
 */
export async function* readLines(body: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let row = 0;
  let parts: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      row += 1;
      bytes += end - start;
      const line = bytes > MAX_ROW_BYTES ? tooLong(row) : lineOf(row, [...parts, chunk.subarray(start, end)]);
      if (line !== undefined) yield line;
      start = end + 1;
      parts = [];
      bytes = 0;
    }
    bytes += chunk.length - start;
    if (bytes > MAX_ROW_BYTES) parts = [];
    else parts.push(chunk.subarray(start));
  }
  if (bytes > MAX_ROW_BYTES) yield tooLong(row + 1);
  else if (bytes > 0) {
    const line = lineOf(row + 1, parts);
    if (line !== undefined) yield line;
  }
}

function tooLong(row: number): Line {
  return { row, reason: `line ${row} is longer than 1 MiB; send one product per line` };
}

function lineOf(row: number, parts: readonly Buffer[]): Line | undefined {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts)).trim();
  } catch {
    return { row, reason: `line ${row} is not UTF-8; send the products in UTF-8` };
  }
  if (text === '') return undefined;
  try {
    return { row, value: JSON.parse(text), bytes: text.length };
  } catch (error) {
    return { row, reason: `line ${row} is not JSON (${sentenceOf(error)}); send one JSON object per line` };
  }
}
