import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NounHierarchy, writeNouns } from '../../../src/search/concepts/nounHierarchy.js';

const hierarchy = new NounHierarchy(
  writeNouns({
    above: [[], [0], [1], [1], [2, 3]],
    specificity: [0, 0.3, 0.6, 0.7, 1],
    isThing: [false, true, true, true, true],
    names: new Map([
      ['thing', [0]],
      ['shelf', [2, 3]],
      ['knife', [3]],
      ['sofa bed', [4]],
      ['daybed', [4]],
      ['glasses', [3]],
      ['glass', [2]],
      ['shoes', []],
      ['shoe', [2]],
      ['café', [1]],
    ]),
  }),
);

it.each([
  ['shelf', [2, 3]],
  ['shelves', [2, 3]],
  ['knives', [3]],
  ['sofa beds', [4]],
  ['sofabed', [4]],
  ['day bed', [4]],
  ['glasses', [3]],
  ['glass', [2]],
  ['shoes', [2]],
  ['café', [1]],
  ['shel', undefined],
  ['', undefined],
])('reads %s', (name, meanings) => {
  expect(hierarchy.meaningsOf(name)).toEqual(meanings);
});

it('knows the names of a meaning, and what it is a kind of', () => {
  expect(hierarchy.namesOf(4)).toEqual(['daybed', 'sofa bed']);
  expect([...hierarchy.upwards(4)]).toEqual([
    [4, 0],
    [2, 1],
    [3, 1],
    [1, 2],
    [0, 3],
  ]);
  expect([hierarchy.isThing(0), hierarchy.isThing(4)]).toEqual([false, true]);
  expect(hierarchy.specificity(3)).toBeCloseTo(0.7, 5);
  expect([hierarchy.has('knives'), hierarchy.has('knive')]).toEqual([true, false]);
});

it('refuses other bytes', () => {
  expect(() => new NounHierarchy(Buffer.from('no nouns'))).toThrow('not a file of nouns');
});

it('finds the same as a map of the names', () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-dé]{1,6}$/u), { maxLength: 30 });
  fc.assert(
    fc.property(names, names, (known, asked) => {
      const map = new Map(known.map((name, i) => [name, [i % 5]] as const));
      const made = new NounHierarchy(
        writeNouns({
          above: [[], [], [], [], []],
          specificity: [0, 0, 0, 0, 0],
          isThing: [true, true, true, true, true],
          names: map,
        }),
      );
      for (const name of known) expect(made.meaningsOf(name)).toEqual(map.get(name));
      for (const name of asked)
        if (!map.has(name) && name.length < 6) expect(made.meaningsOf(name)).toBeUndefined();
    }),
    { numRuns: 100 },
  );
});
