import { execFile, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { stopCluster } from './stopOpenSearch.js';

const run = promisify(execFile);

/** Installs and starts OpenSearch; not part of the project. */
const SCRIPTS = path.resolve('../shared/opensearch');
/** Where it is installed once for all runs. */
const HOME = path.join(tmpdir(), 'shelfwright-opensearch-2.19.1');
const HEAP = '512m';
const TRIES = 3;

/** A running cluster. */
export interface OpenSearchCluster {
  readonly urls: readonly string[];
  /** Holds a folder and a file `<node>.pid` for each node. */
  readonly state: string;
}

/** What these tests need and this machine lacks; undefined where there is everything. */
export const missingForOpenSearch = ((): string | undefined => {
  if (!existsSync(path.join(SCRIPTS, 'cluster.sh'))) return '../shared/opensearch';
  for (const command of ['java', 'mvn', 'setsid', 'curl', 'python3']) {
    try {
      execFileSync('which', [command], { stdio: 'ignore' });
    } catch {
      return command;
    }
  }
  return undefined;
})();

/** A cluster of one's own, for tests that kill nodes; `stopCluster` stops it. */
export async function startOpenSearch(nodes: 1 | 3): Promise<OpenSearchCluster> {
  await install();
  // Nodes run as nobody if the tests run as root.
  const state = mkdtempSync(path.join(tmpdir(), 'shelfwright-opensearch-state-'));
  chmodSync(state, 0o755);
  for (let tried = 1; ; tried++) {
    const base = await freeBase(nodes);
    try {
      await run(path.join(SCRIPTS, 'cluster.sh'), ['up', HOME, state, String(nodes), String(base)], {
        env: { ...process.env, OPENSEARCH_HEAP: HEAP },
      });
      return { state, urls: Array.from({ length: nodes }, (_, node) => `http://127.0.0.1:${base + node}`) };
    } catch (error) {
      stopCluster(state, false);
      if (tried === TRIES) throw error;
    }
  }
}

/** Starts a node of a cluster of three again that was killed. */
export function restartNode({ state, urls }: OpenSearchCluster, place: number): void {
  const http = Number(new URL(urls[place] ?? '').port);
  const base = Number(new URL(urls[0] ?? '').port);
  const hosts = urls.map((_, at) => `127.0.0.1:${base + 100 + at}`).join(',');
  const name = `n${place + 1}`;
  const log = openSync(path.join(state, `${name}.log`), 'a');
  const child = spawn(
    path.join(SCRIPTS, 'start.sh'),
    [HOME, name, String(http), String(http + 100), '-Ecluster.name=lab', `-Ediscovery.seed_hosts=${hosts}`],
    {
      env: { ...process.env, OPENSEARCH_HEAP: HEAP, OPENSEARCH_STATE: state },
      stdio: ['ignore', log, log],
      detached: true,
    },
  );
  child.unref();
  writeFileSync(path.join(state, `${name}.pid`), `${child.pid}\n`);
}

async function install(): Promise<void> {
  if (existsSync(HOME)) return;
  const staging = mkdtempSync(`${HOME}-`);
  await run(path.join(SCRIPTS, 'install.sh'), [staging]);
  chmodSync(staging, 0o755);
  try {
    renameSync(staging, HOME);
  } catch (error) {
    // Another run was faster.
    if (!existsSync(HOME)) throw error;
    rmSync(staging, { recursive: true });
  }
}

/** A port from which on so many, and as many a hundred further on, are free. */
async function freeBase(nodes: number): Promise<number> {
  for (;;) {
    const base = 20_000 + (randomBytes(2).readUInt16BE() % 10_000);
    const ports = Array.from({ length: nodes }, (_, node) => [base + node, base + 100 + node]).flat();
    const free = await Promise.all(ports.map(isFree));
    if (free.every(Boolean)) return base;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
