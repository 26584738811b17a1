import { rm } from 'node:fs/promises';
import { OutputFile } from './bytes/outputFile.js';
import type { BadRow } from './row.js';

/**
 * Writes bad rows as JSONL, `{line, field, reason, text}` each. Without bad rows it writes no file and deletes an
 * existing one. Returns the number of bad rows.
 * @throws UserError if the file cannot be written.
 */
export async function writeQuarantine(
  path: string,
  rows: Iterable<BadRow> | AsyncIterable<BadRow>,
): Promise<number> {
  let out: OutputFile | undefined;
  let count = 0;
  try {
    for await (const { line, field, reason, text } of rows) {
      out ??= await OutputFile.create(path, false);
      await out.write(`${JSON.stringify({ line, field, reason, text })}\n`);
      count++;
    }
    if (out === undefined) await rm(path, { force: true });
    else await out.commit();
  } catch (error) {
    await out?.discard();
    throw error;
  }
  return count;
}
