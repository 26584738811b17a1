import fc from 'fast-check';
import { expect, it } from 'vitest';
import { highestScores, selectTop, TopK, TopScores } from '../../src/structures/topK.js';

it('selectTop returns what sorting everything puts first', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(500)), fc.nat(60), (items, count) => {
      const order = (a: number, b: number): number => (a % 7) - (b % 7) || a - b;
      expect(selectTop(Uint32Array.from(items), count, order)).toEqual(
        [...items].sort(order).slice(0, count),
      );
    }),
  );
});

it('TopK keeps what a stable sort of everything offered puts first', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), fc.nat(8), (keys, k) => {
      const items = keys.map((key, place) => ({ key, place }));
      const top = new TopK<{ key: number; place: number }, { key: number }>(k, (a, b) => a.key - b.key);
      const offered: { key: number; place: number }[] = [];
      for (const item of items) {
        const admitted = top.admits(item);
        top.offer(item);
        offered.push(item);
        const expected = [...offered].sort((a, b) => a.key - b.key).slice(0, k);
        expect(top.items).toEqual(expected);
        expect(admitted).toBe(expected.includes(item));
        expect(top.worst).toEqual(expected.length === k ? expected.at(-1) : undefined);
      }
    }),
  );
});

it('TopK has room again after an item is removed', () => {
  const top = new TopK<number>(2, (a, b) => a - b);
  for (const item of [3, 1, 2]) top.offer(item);
  top.removeAt(0);
  top.offer(9);
  expect(top.items).toEqual([2, 9]);
});

it('TopScores lists the highest scores, of equal ones the lower id, in any order of offers', () => {
  const scored = fc.record({ id: fc.nat(1000), score: fc.constantFrom(-1, 0, 0.5, 0.5, 2) });
  fc.assert(
    fc.property(fc.uniqueArray(scored, { selector: ({ id }) => id }), fc.nat(6), (offered, k) => {
      const top = new TopScores(k);
      for (const { id, score } of offered) top.offer(id, score);
      const expected = [...offered].sort((a, b) => b.score - a.score || a.id - b.id).slice(0, k);
      expect(top.ids).toEqual(expected.map(({ id }) => id));
      expect(top.scores).toEqual(expected.map(({ score }) => score));
    }),
  );
});

it('highestScores returns indices in order, of equal scores the earlier', () => {
  expect(highestScores(Float64Array.from([0.1, 0.5, 0.5, 0.9]), 3)).toEqual([3, 1, 2]);
  expect(highestScores(new Float64Array(0), 3)).toEqual([]);
});
