import { expect, it } from 'vitest';
import { nearestOf } from '../../src/audit/nearest.js';
import type { Product } from '../../src/domain/product.js';
import { silent } from '../../src/domain/progress.js';
import { normalized } from '../../src/index/vectors/unitVector.js';
import { doubtByNeighbours } from '../../src/pipeline/doubtByNeighbours.js';

/** Twenty mugs in one direction and twenty lamps in another; the last mug stands among the lamps. */
const products: Product[] = Array.from({ length: 40 }, (_, at) => ({
  id: String(at),
  category: at < 19 ? 'Mugs' : 'Lamps',
}));
const vectors = products.map((_, at) =>
  normalized(Float32Array.from([at < 20 ? 5 : 0, at < 20 ? 0 : 5, Math.sin(at), Math.cos(at * 3)])),
);

it('doubts the one row whose neighbours all stand elsewhere, with them as evidence', () => {
  const doubt = doubtByNeighbours(products, vectors, nearestOf(vectors, silent));
  const opinions = products.map((product, at) => doubt(product, vectors[at]));
  expect(opinions.flatMap((opinion, at) => (opinion === undefined ? [] : [at]))).toEqual([19]);
  expect(opinions[19]).toMatchObject({ proposed: 'Mugs', confidence: 1 });
  expect(doubt({ id: 'new', category: 'Mugs' }, vectors[0])).toBeUndefined();
});
