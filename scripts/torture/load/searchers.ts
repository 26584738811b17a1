import type { Product } from '../../../src/domain/product.js';
import type { Service } from './startService.js';

/** What clients waited for, in milliseconds, and the answers that were not 200. */
export interface Waited {
  readonly milliseconds: number[];
  readonly failures: string[];
}

/**
 * So many clients, each asking every `pause` milliseconds (0: as soon as it is answered, and that too where an answer
 * took longer than the pause) until `until` resolves. Every query is another one, so that no answer is remembered.
 */
export async function searchWith(
  service: Service,
  queries: () => string,
  { clients, pause }: { clients: number; pause: number },
  until: Promise<unknown>,
): Promise<Waited> {
  const waited: Waited = { milliseconds: [], failures: [] };
  let over = false;
  const ended = until.then(() => {
    over = true;
  });
  const client = async (place: number): Promise<void> => {
    await atRest((pause * place) / clients, ended);
    while (!over) {
      const q = encodeURIComponent(queries());
      const facets = waited.milliseconds.length % 4 === 0 ? '&facets=brand,category' : '';
      const path = `/v1/search?q=${q}${facets}`;
      const { status, body, milliseconds } = await service.ask({ path });
      waited.milliseconds.push(milliseconds);
      if (status !== 200) waited.failures.push(`${status} to ${path}: ${body.slice(0, 200)}`);
      await atRest(pause - milliseconds, ended);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, place) => client(place)));
  return waited;
}

/** One to five words of titles, no two queries alike where titles are many. */
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

function atRest(milliseconds: number, over: Promise<unknown>): Promise<unknown> {
  if (milliseconds <= 0) return Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const rest = new Promise((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  return Promise.race([rest, over]).finally(() => clearTimeout(timer));
}
