import { z } from 'zod';
import type { Row } from './generatedCatalog.js';
import { json } from './searchService.js';
import { type Possible, type WritingClient, wordOf } from './writingClient.js';

const CHUNK = 40;
/** Number of products per client that are searched for by their unique word. */
const BY_WORD = 12;
const hitsOf = z.object({
  total: z.number(),
  hits: z.array(z.object({ id: z.string(), product: z.record(z.string(), z.unknown()) })),
});

/**
 * Checks all acknowledged writes of clients in a service, by product and by search.
 * @returns A sentence for each write that is lost or differs.
 */
export async function lostWrites(address: string, clients: readonly WritingClient[]): Promise<string[]> {
  const lost: string[] = [];
  for (const client of clients) {
    const states = [...client.states()];
    for (let from = 0; from < states.length; from += CHUNK) {
      const some = states.slice(from, from + CHUNK);
      lost.push(...(await lostAmong(address, some)));
    }
    for (const [id, possible] of everyNth(states, BY_WORD)) {
      const { hits } = hitsOf.parse(
        await json(`${address}/v1/search?q=${wordOf(id)}&relax=false&correct=false`),
      );
      const found = hits.some((hit) => hit.id === id);
      if (!possible.some((row) => (row !== null) === found))
        lost.push(`${id} is ${found ? '' : 'not '}found by its unique word ${wordOf(id)}`);
    }
    for (const id of client.refused) {
      const { status } = await fetch(`${address}/v1/products/${id}`);
      if (status !== 404) lost.push(`${id} was refused but exists (${status})`);
    }
  }
  return lost;
}

async function lostAmong(address: string, some: readonly (readonly [string, Possible])[]): Promise<string[]> {
  const lost: string[] = [];
  const filter = encodeURIComponent(`id IN [${some.map(([id]) => `'${id}'`).join(', ')}]`);
  const { hits } = hitsOf.parse(await json(`${address}/v1/search?q=&per_page=250&filter=${filter}`));
  const searched = new Map(hits.map(({ id, product }) => [id, product]));
  await Promise.all(
    some.map(async ([id, possible]) => {
      const response = await fetch(`${address}/v1/products/${id}`);
      const body = z.record(z.string(), z.unknown()).parse(await response.json());
      const got = response.status === 404 ? null : body;
      if (!possible.some((row) => isState(got, row)))
        lost.push(`${id} is ${describe(got)} by id, expected ${possible.map(describe).join(' or ')}`);
      const hit = searched.get(id) ?? null;
      // The search must return the current state, not another possible one.
      if (describe(hit) !== describe(got))
        lost.push(`${id} is ${describe(hit)} by search and ${describe(got)} by id`);
    }),
  );
  return lost;
}

/** Whether a product is as it was written; null for missing. */
export function isState(found: Readonly<Record<string, unknown>> | null, row: Row | null): boolean {
  if (found === null || row === null) return found === row;
  return Object.entries(row).every(
    ([field, value]) => JSON.stringify(found[field]) === JSON.stringify(value),
  );
}

function describe(product: Readonly<Record<string, unknown>> | null): string {
  return product === null ? 'missing' : JSON.stringify([product.title, product.price, product.stock]);
}

function everyNth<T>(items: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.floor(items.length / count));
  return items.filter((_, index) => index % step === 0);
}
