import { rm } from 'node:fs/promises';
import { OutputFile } from './bytes/outputFile.js';
import type { BadRow, ProductRow } from './row.js';

/** What a file holds that could not be read. */
export interface Quarantined {
  /** Rows that were left out. */
  readonly rows: number;
  /** Cells that were left blank in rows that were kept, by field. */
  readonly unreadable: Readonly<Record<string, number>>;
}

/**
 * Writes as JSONL what could not be read: bad rows as `{line, field, reason, text}`, and single cells of other rows as
 * `{line, field, reason, id, kept: true}`. Without either it writes no file and deletes an existing one.
 * @throws UserError if the file cannot be written.
 */
export async function writeQuarantine(
  path: string,
  rows: Iterable<BadRow | ProductRow> | AsyncIterable<BadRow | ProductRow>,
): Promise<Quarantined> {
  let out: OutputFile | undefined;
  let count = 0;
  const unreadable = new Map<string, number>();
  const write = async (entry: object): Promise<void> => {
    out ??= await OutputFile.create(path, false);
    await out.write(`${JSON.stringify(entry)}\n`);
  };
  try {
    for await (const row of rows) {
      if (row.kind === 'bad') {
        const { line, field, reason, text } = row;
        await write({ line, field, reason, text });
        count++;
        continue;
      }
      for (const { field, reason } of row.unreadable) {
        await write({ line: row.line, field, reason, id: row.product.id, kept: true });
        unreadable.set(field, (unreadable.get(field) ?? 0) + 1);
      }
    }
    if (out === undefined) await rm(path, { force: true });
    else await out.commit();
  } catch (error) {
    await out?.discard();
    throw error;
  }
  return { rows: count, unreadable: Object.fromEntries(unreadable) };
}

/** For a person: what could not be read, and the quarantine file that lists it; empty if everything was read. */
export function describeQuarantine(
  { quarantined, unreadable }: { readonly quarantined: number } & Pick<Quarantined, 'unreadable'>,
  path: string,
): string[] {
  const cells = Object.entries(unreadable).map(([field, count]) => `${count} of ${field}`);
  const lines = [
    ...(quarantined > 0 ? [`Rows that could not be read were left out: ${quarantined}.`] : []),
    ...(cells.length > 0 ? [`Cells that could not be read are blank: ${cells.join(', ')}.`] : []),
  ];
  return lines.length === 0 ? [] : [...lines, `Their lines, fields and reasons: ${path}`];
}
