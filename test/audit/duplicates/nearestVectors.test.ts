import { expect, it } from 'vitest';
import { nearestVectors } from '../../../src/audit/duplicates/nearestVectors.js';
import { silent } from '../../../src/domain/progress.js';
import { dotAt, normalized } from '../../../src/index/vectors/unitVector.js';

it('gives the nearest other vectors, nearest first, and never the vector itself', () => {
  const vectors = Array.from({ length: 200 }, (_, row) =>
    normalized(Float32Array.from({ length: 16 }, (_, at) => Math.sin((row + 1) * (at + 2) * 1.7))),
  );
  const found = nearestVectors([...vectors, undefined], silent);
  expect(found[200]).toEqual([]);
  for (const [row, vector] of vectors.entries()) {
    if (vector === undefined) throw new Error('a vector of zeros');
    const exact = [...vectors.keys()]
      .filter((other) => other !== row)
      .sort((a, b) => dotAt(vector, vectors[b] ?? vector, 0) - dotAt(vector, vectors[a] ?? vector, 0));
    expect(found[row]).toEqual(exact.slice(0, 8));
  }
});
