import { stat } from 'node:fs/promises';
import { z } from 'zod';
import type { Store } from '../../store/open.js';

export interface Checkpoint {
  /** What was saved last; undefined where nothing was. */
  read(): unknown;
  /** Called in the transaction of the rows that it counts. */
  save(state: unknown): void;
}

const importStateSchema = z.object({
  /** Size and time of the file; another file is read from its start. */
  file: z.string(),
  /** The newest change when the import started. */
  began: z.number(),
  /** Rows of the file that are in the store, counting bad ones. */
  rows: z.number(),
  /** Rows written, by outcome. */
  tally: z.object({
    inserted: z.number(),
    content: z.number(),
    live: z.number(),
    unchanged: z.number(),
  }),
  /** Values removed, by field. */
  cleared: z.record(z.string(), z.number()),
  /** Products deleted by a full import; null until it has read the whole file. */
  deleted: z.number().nullable(),
});
export type ImportState = z.infer<typeof importStateSchema>;
export type Tally = ImportState['tally'];

/** Where the import of this file stopped, or its start. */
export async function loadState(checkpoint: Checkpoint, store: Store, file: string): Promise<ImportState> {
  const { size, mtimeMs } = await stat(file);
  const fileKey = `${size} bytes of ${mtimeMs}`;
  const kept = importStateSchema.safeParse(checkpoint.read());
  if (kept.success && kept.data.file === fileKey) return kept.data;
  const tally = { inserted: 0, content: 0, live: 0, unchanged: 0 };
  return { file: fileKey, began: store.changes.last(), rows: 0, tally, cleared: {}, deleted: null };
}

export function tallyText({ inserted, content, live, unchanged }: Tally): string {
  return `${inserted} imported, ${content + live} updated, ${unchanged} unchanged`;
}
