import { expect, it } from 'vitest';
import type { LiveIndex } from '../../../src/index/liveIndex.js';
import { TopCandidates } from '../../../src/search/suggest/suggestionCandidates.js';
import { offerSizes } from '../../../src/search/suggest/suggestSizes.js';
import { readTypedText } from '../../../src/search/suggest/typedText.js';
import { indexOf } from '../indexOf.js';

function offered(index: LiveIndex, q: string) {
  const best = new TopCandidates(10);
  offerSizes(index, q, readTypedText(q), 10, best);
  return best.list.map((candidate) => candidate.show());
}

it('offers titles with the typed sizes in another notation, highlighted as sizes', async () => {
  const index = await indexOf([
    { id: 'elbow', title: 'Elbow 1 1/4 in' },
    { id: 'long', title: 'Elbow 1 1/4 in, long' },
    { id: 'other', title: 'Elbow 2 in' },
    { id: 'rug', title: 'Rug 10 x 20 cm' },
  ]);
  const found = offered(index, 'elbow 1.25');
  expect(found.map(({ text }) => text)).toEqual(['Elbow 1 1/4 in', 'Elbow 1 1/4 in, long']);
  // With a unit, in whichever spelling, the whole size is highlighted.
  const [first] = offered(index, 'elbow 1.25"');
  expect(first).toMatchObject({ kind: 'product', id: 'elbow' });
  expect(first?.highlights.map(([start, end]) => first.text.slice(start, end))).toEqual([
    'Elbow',
    '1 1/4 in',
  ]);
  // The last word may be half typed.
  expect(offered(index, '10x20 ru').map(({ text }) => text)).toEqual(['Rug 10 x 20 cm']);
  expect(offered(index, 'elbow 3')).toEqual([]);
  // Without a number it has nothing to add.
  expect(offered(index, 'elbow')).toEqual([]);
});
