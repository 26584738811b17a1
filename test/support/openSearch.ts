import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe } from 'vitest';
import { z } from 'zod';
import { type EngineSettings, engineSchema } from '../../src/configuration/engine.js';
import { Engine, type EngineConnection } from '../../src/opensearch/engine.js';
import { madeOnce } from './madeOnce.js';
import { missingForOpenSearch, type OpenSearchCluster, startOpenSearch } from './startOpenSearch.js';

/** A node that runs already, to try one file again and again without starting one. */
const RUNNING = process.env.TEST_OPENSEARCH_URL;
/** A cluster of one node without users. */
const ALONE = {
  user: undefined,
  certificate: undefined,
  timeoutSeconds: 60,
  layout: { shards: 1, replicas: 0 },
};

const missing = RUNNING === undefined ? missingForOpenSearch : undefined;

/** As `describe`, skipped by name where there is no OpenSearch. */
export const describeOpenSearch = (name: string, tests: () => void): void => {
  describe.skipIf(missing !== undefined)(
    missing === undefined ? `${name} on OpenSearch` : `${name} on OpenSearch (${missing} is missing)`,
    tests,
  );
};

/** A cluster that all tests of a run share: started by the first test that asks, stopped by `setUp`. */
async function openSearch(nodes: 1 | 3 = 1): Promise<Pick<OpenSearchCluster, 'urls'>> {
  if (RUNNING !== undefined && nodes === 1) return { urls: [RUNNING] };
  return madeOnce(`opensearch-${nodes}`, async () => startOpenSearch(nodes));
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

/** What a search of the engine finds, as far as tests read it. */
export const foundProducts = z.object({
  hits: z.object({
    hits: z.array(z.object({ _source: z.object({ product: z.looseObject({ id: z.string() }) }) })),
  }),
});
