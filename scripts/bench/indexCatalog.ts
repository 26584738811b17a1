import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { catalogFile } from './catalog.js';
import { runCommand } from './runCommand.js';

export interface IndexedCatalog {
  readonly name: string;
  readonly dataDir: string;
  readonly indexesDir: string;
  /** Removes what was created for the benchmark. */
  readonly remove: () => Promise<void>;
}

/** Indexes a catalog in a temporary folder. A folder with `data` and `indexes` is used as it is. */
export async function indexCatalog(named: string | undefined): Promise<IndexedCatalog> {
  const foldersIn = (folder: string) => ({
    dataDir: path.join(folder, 'data'),
    indexesDir: path.join(folder, 'indexes'),
  });
  if (named !== undefined && existsSync(path.join(named, 'indexes'))) {
    return { name: named, ...foldersIn(named), remove: async () => undefined };
  }
  const file = catalogFile(named);
  const folder = await mkdtemp(path.join(tmpdir(), 'shelfwright-bench-'));
  const where = foldersIn(folder);
  const remove = () => rm(folder, { recursive: true, force: true });
  const flags = ['--data', where.dataDir, '--indexes', where.indexesDir];
  try {
    await runCommand(['import', file, ...flags]);
    await runCommand(['reindex', '--no-enrich', ...flags]);
  } catch (error) {
    await remove();
    throw error;
  }
  return { name: file, ...where, remove };
}
