import { expect, test } from 'vitest';
import { NO_NAMES } from '../../../src/enrich/context/names.js';
import { TextContexts } from '../../../src/enrich/context/textContexts.js';
import { TextReader } from '../../../src/enrich/propose/readText.js';
import { spanExclusion } from '../../../src/enrich/propose/spanExclusion.js';
import { taxonomySchema } from '../../../src/taxonomy/schema.js';
import { viewTaxonomy } from '../../../src/taxonomy/view.js';

const ATTRIBUTES = [
  { id: 'tone', name: 'Tone', type: 'enum', values: [{ name: 'Gold' }, { name: 'Rose Gold' }] },
  { id: 'size', name: 'Size', type: 'enum', values: [{ name: 'L' }] },
  { id: 'count', name: 'Count', type: 'number+unit' },
  { id: 'weight', name: 'Weight', type: 'number+unit', unit: 'kg' },
  { id: 'fits', name: 'Fits', type: 'text' },
];
const view = viewTaxonomy(
  taxonomySchema.parse({
    format: 1,
    version: 'spans-1',
    language: 'en',
    owner: 'tests',
    changelog: [{ version: 'spans-1', date: '2026-11-30', changes: ['first'] }],
    carried: ATTRIBUTES.map(({ id }) => id),
    attributes: ATTRIBUTES,
  }),
);

/** Whether the first occurrence of `quote` in a title cannot be the value of an attribute. */
function isExcluded(id: string, title: string, quote: string): boolean {
  const product = { id: 'p', title };
  const asked = new Set(ATTRIBUTES.map((attribute) => attribute.id));
  const exclusion = spanExclusion(
    product,
    new TextContexts(product, NO_NAMES),
    view,
    TextReader.of(view),
    asked,
    view.carried(undefined),
  );
  const start = title.indexOf(quote);
  return exclusion(id, 'title', start, start + quote.length);
}

test('a part of a longer listed value is no value', () => {
  expect(isExcluded('tone', 'Rose Gold-plated brooch', 'Gold')).toBe(true);
  expect(isExcluded('tone', 'Rose Gold-plated brooch', 'Rose Gold')).toBe(false);
  expect(isExcluded('tone', 'Brooch gold', 'gold')).toBe(false);
});

test('a letter of a code is no value of a list', () => {
  expect(isExcluded('size', 'Jeans W31 L36', 'L')).toBe(true);
  expect(isExcluded('size', 'Jumper L', 'L')).toBe(false);
});

test('the ends of a range count nothing, and a number with another unit is no value', () => {
  expect(isExcluded('count', 'Romper 9-12 months', '9')).toBe(true);
  expect(isExcluded('count', 'Romper 9-12 months', '12')).toBe(true);
  expect(isExcluded('count', 'Romper 9 – 12 months', '12')).toBe(true);
  expect(isExcluded('count', 'Spoons 6-piece', '6')).toBe(false);
  expect(isExcluded('weight', 'Dumb-bells 4-5 kg', '5 kg')).toBe(false);
  expect(isExcluded('weight', 'Rope 5 m', '5 m')).toBe(true);
});

test('a number of pieces is no value of a text where the product has a count', () => {
  expect(isExcluded('fits', 'Film for Orbit 7, pack of 2', 'pack of 2')).toBe(true);
  expect(isExcluded('fits', 'Film for Orbit 7, 2 kg', '2 kg')).toBe(false);
  expect(isExcluded('fits', 'Film for Orbit 7, pack of 2', 'Orbit 7')).toBe(false);
  expect(isExcluded('fits', 'Film for Orbit 7, 5 m', '5 m')).toBe(false);
});
