import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stemOf, words } from '../../../src/enrich/features/words.js';
import { Lookup } from '../../../src/enrich/propose/lookup.js';
import { attributesOf } from '../toyShop.js';

const attributes = attributesOf([
  {
    id: 'color',
    name: 'Colour',
    type: 'enum',
    values: [
      { name: 'Blue' },
      { name: 'Navy Blue', aliases: ['navy', 'NVY'] },
      { name: 'Off White', aliases: ['écru'] },
      { name: 'Orange' },
    ],
  },
  { id: 'gender', name: 'Gender', type: 'enum', values: [{ name: 'Men' }, { name: 'Girls' }] },
  {
    id: 'flavour',
    name: 'Flavour',
    type: 'enum',
    values: [{ name: 'Orange' }, { name: 'Blueberry', aliases: ['blueberries'] }],
  },
  { id: 'waterproof', name: 'Waterproof', type: 'boolean', true: ['waterproof'], false: ['not waterproof'] },
]);
const lookup = new Lookup(attributes);
const all = new Set(attributes.map(({ id }) => id));

function said(text: string, wanted: ReadonlySet<string> = all): string[] {
  return lookup
    .find('title', text, wanted)
    .map(({ attribute, value, evidence }) => `${attribute}=${value} «${evidence.quote}»`);
}

test('finds the longest value, by whole words, and quotes it exactly', () => {
  expect(said('Navy-Blue Shirt')).toEqual(['color=Navy Blue «Navy-Blue»']);
  expect(said('ÉCRU shirt, off white trim')).toEqual([
    'color=Off White «ÉCRU»',
    'color=Off White «off white»',
  ]);
  expect(said('Bluetooth speaker')).toEqual([]);
  expect(said('Off, White')).toEqual([]);
});

test('plurals and possessives match the plain word', () => {
  expect(said("Men's Sandals for girl")).toEqual(["gender=Men «Men's»", 'gender=Girls «girl»']);
  expect(said('Blueberry jam')).toEqual(['flavour=Blueberry «Blueberry»']);
  expect(stemOf('batteries')).toBe('battery');
  expect(stemOf('dresses')).toBe('dress');
  expect(stemOf('canvas')).toBe(stemOf('canvas'));
  expect(words("women's").map(({ stem }) => stem)).toEqual(['women']);
});

test('a word that is a value of two attributes matches the wanted ones', () => {
  expect(said('Orange juice')).toHaveLength(2);
  expect(said('Orange juice', new Set(['flavour']))).toEqual(['flavour=Orange «Orange»']);
});

test('a phrase for no that contains a phrase for yes means no', () => {
  expect(said('Tent, not waterproof')).toEqual(['waterproof=false «not waterproof»']);
  expect(said('Waterproof tent')).toEqual(['waterproof=true «Waterproof»']);
});

test('every span quotes its text exactly', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('navy blue', 'Écru', 'MEN’S', 'orange', '🍊', 'not waterproof'),
  );
  fc.assert(
    fc.property(fc.array(piece), fc.constantFrom(' ', '-', ', ', ''), (pieces, gap) => {
      const text = pieces.join(gap);
      for (const { evidence } of lookup.find('title', text, all)) {
        expect(evidence.quote).not.toBe('');
        expect(text.slice(evidence.start, evidence.end)).toBe(evidence.quote);
      }
    }),
  );
});

test('a letter of a code is not a value', () => {
  const [size] = attributesOf([{ id: 'size', name: 'Size', type: 'enum', values: [{ name: 'L' }] }]);
  if (size === undefined) throw new Error('no attribute');
  const sizes = new Lookup([size]);
  const found = (text: string): number => sizes.find('title', text, new Set(['size'])).length;
  expect(found('Jeans W32 L32')).toBe(0);
  expect(found('Jeans L')).toBe(1);
});

test('a value inside a longer value of another carried attribute is in doubt', () => {
  const glow = attributesOf([
    { id: 'color', name: 'Colour', type: 'enum', values: [{ name: 'White' }, { name: 'Amber' }] },
    { id: 'glow', name: 'Glow', type: 'enum', values: [{ name: 'Warm White' }] },
  ]);
  const doubts = (text: string, carried: readonly string[]) =>
    new Lookup(glow)
      .find('title', text, new Set(['color']), undefined, new Set(['color', ...carried]))
      .map(({ attribute, doubt, prior }) => [attribute, doubt, prior < 0.5]);
  expect(doubts('Lantern warm white', ['glow'])).toEqual([['color', 'part', true]]);
  expect(doubts('Lantern warm white', [])).toEqual([['color', undefined, false]]);
  expect(doubts('White lantern', ['glow'])).toEqual([['color', undefined, false]]);
});
