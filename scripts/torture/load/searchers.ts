import type { Product } from '../../../src/domain/product.js';
import type { ServiceProcess } from './serviceProcess.js';

/** Latencies in milliseconds, and the answers other than 200. */
export interface Latencies {
  readonly milliseconds: number[];
  readonly failures: string[];
}

/**
 * Searches with `clients` clients until `until` resolves. Each sends a request every `pause` milliseconds, or at once
 * if the last answer took longer. Every query is new, so that no answer comes from a cache.
 */
export async function searchWith(
  service: ServiceProcess,
  queries: () => string,
  { clients, pause }: { clients: number; pause: number },
  until: Promise<unknown>,
): Promise<Latencies> {
  const latencies: Latencies = { milliseconds: [], failures: [] };
  let over = false;
  const ended = until.then(() => {
    over = true;
  });
  const client = async (index: number): Promise<void> => {
    await waitUnless((pause * index) / clients, ended);
    while (!over) {
      const q = encodeURIComponent(queries());
      const facets = latencies.milliseconds.length % 4 === 0 ? '&facets=brand,category' : '';
      const path = `/v1/search?q=${q}${facets}`;
      const { status, body, milliseconds } = await service.send({ path });
      latencies.milliseconds.push(milliseconds);
      if (status !== 200) latencies.failures.push(`${status} to ${path}: ${body.slice(0, 200)}`);
      await waitUnless(pause - milliseconds, ended);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, index) => client(index)));
  return latencies;
}

/** Queries of one to five words of titles, without repetition if there are enough titles. */
export function queriesOf(products: readonly Product[], random: () => number): () => string {
  const seen = new Set<string>();
  const titles = products.flatMap(({ title }) =>
    title === undefined ? [] : [title.toLowerCase().split(/\s+/)],
  );
  const draw = (): string => {
    const words = titles[Math.floor(random() * titles.length)] ?? [];
    const others = titles[Math.floor(random() * titles.length)] ?? [];
    const from = Math.floor(random() * words.length);
    const taken = words.slice(from, from + 1 + Math.floor(random() * 4));
    if (random() < 0.3) taken.push(others[Math.floor(random() * others.length)] ?? '');
    return taken.join(' ');
  };
  return () => {
    for (let tries = 0; ; tries++) {
      const query = draw();
      if (seen.has(query) && tries < 50) continue;
      seen.add(query);
      return query;
    }
  };
}

function waitUnless(milliseconds: number, over: Promise<unknown>): Promise<unknown> {
  if (milliseconds <= 0) return Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const rest = new Promise((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  return Promise.race([rest, over]).finally(() => clearTimeout(timer));
}
