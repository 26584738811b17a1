import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder for one test file, gone when its tests are through. */
export const folder = mkdtempSync(join(tmpdir(), 'shelfwright-formats-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;

/** Writes a file whose name ends as given (`.csv`, `.jsonl.gz`) and returns its path. */
export function fileOf(ending: string, content: string | Buffer): string {
  const path = outPath(ending);
  writeFileSync(path, content);
  return path;
}

/** A path where nothing is yet. */
export function outPath(ending: string): string {
  made++;
  return join(folder, `${made}${ending}`);
}
