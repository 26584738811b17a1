import { expect, test } from 'vitest';
import { NameOverlap } from '../../../src/enrich/propose/nameOverlap.js';
import { toyView } from '../toyShop.js';

const ids = ['tents', 'lanterns', 'kettles', 'gone'];
const names = new NameOverlap(ids.map((id) => toyView.category(id)));
const overlaps = new Float32Array(ids.length);

function overlapsOf(text: string): number[] {
  names.overlaps(text, overlaps);
  return [...overlaps];
}

test('matches a name or an alias, in singular or plural', () => {
  expect(overlapsOf('Kapok red TENT, 2 persons')).toEqual([1, 0, 0, 0]);
  expect(overlapsOf('Lamp for tents')).toEqual([1, 1, 0, 0]);
  expect(overlapsOf('Teapot')).toEqual([0, 0, 0, 0]);
});

test('part of a name counts by the weights of its words, and one text does not affect the next', () => {
  const dresses = new NameOverlap([
    { id: 'midi', name: 'Midi Dresses', parent: null, aliases: [], attributes: [], required: [] },
    { id: 'mini', name: 'Mini Dresses', parent: null, aliases: [], attributes: [], required: [] },
  ]);
  const found = new Float32Array(2);
  dresses.overlaps('Floral midi dress', found);
  const [midi = 0, mini = 0] = found;
  expect(midi).toBe(1);
  expect(mini).toBeGreaterThan(0);
  // "dress" is in both names, so it weighs less than half of either.
  expect(mini).toBeLessThan(0.5);
  dresses.overlaps('Nothing of the kind', found);
  expect([...found]).toEqual([0, 0]);
});
