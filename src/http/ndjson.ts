import { sentenceOf } from '../domain/errors.js';

export const NDJSON_TYPES = ['application/x-ndjson', 'application/ndjson', 'application/jsonl'];

const MAX_LINE_BYTES = 4 * 1024 * 1024;
const NEWLINE = 0x0a;

/** One line that is not blank: its number from 1, and its value or why it has none. */
export type Line =
  | { readonly row: number; readonly value: unknown }
  | { readonly row: number; readonly reason: string };

/**
 * Reads newline-delimited JSON as it arrives, a line at a time, so that a large body needs little memory.
 * Blank lines are skipped but numbered; a line that is not UTF-8, not JSON or over 4 MiB carries a reason.
 */
export async function* readLines(body: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let row = 0;
  let parts: Buffer[] = [];
  let held = 0;
  for await (const chunk of body) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      row += 1;
      held += end - start;
      const line = held > MAX_LINE_BYTES ? tooLong(row) : lineOf(row, [...parts, chunk.subarray(start, end)]);
      if (line !== undefined) yield line;
      start = end + 1;
      parts = [];
      held = 0;
    }
    held += chunk.length - start;
    if (held > MAX_LINE_BYTES) parts = [];
    else parts.push(chunk.subarray(start));
  }
  if (held > MAX_LINE_BYTES) yield tooLong(row + 1);
  else if (held > 0) {
    const line = lineOf(row + 1, parts);
    if (line !== undefined) yield line;
  }
}

function tooLong(row: number): Line {
  return { row, reason: `line ${row} is longer than 4 MiB; a product is one line of JSON` };
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
    return { row, value: JSON.parse(text) };
  } catch (error) {
    return { row, reason: `line ${row} is not JSON (${sentenceOf(error)}); send one JSON object a line` };
  }
}
