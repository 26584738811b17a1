import { expect, test } from 'vitest';
import { NameWords } from '../../../src/enrich/propose/nameWords.js';
import { toyView } from '../toyShop.js';

const ids = ['tents', 'lanterns', 'kettles', 'gone'];
const names = new NameWords(ids.map((id) => toyView.category(id)));
const overlaps = new Float32Array(ids.length);

function overlapsOf(text: string): number[] {
  names.overlaps(text, overlaps);
  return [...overlaps];
}

test('a category is named by its words or an alias, in singular or plural', () => {
  expect(overlapsOf('Kapok red TENT, 2 persons')).toEqual([1, 0, 0, 0]);
  expect(overlapsOf('Lamp for tents')).toEqual([1, 1, 0, 0]);
  expect(overlapsOf('Teapot')).toEqual([0, 0, 0, 0]);
});

test('part of a name counts by what its words weigh, and one text does not stain the next', () => {
  const dresses = new NameWords([
    { id: 'midi', name: 'Midi Dresses', parent: null, aliases: [], attributes: [], required: [] },
    { id: 'mini', name: 'Mini Dresses', parent: null, aliases: [], attributes: [], required: [] },
  ]);
  const found = new Float32Array(2);
  dresses.overlaps('Floral midi dress', found);
  const [midi = 0, mini = 0] = found;
  expect(midi).toBe(1);
  expect(mini).toBeGreaterThan(0);
  // "dress" stands in both names: it tells less than half of either.
  expect(mini).toBeLessThan(0.5);
  dresses.overlaps('Nothing of the kind', found);
  expect([...found]).toEqual([0, 0]);
});
