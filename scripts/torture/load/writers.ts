import { setTimeout as rest } from 'node:timers/promises';
import { z } from 'zod';
import type { Product } from '../../../src/domain/product.js';
import { generateProduct } from './loadCatalog.js';
import type { Answer, ServiceProcess } from './serviceProcess.js';

/** Maximum number of pending writes; a slower service gets fewer writes. */
const MAX_PENDING = 16;

/** Acknowledged writes by id: the product, or undefined if it was deleted. */
export interface Written {
  readonly acknowledged: Map<string, Product | undefined>;
  /** The current products. */
  readonly products: readonly Product[];
  readonly failures: string[];
  readonly milliseconds: number[];
}

/**
 * Writes `rate` times a second until `until` resolves: 40 % whole products (half of them with a new id), 50 % prices,
 * 10 % deletions, so that the number of products stays about constant.
 */
export async function writeWith(
  service: ServiceProcess,
  products: readonly Product[],
  rate: number,
  random: () => number,
  until: Promise<unknown>,
): Promise<Written> {
  const written = {
    acknowledged: new Map<string, Product | undefined>(),
    failures: [] as string[],
    milliseconds: [] as number[],
  };
  const current = new Map(products.map((product) => [product.id, product]));
  const ids = [...current.keys()];
  const busy = new Set<string>();
  const pending = new Set<Promise<void>>();
  let over = false;
  void until.then(() => {
    over = true;
  });
  // New ids must differ between parts of a test.
  const name = Math.floor(random() * 2 ** 32).toString(36);
  let made = 0;
  const drawn = (): string | undefined => {
    for (let tries = 0; tries < 50; tries++) {
      const index = Math.floor(random() * ids.length);
      const id = ids[index] ?? '';
      if (current.has(id) && !busy.has(id)) return id;
    }
    return undefined;
  };
  const settle = (id: string, answer: Answer, expected: number, after: Product | undefined): void => {
    busy.delete(id);
    written.milliseconds.push(answer.milliseconds);
    if (answer.status !== expected) {
      written.failures.push(`${answer.status} to a write of ${id}: ${answer.body.slice(0, 200)}`);
      return;
    }
    written.acknowledged.set(id, after);
    if (after === undefined) current.delete(id);
    else {
      if (!current.has(id)) ids.push(id);
      current.set(id, after);
    }
  };
  const write = async (): Promise<void> => {
    const kind = random();
    const known = drawn();
    const id = known === undefined || (kind >= 0.2 && kind < 0.3) ? `w-${name}-${made++}` : known;
    const before = current.get(id);
    busy.add(id);
    const path = `/v1/products/${encodeURIComponent(id)}`;
    if (before !== undefined && kind >= 0.5) {
      const price = Math.floor(random() * 100_000) / 100;
      const patch = { price, stock: Math.floor(random() * 9) };
      settle(id, await service.send({ method: 'PATCH', path, body: patch }), 200, { ...before, ...patch });
    } else if (before !== undefined && kind >= 0.4) {
      settle(id, await service.send({ method: 'DELETE', path }), 204, undefined);
    } else {
      const product = generateProduct(id, random);
      settle(id, await service.send({ method: 'POST', path: '/v1/products', body: [product] }), 200, product);
    }
  };
  const started = performance.now();
  for (let due = 0; !over; due++) {
    const early = started + (due * 1000) / rate - performance.now();
    if (early > 0) await rest(early);
    while (pending.size >= MAX_PENDING) await Promise.race(pending);
    const one = write().finally(() => pending.delete(one));
    pending.add(one);
  }
  await Promise.all(pending);
  return { ...written, products: [...current.values()] };
}

const shown = z.object({
  title: z.string().optional(),
  price: z.number().optional(),
  stock: z.number().optional(),
});
const found = z.object({ hits: z.array(z.object({ id: z.string() })) });

/** Acknowledged writes that are missing, differ, or are not found by title. */
export async function missingWrites(service: ServiceProcess, { acknowledged }: Written): Promise<string[]> {
  const missing: string[] = [];
  let searched = 0;
  for (const [id, expected] of acknowledged) {
    const { status, body } = await service.send({ path: `/v1/products/${encodeURIComponent(id)}` });
    if (expected === undefined) {
      if (status !== 404) missing.push(`${id} was deleted and answers ${status}`);
      continue;
    }
    const product = status === 200 ? shown.parse(JSON.parse(body)) : undefined;
    if (
      product === undefined ||
      product.title !== expected.title ||
      product.price !== expected.price ||
      product.stock !== expected.stock
    ) {
      missing.push(`${id} was written and answers ${status} ${body.slice(0, 200)}`);
      continue;
    }
    // A search for each would take as long as the test itself.
    if (expected.title === undefined || searched++ % 20 > 0) continue;
    const filter = `id = '${id.replaceAll("'", "''")}' AND price = ${expected.price}`;
    const search = await service.send({
      method: 'POST',
      path: '/v1/search',
      body: { q: expected.title, filter, understand: false },
    });
    const { hits } = search.status === 200 ? found.parse(JSON.parse(search.body)) : { hits: [] };
    if (hits[0]?.id !== id) missing.push(`${id} was written and is not found: ${search.body.slice(0, 200)}`);
  }
  return missing;
}
