import { createHash } from 'node:crypto';

/**
 * A number in [0, 1) that depends on nothing but `salt` and `id`: the first 48 bits of their SHA-256. Numbers of different
 * salts are independent, so that experiments do not share their halves (Kohavi, Tang & Xu, "Trustworthy Online Controlled
 * Experiments", 2020, chapter 4).
 */
export function hashToUnit(salt: string, id: string): number {
  // The length keeps ('a', 'b:c') and ('a:b', 'c') apart.
  const digest = createHash('sha256').update(`${salt.length}:${salt}:${id}`).digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}

/** Who takes part in an experiment. */
export interface Allocation {
  /** Differs between experiments: usually the experiment's name and its start. */
  readonly salt: string;
  /** Share of the ids that take part, from 0 to 1. Raising it keeps everybody who already takes part. */
  readonly share: number;
  /** Relative size of each variant; not all 0. */
  readonly weights: readonly number[];
}

/** The place of the variant in `weights` that `id` always gets; undefined for an id that does not take part. */
export function assignVariant(id: string, { salt, share, weights }: Allocation): number | undefined {
  if (hashToUnit(`${salt}/share`, id) >= share) return undefined;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) return undefined;
  let rest = hashToUnit(`${salt}/variant`, id) * total;
  let last: number | undefined;
  for (const [place, weight] of weights.entries()) {
    if (weight <= 0) continue;
    if (rest < weight) return place;
    rest -= weight;
    last = place;
  }
  return last;
}
