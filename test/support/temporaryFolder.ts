import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of this test alone, removed when it ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'shelfwright-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A path where nothing is yet, whose name ends as given, in a folder of its own. */
export function outPath(ending: string): string {
  return path.join(temporaryFolder(), `file${ending}`);
}

/** Writes a file whose name ends as given (`.csv`, `.jsonl.gz`) and returns its path. */
export function fileOf(ending: string, content: string | Buffer): string {
  const file = outPath(ending);
  writeFileSync(file, content);
  return file;
}
