import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startShelfwright } from './runShelfwright.js';

/** A run of `shelfwright demo`, which a signal stopped. */
export interface DemoCommand {
  /** The body of the answer to `DEMO_SEARCH`. */
  readonly answer: string;
  /** The page that it serves. */
  readonly page: string;
  readonly code: number | null;
}

const DEMO_SEARCH = '/v1/search?q=summer%20dress%20for%20outdoor%20wedding&per_page=3';
const START_MS = 600_000;

/**
 * Runs `shelfwright demo` in a folder, a new temporary one unless named, which then has `data` and `indexes` of the demo
 * catalog, without what a service adds.
 */
export async function runDemo(
  folder = mkdtempSync(path.join(tmpdir(), 'shelfwright-demo-')),
): Promise<DemoCommand & { readonly folder: string }> {
  const { child, ended, output } = startShelfwright(['demo', '--port', '0', ...whereIn(folder)], {
    SHELFWRIGHT_QUERIES_RETENTION_DAYS: '0',
    SHELFWRIGHT_MONITORING_ENABLED: 'false',
  });
  const address = await addressIn(output, ended);
  const [answer, page] = await Promise.all(
    [address + DEMO_SEARCH, address].map(async (url) => (await fetch(url)).text()),
  );
  child.kill('SIGTERM');
  const { code } = await ended;
  const indexes = path.join(folder, 'indexes');
  for (const name of readdirSync(indexes).filter((one) => /^\.(?:jobs|monitor)\.lock/.test(one)))
    rmSync(path.join(indexes, name));
  return { folder, answer: answer ?? '', page: page ?? '', code };
}

/** The address that a service prints. @throws Error if it ends before, or takes too long. */
async function addressIn(output: () => string, ended: Promise<unknown>): Promise<string> {
  let running = true;
  void ended.then(() => {
    running = false;
  });
  for (const started = Date.now(); running && Date.now() - started < START_MS; ) {
    const address = /at (http:\/\/127\.0\.0\.1:\d+)/.exec(output())?.[1];
    if (address !== undefined) return address;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`shelfwright demo does not serve: ${output()}`);
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
