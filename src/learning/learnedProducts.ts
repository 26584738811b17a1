import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Trials } from '../statistics/thompson.js';

/** What shoppers did with each product. */
export interface LearnedProducts {
  /** Decayed counts by product id, see DecayedCounts. */
  readonly popularity: ReadonlyMap<string, number>;
  /** How often each product was looked at and clicked; absent if it was never shown. */
  readonly trials: ReadonlyMap<string, Trials>;
}

/** Id, popularity, times it was looked at, and clicks among them. */
const lineSchema = z.tuple([z.string(), z.number(), z.number(), z.number()]);

/** One JSON array per product, those with any of the two. */
export function learnedProductsText({ popularity, trials }: LearnedProducts): string {
  const ids = new Set([...popularity.keys(), ...trials.keys()]);
  return [...ids]
    .map((id) => {
      const { successes = 0, failures = 0 } = trials.get(id) ?? {};
      return `${JSON.stringify([id, popularity.get(id) ?? 0, successes + failures, successes])}\n`;
    })
    .join('');
}

/** Reads such a file at once. @throws if it cannot be read. */
export function readLearnedProducts(file: string): LearnedProducts {
  const popularity = new Map<string, number>();
  const trials = new Map<string, Trials>();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '') continue;
    const [id, count, shown, clicked] = lineSchema.parse(JSON.parse(line));
    if (count > 0) popularity.set(id, count);
    if (shown > 0) trials.set(id, { id, successes: clicked, failures: shown - clicked });
  }
  return { popularity, trials };
}
