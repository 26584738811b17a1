import { describe, expect, it } from 'vitest';
import { CatalogConcepts } from '../../../src/search/concepts/catalogConcepts.js';
import { NounHierarchy, writeNouns } from '../../../src/search/concepts/nounHierarchy.js';

const MEANINGS = [
  ['entity', 0],
  ['device', 0.3],
  ['garment', 0.5],
  ['coat', 0.7],
  ['anorak', 1],
  ['drink', 0.45],
  ['tea', 0.8],
  ['oolong', 1],
  ['siren', 0.9],
  ['building', 0.5],
  ['office', 0.8],
  ['town hall', 1],
] as const;
const ABOVE = [[], [0], [0], [2], [3], [0], [5], [6], [1], [0], [9], [10]];

/** Twelve nouns, each with one meaning, except `hood`, which is a garment or a device; `cold war` is nothing sold. */
const nouns = new NounHierarchy(
  writeNouns({
    above: ABOVE,
    specificity: MEANINGS.map(([, specificity]) => specificity),
    isThing: MEANINGS.map((_, i) => i > 0),
    names: new Map<string, readonly number[]>([
      ...MEANINGS.map(([name], i) => [name, [i]] as const),
      ['parka', [4]],
      ['cold war', []],
      ['hood', [8, 3]],
    ]),
  }),
);
const concepts = new CatalogConcepts(nouns, ['Coats', 'Herbal tea', 'Office', 'Unknown']);

describe('what categories hold', () => {
  it.each([
    ['coat', true, true],
    ['anoraks', true, true],
    ['oolong', true, true],
    ['drinks', true, true],
    ['hood', true, true],
    ['siren', true, false],
    // Kinds of a garment are too many things.
    ['garment', true, true],
    ['device', true, false],
    // An office category holds no offices.
    ['town hall', true, false],
    ['cold war', true, false],
    ['fire siren', false, false],
    ['red anorak', false, true],
    ["men's anorak", false, true],
    ['anorak for the cold', true, true],
    ['siren for coats', true, false],
  ])('%s', (text, isWhole, isHeld) => {
    expect(concepts.conceptOf(text)).toMatchObject({ isWhole, isHeld });
    expect(concepts.holds(text)).toBe(isWhole && isHeld);
  });

  it('says nothing about unknown names', () => {
    expect(concepts.conceptOf('zorp')).toBeUndefined();
    expect(concepts.conceptOf('')).toBeUndefined();
    expect(new CatalogConcepts(nouns, []).holds('coat')).toBe(false);
  });

  it('names the same thing, broader ones and kinds of it', () => {
    expect(concepts.around(concepts.conceptOf('anorak')?.meanings ?? [])).toEqual({
      same: ['anorak', 'parka'],
      broader: ['coat', 'hood'],
      narrower: [],
    });
    expect(concepts.around(concepts.conceptOf('drink')?.meanings ?? [])).toEqual({
      same: ['drink'],
      broader: [],
      narrower: ['tea'],
    });
  });
});
