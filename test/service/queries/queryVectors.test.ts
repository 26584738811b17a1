import { expect, it } from 'vitest';
import { QueryVectors } from '../../../src/service/queries/queryVectors.js';

function setUp() {
  const asked: string[] = [];
  const vectors = new QueryVectors(async (text) => {
    asked.push(text);
    if (text === 'bad' && asked.length === 1) throw new Error('not now');
    return [Float32Array.of(text.length)];
  });
  return { asked, vectors };
}

it('embeds a query once, also while it is being embedded', async () => {
  const { asked, vectors } = setUp();
  expect(await Promise.all([vectors.get('a'), vectors.get('a')])).toEqual([
    Float32Array.of(1),
    Float32Array.of(1),
  ]);
  expect(await vectors.get('a')).toEqual(Float32Array.of(1));
  expect(asked).toEqual(['a']);
});

it('embeds a query again after a failure', async () => {
  const { asked, vectors } = setUp();
  await expect(vectors.get('bad')).rejects.toThrow('not now');
  expect(await vectors.get('bad')).toEqual(Float32Array.of(3));
  expect(asked).toEqual(['bad', 'bad']);
});

it('drops the least recently used beyond 2,000', async () => {
  const { asked, vectors } = setUp();
  for (let query = 0; query < 2000; query++) await vectors.get(`q${query}`);
  await vectors.get('q0');
  await vectors.get('one more');
  asked.length = 0;
  for (const query of ['q0', 'q2', 'one more', 'q1']) await vectors.get(query);
  expect(asked).toEqual(['q1']);
});
