import { expect, test } from 'vitest';
import { brandWords, type ShopNames } from '../../../src/enrich/context/names.js';
import { TextContexts } from '../../../src/enrich/context/textContexts.js';
import { stemOf } from '../../../src/enrich/features/words.js';
import { Lookup } from '../../../src/enrich/propose/lookup.js';
import { MeasureReader } from '../../../src/enrich/propose/measure.js';
import { attributesOf } from '../toyShop.js';
import {
  LIMITS,
  NAMES,
  NEGATIONS,
  UNSEEN_LIMITS,
  UNSEEN_NAMES,
  UNSEEN_NEGATIONS,
  type Wording,
} from './wordings.js';

const attributes = attributesOf([
  {
    id: 'color',
    name: 'Colour',
    type: 'enum',
    values: [
      { name: 'Black', aliases: ['schwarz'] },
      { name: 'White', aliases: ['weiß'] },
      { name: 'Grey', aliases: ['grau'] },
      { name: 'Red', aliases: ['rot'] },
      { name: 'Brown', aliases: ['braun'] },
      ...['Blue', 'Navy', 'Tan', 'Gold', 'Silver', 'Green', 'Orange', 'Pink'].map((name) => ({ name })),
    ],
  },
  {
    id: 'material',
    name: 'Material',
    type: 'enum',
    values: [
      { name: 'Leather', aliases: ['Leder'] },
      { name: 'Faux Leather', aliases: ['vegan leather', 'artificial leather', 'fake leather'] },
      { name: 'Cotton', aliases: ['Baumwolle'] },
      { name: 'Wool', aliases: ['Wolle'] },
      { name: 'Silk', aliases: ['Seide'] },
      { name: 'Silicone', aliases: ['Silikon'] },
      { name: 'Glass', aliases: ['Glas'] },
      ...['Canvas', 'Acrylic', 'Suede', 'Oak'].map((name) => ({ name })),
    ],
  },
  { id: 'scent', name: 'Scent', type: 'enum', values: [{ name: 'Vanilla' }, { name: 'Menthol' }] },
  { id: 'diet', name: 'Diet', type: 'enum', values: [{ name: 'Sugar-Free' }] },
  {
    id: 'waterproof',
    name: 'Waterproof',
    type: 'boolean',
    true: ['waterproof', 'wasserdicht'],
    false: ['not waterproof'],
  },
]);
const lookup = new Lookup(attributes);
const wanted = new Set(attributes.map(({ id }) => id));
const measured = attributesOf([
  { id: 'weight', name: 'Weight', type: 'number+unit', unit: 'kg' },
  { id: 'length', name: 'Length', type: 'number+unit', unit: 'cm' },
]).filter((attribute) => attribute.type === 'number+unit');
const reader = new MeasureReader(measured);
const extents = new Set(['weight', 'length']);
/** A shop that knows everyday words, and brands of other products. */
const names: ShopNames = {
  brands: new Set([brandWords('Grey Falcon').join(' ')]),
  words: new Set('leather cotton wool canvas glass shirt coat gloves belt'.split(' ').map(stemOf)),
};

function stated(title: string, brand = ''): string[] {
  const contexts = new TextContexts({ title, brand }, names);
  return lookup
    .find('title', title, wanted, contexts)
    .filter(({ doubt }) => doubt === undefined)
    .map(({ attribute, value }) => `${attribute}=${value}`);
}

function measures(title: string): string[] {
  const contexts = new TextContexts({ title }, names);
  return reader
    .find('title', title, extents, '', extents, contexts)
    .filter(({ prior }) => prior >= 0.5)
    .map(({ attribute, value }) => `${attribute}=${value}`);
}

const facts = ([text, ...expected]: Wording): readonly [string, string[]] => [text, [...new Set(expected)]];

test.each(NEGATIONS.map(facts))('denied and imitated: %s', (text, expected) => {
  expect([...new Set(stated(text))].sort()).toEqual(expected.sort());
});

test.each(UNSEEN_NEGATIONS.map(facts))('denied and imitated, unseen: %s', (text, expected) => {
  expect([...new Set(stated(text))].sort()).toEqual(expected.sort());
});

test.each([...NAMES, ...UNSEEN_NAMES].map(([text, brand, ...rest]) => [text, brand, rest] as const))(
  'names: %s',
  (text, brand, expected) => {
    expect([...new Set(stated(text, brand))].sort()).toEqual([...expected].sort());
  },
);

test.each(LIMITS.map(facts))('limits: %s', (text, expected) => {
  expect(measures(text).sort()).toEqual(expected.sort());
});

test.each(UNSEEN_LIMITS.map(facts))('limits, unseen: %s', (text, expected) => {
  expect(measures(text).sort()).toEqual(expected.sort());
});
