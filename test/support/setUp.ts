import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { stopOpenSearch } from './stopOpenSearch.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A folder for what `madeOnce` makes. */
    shared: string;
  }
}

/** Makes the folder of what tests share, and removes it after all tests. */
export default function setUp(project: TestProject): () => void {
  const shared = mkdtempSync(path.join(tmpdir(), 'shelfwright-tests-'));
  project.provide('shared', shared);
  return () => {
    stopOpenSearch(shared);
    rmSync(shared, { recursive: true, force: true });
  };
}
