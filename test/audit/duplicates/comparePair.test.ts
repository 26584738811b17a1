import fc from 'fast-check';
import { expect, it } from 'vitest';
import { idf } from '../../../src/audit/duplicates/blockPairs.js';
import {
  areMisspelt,
  areSiblings,
  comparePair,
  FEATURE_COUNT,
} from '../../../src/audit/duplicates/comparePair.js';
import { readListing, Vocabulary } from '../../../src/audit/duplicates/readListing.js';
import { toyTaxonomy } from '../toyTaxonomy.js';
import { madeUpShop } from './madeUp.js';

it('gives the same levels in either order of the two listings', () => {
  const vocabulary = new Vocabulary();
  const view = toyTaxonomy();
  const listings = madeUpShop(2, 60, 20).products.map((product) => readListing(product, view, vocabulary));
  const codes = new Map<string, number>();
  for (const listing of listings)
    for (const code of listing.codes) codes.set(code, (codes.get(code) ?? 0) + 1);
  const weights = {
    title: idf(vocabulary.titles, listings.length),
    text: idf(vocabulary.texts, listings.length),
    codes,
  };
  const any = fc.constantFrom(...listings);
  fc.assert(
    fc.property(any, any, fc.float({ min: 0, max: 1, noNaN: true }), (a, b, cosine) => {
      const [one, other] = [new Uint8Array(FEATURE_COUNT), new Uint8Array(FEATURE_COUNT)];
      comparePair(a, b, cosine, weights, one, 0);
      comparePair(b, a, cosine, weights, other, 0);
      expect(one).toEqual(other);
    }),
  );
});

it('recognises model numbers that differ at the end, and misspelt words', () => {
  expect(areSiblings('am53bk', 'am53wh')).toBe(true);
  expect(areSiblings('am53bk', 'kdl40')).toBe(false);
  expect(areMisspelt('keyboard', 'keybaord')).toBe(true);
  expect(areMisspelt('keyboard', 'keyboards')).toBe(true);
  expect(areMisspelt('black', 'white')).toBe(false);
  expect(areMisspelt('series4', 'series6')).toBe(false);
});
