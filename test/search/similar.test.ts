import { expect, it } from 'vitest';
import { similar } from '../../src/search/similar.js';
import { indexOf } from './indexOf.js';

/** The further a product's angle from 0, the less it is like `self`. */
const at = (angle: number): Float32Array => Float32Array.of(Math.cos(angle), Math.sin(angle));

it('gives what is nearest, without the product, its variants and what is gone', async () => {
  const index = await indexOf(
    [
      { id: 'self', title: 'Mug', group_id: 'g' },
      { id: 'variant', title: 'Mug, red', group_id: 'g' },
      { id: 'twin', title: 'Mug' },
      { id: 'far', title: 'Jug' },
      { id: 'near', title: 'Cup' },
      { id: 'gone', title: 'Bowl' },
      { id: 'untitled' },
      { id: 'bare', title: 'Plate' },
    ],
    new Map([
      ['self', at(0)],
      ['variant', at(0.1)],
      ['twin', at(0.2)],
      ['far', at(0.9)],
      ['near', at(0.3)],
      ['gone', at(0.25)],
      ['untitled', at(0.5)],
    ]),
  );
  index.apply({ deletes: ['gone'] });
  const hits = similar(index, 'self', 10);
  expect(hits?.map(({ id }) => id)).toEqual(['near', 'untitled', 'far']);
  expect(hits?.[0]?.score).toBeCloseTo(Math.cos(0.3), 5);
  expect(hits?.[0]?.product).toEqual({ id: 'near', title: 'Cup' });
  expect(similar(index, 'self', 1)?.map(({ id }) => id)).toEqual(['near']);
  expect(similar(index, 'untitled', 2)?.map(({ id }) => id)).toEqual(['near', 'twin']);
  expect(similar(index, 'bare', 5)).toEqual([]);
  expect(similar(index, 'gone', 5)).toBeUndefined();
});
