import { setTimeout as rest } from 'node:timers/promises';
import { z } from 'zod';
import type { Product } from '../../../src/domain/product.js';
import { madeUp } from './makeShop.js';
import type { Answered, Service } from './startService.js';

/** Writes in the air at most; where the service is slower than that, fewer are written. */
const MAX_IN_THE_AIR = 16;

/** What was written and acknowledged, by id: the product as it must stand, or undefined where it must be gone. */
export interface Written {
  readonly acknowledged: Map<string, Product | undefined>;
  /** The products that stand now. */
  readonly standing: readonly Product[];
  readonly failures: string[];
  readonly milliseconds: number[];
}

/**
 * Writes `rate` times a second until `until` resolves: four in ten a product anew (half of those of a new id), five in
 * ten a price, one in ten a deletion, so that the number of products stays about level.
 */
export async function writeWith(
  service: Service,
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
  const standing = new Map(products.map((product) => [product.id, product]));
  const ids = [...standing.keys()];
  const busy = new Set<string>();
  const air = new Set<Promise<void>>();
  let over = false;
  void until.then(() => {
    over = true;
  });
  // Another id each time, in whatever part of a trial.
  const name = Math.floor(random() * 2 ** 32).toString(36);
  let made = 0;
  const drawn = (): string | undefined => {
    for (let tries = 0; tries < 50; tries++) {
      const place = Math.floor(random() * ids.length);
      const id = ids[place] ?? '';
      if (standing.has(id) && !busy.has(id)) return id;
    }
    return undefined;
  };
  const settle = (id: string, answer: Answered, expected: number, after: Product | undefined): void => {
    busy.delete(id);
    written.milliseconds.push(answer.milliseconds);
    if (answer.status !== expected) {
      written.failures.push(`${answer.status} to a write of ${id}: ${answer.body.slice(0, 200)}`);
      return;
    }
    written.acknowledged.set(id, after);
    if (after === undefined) standing.delete(id);
    else {
      if (!standing.has(id)) ids.push(id);
      standing.set(id, after);
    }
  };
  const write = async (): Promise<void> => {
    const kind = random();
    const known = drawn();
    const id = known === undefined || (kind >= 0.2 && kind < 0.3) ? `w-${name}-${made++}` : known;
    const before = standing.get(id);
    busy.add(id);
    const path = `/v1/products/${encodeURIComponent(id)}`;
    if (before !== undefined && kind >= 0.5) {
      const price = Math.floor(random() * 100_000) / 100;
      const patch = { price, stock: Math.floor(random() * 9) };
      settle(id, await service.ask({ method: 'PATCH', path, body: patch }), 200, { ...before, ...patch });
    } else if (before !== undefined && kind >= 0.4) {
      settle(id, await service.ask({ method: 'DELETE', path }), 204, undefined);
    } else {
      const product = madeUp(id, random);
      settle(id, await service.ask({ method: 'POST', path: '/v1/products', body: [product] }), 200, product);
    }
  };
  const started = performance.now();
  for (let due = 0; !over; due++) {
    const early = started + (due * 1000) / rate - performance.now();
    if (early > 0) await rest(early);
    while (air.size >= MAX_IN_THE_AIR) await Promise.race(air);
    const one = write().finally(() => air.delete(one));
    air.add(one);
  }
  await Promise.all(air);
  return { ...written, standing: [...standing.values()] };
}

const shown = z.object({
  title: z.string().optional(),
  price: z.number().optional(),
  stock: z.number().optional(),
});
const found = z.object({ hits: z.array(z.object({ id: z.string() })) });

/** What of the acknowledged writes does not stand as it was written, or is not found by its title. */
export async function missingOf(service: Service, { acknowledged }: Written): Promise<string[]> {
  const missing: string[] = [];
  let asked = 0;
  for (const [id, expected] of acknowledged) {
    const { status, body } = await service.ask({ path: `/v1/products/${encodeURIComponent(id)}` });
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
    // A search for each would take as long as the trial did.
    if (expected.title === undefined || asked++ % 20 > 0) continue;
    const filter = `id = '${id.replaceAll("'", "''")}' AND price = ${expected.price}`;
    const search = await service.ask({
      method: 'POST',
      path: '/v1/search',
      body: { q: expected.title, filter, understand: false },
    });
    const { hits } = search.status === 200 ? found.parse(JSON.parse(search.body)) : { hits: [] };
    if (hits[0]?.id !== id) missing.push(`${id} was written and is not found: ${search.body.slice(0, 200)}`);
  }
  return missing;
}
