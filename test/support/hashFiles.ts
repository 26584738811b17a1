import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** SHA-256 of every file in these folders and below, by path; no entry for a folder that is not there. */
export function hashFiles(...folders: readonly string[]): Record<string, string> {
  const hashes: Record<string, string> = {};
  for (const folder of folders.filter((one) => existsSync(one))) {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    for (const { parentPath, name } of files) {
      const file = path.join(parentPath, name);
      const shown = path.relative(folders.length === 1 ? folder : path.dirname(folder), file);
      hashes[shown] = createHash('sha256').update(readFileSync(file)).digest('hex');
    }
  }
  return Object.fromEntries(Object.entries(hashes).sort(([a], [b]) => (a < b ? -1 : 1)));
}
