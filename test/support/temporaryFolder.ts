import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

/** A folder for this test only, removed when it ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'shelfwright-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A folder for the tests of one file or group, removed after them. Call it while tests are collected, or before all. */
export function sharedTemporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'shelfwright-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The path of a file that does not exist yet, with the given ending, in a folder of its own. */
export function outPath(ending: string): string {
  return path.join(temporaryFolder(), `file${ending}`);
}

/** Writes a file with the given ending (`.csv`, `.jsonl.gz`) and returns its path. */
export function fileOf(ending: string, content: string | Buffer): string {
  const file = outPath(ending);
  writeFileSync(file, content);
  return file;
}
