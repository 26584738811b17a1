import type { Doubt } from '../audit/findMiscategorised.js';
import type { Product } from '../domain/product.js';
import { dotAt } from '../index/vectors/unitVector.js';

/** So many labelled neighbours must speak, nearly all of them for one category, and none for the merchant's own. */
const LEAST_VOICES = 5;
const LEAST_SHARE = 0.9;
const LEAST_SIMILARITY = 0.6;
/** Vectors of the same title say nothing about which of two labels is right. */
const SAME_TEXT = 0.9999;

/** An opinion about a product's category by the vote of the labelled products nearest to it. */
export function doubtByNeighbours(
  products: readonly Product[],
  vectors: readonly (Float32Array | undefined)[],
  nearest: readonly (readonly number[])[],
): Doubt {
  const placeOf = new Map(products.map((product, place) => [product, place]));
  return (product, vector) => {
    const place = placeOf.get(product);
    if (place === undefined || vector === undefined) return undefined;
    const voices: { id: string; similarity: number; value: string }[] = [];
    for (const other of nearest[place] ?? []) {
      const [neighbour, its] = [products[other], vectors[other]];
      if (neighbour?.category === undefined || its === undefined) continue;
      const similarity = dotAt(vector, its, 0);
      if (similarity < LEAST_SIMILARITY) continue;
      if (similarity > SAME_TEXT && neighbour.category !== product.category) return undefined;
      voices.push({ id: neighbour.id, similarity, value: neighbour.category });
    }
    if (voices.length < LEAST_VOICES || voices.some(({ value }) => value === product.category))
      return undefined;
    const sums = new Map<string, number>();
    for (const { similarity, value } of voices) sums.set(value, (sums.get(value) ?? 0) + similarity);
    const [first] = [...sums].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
    const all = voices.reduce((sum, { similarity }) => sum + similarity, 0);
    if (first === undefined || first[1] < LEAST_SHARE * all) return undefined;
    return { proposed: first[0], confidence: first[1] / all, evidence: { neighbours: voices } };
  };
}
