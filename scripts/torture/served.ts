import { z } from 'zod';
import { startShelfwright } from '../../test/support/runShelfwright.js';
import { whereIn } from './madeUpShop.js';

const START_SECONDS = 60;
/** The place of the query that asks for no words. */
const BROWSED = 4;
/** By words, by meaning, by what is read out of the query, mistyped, by filter, sorted, with facets. */
const QUERIES = [
  'q=red%20mug',
  'q=something%20to%20tell%20the%20time',
  'q=kettle%20under%2040',
  'q=lmap&facets=brand,category,attributes.color',
  'q=&filter=brand%20%3D%20%27Oakmere%27&sort=price:asc&facets=category&per_page=100',
  'q=blue&sort=price:desc&page=2',
  'q=warm%20blanket%20for%20the%20sofa&per_page=50',
];

export interface Served {
  readonly address: string;
  /** Resolves when the process is gone. */
  readonly ended: Promise<unknown>;
  kill(): Promise<void>;
}

/** Serves a shop as an operator would; undefined where the service does not come to serve, and `why` it did not. */
export async function startServing(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Served | { readonly address: undefined; readonly why: string }> {
  const { child, ended, output } = startShelfwright(
    ['serve', '--port', '0', '--json', ...whereIn(folder)],
    environment,
  );
  let gone = false;
  void ended.then(() => {
    gone = true;
  });
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  for (const started = Date.now(); Date.now() - started < START_SECONDS * 1000; ) {
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(output())?.[0];
    if (address !== undefined && (await isReady(address))) return { address, ended, kill };
    if (gone) return { address: undefined, why: output().trim() };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await kill();
  return { address: undefined, why: `not ready after ${START_SECONDS} s: ${output().trim()}` };
}

/** The same, where nothing else will do. */
export async function mustServe(folder: string): Promise<Served> {
  const served = await startServing(folder);
  if (served.address === undefined) throw new Error(`the service did not start: ${served.why}`);
  return served;
}

/** What is answered to all queries, but for what may differ between runs: the time taken and the generation's id. */
export async function answersOf(address: string): Promise<string[]> {
  return Promise.all(
    QUERIES.map(async (query) => {
      const answer = await json(`${address}/v1/search?${query}`);
      const { took_ms, generation, ...rest } = answer;
      if (typeof took_ms !== 'number' || typeof generation !== 'string')
        throw new Error(`no answer to ${query}: ${JSON.stringify(answer)}`);
      return JSON.stringify(rest);
    }),
  );
}

/** The ids that are answered to the query that asks for no words: whatever is there, in one order. */
export function browsed(answers: readonly string[]): string {
  const { total, hits } = z
    .object({ total: z.number(), hits: z.array(z.object({ id: z.string() })) })
    .parse(JSON.parse(answers[BROWSED] ?? ''));
  return `${total}: ${hits.map(({ id }) => id).join(' ')}`;
}

/** The first query to which the answers differ; undefined where they are the same. */
export function differing(one: readonly string[], other: readonly string[]): string | undefined {
  const place = one.findIndex((answer, at) => answer !== other[at]);
  return place < 0 ? undefined : QUERIES[place];
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
