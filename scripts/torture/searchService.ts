import { z } from 'zod';
import { startShelfwright } from '../../test/support/runShelfwright.js';
import { whereIn } from './generatedCatalog.js';

const START_SECONDS = 60;
/** The index of the query without words. */
const BROWSING = 4;
/** Lexical, semantic, understood, mistyped, filtered and sorted queries, some with facets. */
const QUERIES = [
  'q=red%20mug',
  'q=something%20to%20tell%20the%20time',
  'q=kettle%20under%2040',
  'q=lmap&facets=brand,category,attributes.color',
  'q=&filter=brand%20%3D%20%27Oakmere%27&sort=price:asc&facets=category&per_page=100',
  'q=blue&sort=price:desc&page=2',
  'q=warm%20blanket%20for%20the%20sofa&per_page=50',
];

export interface RunningService {
  readonly address: string;
  /** Resolves when the process has exited. */
  readonly ended: Promise<unknown>;
  kill(): Promise<void>;
}

/** Starts `serve` as an operator would. If it does not become ready, `why` has its output. */
export async function startService(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<RunningService | { readonly address: undefined; readonly why: string }> {
  const { child, ended, output } = startShelfwright(
    ['serve', '--port', '0', '--json', ...whereIn(folder)],
    environment,
  );
  let exited = false;
  void ended.then(() => {
    exited = true;
  });
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  for (const started = Date.now(); Date.now() - started < START_SECONDS * 1000; ) {
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(output())?.[0];
    if (address !== undefined && (await isReady(address))) return { address, ended, kill };
    if (exited) return { address: undefined, why: output().trim() };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await kill();
  return { address: undefined, why: `not ready after ${START_SECONDS} s: ${output().trim()}` };
}

/** The same. @throws Error if the service does not start. */
export async function startOrThrow(folder: string): Promise<RunningService> {
  const served = await startService(folder);
  if (served.address === undefined) throw new Error(`the service did not start: ${served.why}`);
  return served;
}

/** The answers to all queries, without what may differ between runs: the time and the ids of the generation and the query. */
export async function answersOf(address: string): Promise<string[]> {
  return Promise.all(
    QUERIES.map(async (query) => {
      const answer = await json(`${address}/v1/search?${query}`);
      const { took_ms, generation, query_id, ...rest } = answer;
      if (typeof took_ms !== 'number' || typeof generation !== 'string' || typeof query_id !== 'string')
        throw new Error(`unexpected answer to ${query}: ${JSON.stringify(answer)}`);
      return JSON.stringify(rest);
    }),
  );
}

/** Total and ids of the query without words, which do not depend on ranking. */
export function idsInOrder(answers: readonly string[]): string {
  const { total, hits } = z
    .object({ total: z.number(), hits: z.array(z.object({ id: z.string() })) })
    .parse(JSON.parse(answers[BROWSING] ?? ''));
  return `${total}: ${hits.map(({ id }) => id).join(' ')}`;
}

/** The first query whose answers differ; undefined if all are the same. */
export function firstDifference(one: readonly string[], other: readonly string[]): string | undefined {
  const index = one.findIndex((answer, at) => answer !== other[at]);
  return index < 0 ? undefined : QUERIES[index];
}

export async function json(url: string): Promise<Record<string, unknown>> {
  const response = await fetch(url, { signal: AbortSignal.timeout(30_000) });
  return z.record(z.string(), z.unknown()).parse(await response.json());
}

async function isReady(address: string): Promise<boolean> {
  return fetch(`${address}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
}
