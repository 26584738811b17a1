import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { runShelfwright } from './runShelfwright.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A folder with `data` and `indexes` of the demo catalog, imported and reindexed; read-only for tests. */
    demo: string;
  }
}

/** Imports and reindexes the demo catalog once, before all tests. */
export default async function setUp(project: TestProject): Promise<() => void> {
  const folder = await indexDemo();
  project.provide('demo', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}

/** A new temporary folder with `data` and `indexes` of the demo catalog, imported and reindexed. */
export async function indexDemo(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'shelfwright-demo-'));
  for (const command of [['import', 'catalogs/demo.jsonl', '--taxonomy', 'taxonomy/2026-11'], ['reindex']]) {
    const { code, stderr } = await runShelfwright([...command, ...whereIn(folder)]);
    if (code !== 0) throw new Error(`shelfwright ${command.join(' ')} ended with ${code}: ${stderr}`);
  }
  return folder;
}

export function whereIn(folder: string): string[] {
  return ['--data', path.join(folder, 'data'), '--indexes', path.join(folder, 'indexes')];
}

/** A copy of the demo's folders that a test may change. */
export function copyOfDemo(demo: string, into: string): string {
  const copy = path.join(into, 'demo');
  cpSync(demo, copy, { recursive: true });
  return copy;
}

export interface DemoTruth {
  readonly id: string;
  readonly category: string;
  readonly attributes: Record<string, unknown>;
  readonly wrong_category?: boolean;
}

/** The gold data of the demo catalog by id. */
export function demoTruth(): Map<string, DemoTruth> {
  const file = 'test/data/demo-gold.jsonl';
  if (!existsSync(file)) throw new Error(`${file} is missing`);
  const rows: DemoTruth[] = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return new Map(rows.map((row) => [row.id, row]));
}
