import { expect, it } from 'vitest';
import { suggestSynonyms } from '../../../src/service/queries/suggestSynonyms.js';
import type { LoggedQuery } from '../../../src/store/queryLog.js';
import { indexOf } from '../../search/indexOf.js';

const MEANINGS: Record<string, Float32Array> = {
  settee: Float32Array.of(1, 0),
  'velvet davenport': Float32Array.of(0.9, Math.sqrt(1 - 0.81)),
  Sofas: Float32Array.of(0.8, 0.6),
  Beds: Float32Array.of(0, 1),
  rocket: Float32Array.of(0, -1),
};
const logged = (query: string, searches: number, total: number): LoggedQuery => ({
  query,
  searches,
  total,
  last_day: '2026-03-02',
});

it('suggests names in the catalog near to a query without hits, with evidence', async () => {
  const index = await indexOf([
    { id: '1', title: 'Velvet couch', category: 'Furniture > Sofas' },
    { id: '2', title: 'Bunk', category: 'Furniture > Beds' },
  ]);
  const embedded: string[] = [];
  const embed = async (texts: readonly string[]) => {
    embedded.push(...texts);
    return texts.map((text) => MEANINGS[text] ?? Float32Array.of(-1, 0));
  };
  const log = {
    empty: () => [
      logged('settee', 7, 0),
      logged('velvet davenport', 2, 0),
      logged('a: b', 1, 0),
      logged('rocket', 1, 0),
    ],
    popular: () => [logged('velvet couch', 9, 1), logged('bunk', 2, 1)],
  };
  const vectors = new Map<string, Float32Array>();
  const ask = () => suggestSynonyms(log, { index, minCosine: 0.5 }, embed, vectors, 10);
  const first = await ask();
  expect(first).toEqual([
    {
      line: '- settee => sofas',
      query: 'settee',
      searches: 7,
      nearest: [{ text: 'Sofas', kind: 'category', products: 1, similarity: 0.8 }],
      asked: [],
    },
    {
      line: '- velvet davenport => sofas',
      query: 'velvet davenport',
      searches: 2,
      nearest: [{ text: 'Sofas', kind: 'category', products: 1, similarity: expect.closeTo(0.982, 3) }],
      asked: [{ query: 'velvet couch', searches: 9, found: 1 }],
    },
  ]);
  const count = embedded.length;
  expect(await ask()).toEqual(first);
  expect(embedded).toHaveLength(count);
});
