import { z } from 'zod';
import { Engine } from '../../src/opensearch/engine.js';
import type { IndexLayout } from '../../src/opensearch/indexTemplate.js';
import { isState } from './checkWrites.js';
import type { WritingClient } from './writingClient.js';

/** Products that a search of the engine can return at once. */
const MAX_PRODUCTS = 10_000;

const hitsSchema = z.object({
  timed_out: z.literal(false),
  _shards: z.object({ failed: z.literal(0) }),
  hits: z.object({
    hits: z.array(z.object({ _source: z.object({ product: z.looseObject({ id: z.string() }) }) })),
  }),
});

/** Runs `work` with an engine whose names are its own, and the variables by which commands use it; removes what they make. */
export async function withEngine(
  urls: readonly string[],
  prefix: string,
  layout: IndexLayout,
  work: (engine: Engine, environment: Readonly<Record<string, string>>) => Promise<void>,
): Promise<void> {
  const engine = await Engine.open({
    ...{ urls, user: undefined, certificate: undefined, timeoutSeconds: 60, prefix, layout },
  });
  try {
    await work(engine, {
      SHELFWRIGHT_ENGINE_KIND: 'opensearch',
      SHELFWRIGHT_ENGINE_URLS: urls.join(','),
      SHELFWRIGHT_ENGINE_INDEX_PREFIX: prefix,
      SHELFWRIGHT_ENGINE_SHARDS: String(layout.shards),
      SHELFWRIGHT_ENGINE_REPLICAS: String(layout.replicas),
    });
  } finally {
    const remove = { method: 'DELETE', unless: [404] } as const;
    await engine.request(z.unknown(), { ...remove, path: [`${prefix}*`] });
    await engine.request(z.unknown(), { ...remove, path: ['_index_template', engine.names.template] });
    await engine.close();
  }
}

/** Writes a product to a service. When that is answered, everything written before is in the engine. */
export async function writeLast(address: string): Promise<void> {
  const response = await fetch(`${address}/v1/products`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([{ id: 'last', title: 'last' }]),
  });
  if (!response.ok) throw new Error(`the last write was answered ${response.status}`);
}

/** Compares the index that serves with what clients wrote: a sentence for each difference. */
export async function lostInEngine(
  engine: Engine,
  clients: readonly WritingClient[],
): Promise<{ readonly compared: number; readonly lost: readonly string[] }> {
  const found = await productsIn(engine);
  const lost: string[] = [];
  for (const client of clients) {
    for (const [id, possible] of client.states()) {
      const product = found.get(id) ?? null;
      if (!possible.some((row) => isState(product, row)))
        lost.push(`${id} is ${JSON.stringify(product)} in the engine`);
    }
    for (const id of client.refused) if (found.has(id)) lost.push(`${id} was refused, but the engine has it`);
  }
  return { compared: found.size, lost };
}

/** The products of the index that serves, by id. */
async function productsIn(engine: Engine): Promise<Map<string, Record<string, unknown>>> {
  const { hits } = await engine.ask(hitsSchema, {
    method: 'POST',
    path: [engine.names.current, '_search'],
    body: { size: MAX_PRODUCTS, query: { match_all: {} } },
  });
  return new Map(hits.hits.map(({ _source: { product } }) => [product.id, product]));
}
