import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { type DemoCommand, runDemo } from './demo.js';
import { indexSmallCatalog } from './rebuild.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A folder with `data` and `indexes` of the demo catalog, imported and reindexed; read-only for tests. */
    demo: string;
    /** What `shelfwright demo` did that made it. */
    demoCommand: DemoCommand;
    /** A folder with `data` and `indexes` of the small catalog, reindexed without enrichment; read-only for tests. */
    small: string;
  }
}

/** Indexes the catalogs that tests copy, once before all tests. */
export default async function setUp(project: TestProject): Promise<() => void> {
  const small = mkdtempSync(path.join(tmpdir(), 'shelfwright-small-'));
  const [{ folder, ...command }] = await Promise.all([runDemo(), indexSmallCatalog(small)]);
  project.provide('demo', folder);
  project.provide('demoCommand', command);
  project.provide('small', small);
  return () => {
    for (const made of [folder, small]) rmSync(made, { recursive: true, force: true });
  };
}
