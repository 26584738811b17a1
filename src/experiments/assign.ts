import { assignVariant, hashToUnit } from '../statistics/assign.js';
import type { Experiment, Variant } from './definition.js';

const SEEDS = 2 ** 32;

/** The variant that a client gets, always the same; undefined for those who do not take part. */
export function assign({ name, share, variants }: Experiment, clientId: string): Variant | undefined {
  const place = assignVariant(clientId, { salt: name, share, weights: variants.map(() => 1) });
  return place === undefined ? undefined : variants[place];
}

/** A seed for what is random about one client and one query. */
export function seedOf({ name }: Experiment, clientId: string, query: string): number {
  return Math.floor(hashToUnit(`${name}/draft`, `${clientId}\n${query}`) * SEEDS);
}
