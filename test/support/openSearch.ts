import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe } from 'vitest';
import { z } from 'zod';
import { type EngineSettings, engineSchema } from '../../src/configuration/engine.js';
import { Engine, type EngineConnection } from '../../src/opensearch/engine.js';
import { madeOnce } from './madeOnce.js';
import { stopCluster } from './stopOpenSearch.js';

const run = promisify(execFile);

/** Installs and starts OpenSearch; not part of the project. */
const SCRIPTS = path.resolve('../shared/opensearch');
/** Where it is installed once for all runs. */
const HOME = path.join(tmpdir(), 'shelfwright-opensearch-2.19.1');
const HEAP = '512m';
/** A node that runs already, to try one file again and again without starting one. */
const RUNNING = process.env.TEST_OPENSEARCH_URL;
const TRIES = 3;

/** A cluster of one node without users. */
const ALONE = {
  user: undefined,
  certificate: undefined,
  timeoutSeconds: 60,
  layout: { shards: 1, replicas: 0 },
};

/** A running cluster. */
export interface OpenSearchCluster {
  readonly urls: readonly string[];
  /** Holds a folder and a file `<node>.pid` for each node. */
  readonly state: string;
}

/** What these tests need and this machine lacks; undefined where there is everything. */
const missing = ((): string | undefined => {
  if (RUNNING !== undefined) return undefined;
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

/** As `describe`, skipped by name where there is no OpenSearch. */
export const describeOpenSearch = (name: string, tests: () => void): void => {
  describe.skipIf(missing !== undefined)(
    missing === undefined ? `${name} on OpenSearch` : `${name} on OpenSearch (${missing} is missing)`,
    tests,
  );
};

/** A cluster that all tests of a run share: started by the first test that asks, stopped by `setUp`. */
export async function openSearch(nodes: 1 | 3 = 1): Promise<Pick<OpenSearchCluster, 'urls'>> {
  if (RUNNING !== undefined && nodes === 1) return { urls: [RUNNING] };
  return madeOnce(`opensearch-${nodes}`, async () => startOpenSearch(nodes));
}

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

/**
 * An engine on the shared cluster with names that no other test uses, for the tests of one group; what they make is removed
 * after them. Call it while tests are collected, and the returned function in tests.
 */
export function sharedEngine(given: Partial<EngineConnection> = {}): () => Engine {
  let engine: Engine | undefined;
  const opened = (): Engine => {
    if (engine === undefined) throw new Error('The engine is there once the tests run.');
    return engine;
  };
  beforeAll(async () => {
    const { urls } = await openSearch();
    const prefix = `test-${randomBytes(5).toString('hex')}`;
    engine = await Engine.open({ ...ALONE, urls, prefix, ...given });
  });
  afterAll(async () => {
    const { names } = opened();
    await remove([`${opened().connection.prefix}*`]);
    await remove(['_index_template', names.template]);
    await opened().close();
  });
  const remove = (path: readonly string[]): Promise<unknown> =>
    opened().request(z.unknown(), { method: 'DELETE', path, unless: [404] });
  return opened;
}

/** The settings by which commands and services use this engine. */
export function settingsOf({ connection }: Engine): EngineSettings {
  const { urls, prefix, timeoutSeconds, layout } = connection;
  return engineSchema.parse({
    ...{ kind: 'opensearch', urls, index_prefix: prefix, timeout_seconds: timeoutSeconds },
    ...layout,
  });
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
