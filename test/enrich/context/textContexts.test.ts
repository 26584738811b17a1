import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_NAMES } from '../../../src/enrich/context/names.js';
import { type ContextField, TextContexts } from '../../../src/enrich/context/textContexts.js';
import { Lookup } from '../../../src/enrich/propose/lookup.js';
import { attributesOf } from '../toyShop.js';

const MATERIALS = ['Leather', 'Wool', 'Canvas', 'Silk', 'Oak'] as const;
const attributes = attributesOf([
  { id: 'material', name: 'Material', type: 'enum', values: MATERIALS.map((name) => ({ name })) },
  { id: 'gender', name: 'Gender', type: 'enum', values: [{ name: 'Women' }, { name: 'Men' }] },
  { id: 'waterproof', name: 'Waterproof', type: 'boolean', true: ['waterproof'], false: ['leaky'] },
]);
const lookup = new Lookup(attributes);
const wanted = new Set(attributes.map(({ id }) => id));

function hits(text: string, field: ContextField = 'title') {
  const contexts = new TextContexts({ [field]: text }, NO_NAMES);
  return lookup.find(field, text, wanted, contexts);
}

test('whatever stands around, a denied material is no hit and another one is', () => {
  const denying = fc.constantFrom(
    ['no ', ''],
    ['without ', ''],
    ['Without any real ', ''],
    ['ohne ', ''],
    ['', '-free'],
    ['never ', ''],
  );
  const material = fc.constantFrom(...MATERIALS);
  const filler = fc.constantFrom('', 'Boots, ', 'New (2026): ', 'Bag - ');
  fc.assert(
    fc.property(
      denying,
      material,
      material,
      filler,
      fc.boolean(),
      ([before, after], denied, stated, start, isFirst) => {
        fc.pre(denied !== stated);
        const denial = `${before}${denied.toLowerCase()}${after}`;
        const text = isFirst ? `${start}${denial}, ${stated} upper` : `${start}${stated} upper, ${denial}`;
        expect(hits(text).map(({ value }) => value)).toEqual([stated]);
      },
    ),
    { numRuns: 200 },
  );
});

test('hits quote the text exactly, whatever it is', () => {
  const word = fc.constantFrom(
    ...'no not without ohne free - , / for fits leather waterproof Women silk faux look up to 5 kg ( ) : nein'.split(
      ' ',
    ),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), fc.constantFrom(' ', ''), (parts, between) => {
      const text = parts.join(between);
      for (const { evidence } of hits(text))
        expect(text.slice(evidence.start, evidence.end)).toBe(evidence.quote);
    }),
    { numRuns: 300 },
  );
});

test('a denied boolean is false, and the quote says so', () => {
  const [hit, ...others] = hits('Jacket, not waterproof, navy');
  expect(others).toEqual([]);
  expect([hit?.value, hit?.evidence.quote, hit?.doubt]).toEqual([false, 'not waterproof', undefined]);
  // A denied `false` says nothing.
  expect(hits('Not leaky')).toEqual([]);
});

test('whom a product is for is a fact; what describes a thing that it is for is none', () => {
  expect(hits('Boots for women').map(({ value, doubt }) => [value, doubt])).toEqual([['Women', undefined]]);
  expect(hits('Polish for leather shoes').map(({ value, doubt }) => [value, doubt])).toEqual([
    ['Leather', 'modifier'],
  ]);
});

test('descriptions are read like titles, but for names', () => {
  expect(hits('Made without leather.', 'description')).toEqual([]);
  expect(hits("Leather's natural smell", 'description').map(({ doubt }) => doubt)).toEqual([undefined]);
  expect(hits("Leather's Best Bag").map(({ doubt }) => doubt)).toEqual(['name']);
});

test('a letter behind a number is its unit, and hardly a size', () => {
  const doubt = (text: string, word: string) => {
    const start = text.lastIndexOf(word);
    return new TextContexts({ title: text }, NO_NAMES).doubt('title', start, start + word.length, 'other');
  };
  expect(doubt('Hose 8 m green', 'm')).toBe('unit');
  expect(doubt('Cask 2 L', 'L')).toBe('unit');
  expect(doubt('Jumper M', 'M')).toBeUndefined();
  expect(doubt('Jumper 2026 XL', 'XL')).toBeUndefined();
  expect(doubt('Tray 2 set', 'set')).toBeUndefined();
});
