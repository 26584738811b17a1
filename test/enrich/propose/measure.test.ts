import { expect, test } from 'vitest';
import { MeasureReader } from '../../../src/enrich/propose/measure.js';
import type { MeasureAttribute } from '../../../src/taxonomy/schema.js';
import { attributesOf } from '../toyShop.js';

function attribute(id: string, more: object = {}): MeasureAttribute {
  const [parsed] = attributesOf([{ id, name: id, type: 'number+unit', ...more }]);
  if (parsed?.type !== 'number+unit') throw new Error('not a measure');
  return parsed;
}

const memory = attribute('memory', { unit: 'GB', aliases: ['RAM'] });
const storage = attribute('storage', { unit: 'GB', aliases: ['SSD', 'hard disk'] });
const screen = attribute('screen', { unit: 'in', max: 120 });

function found(
  attributes: readonly MeasureAttribute[],
  text: string,
): { id: string; value: string | number; prior: number }[] {
  const wanted = new Set(attributes.map(({ id }) => id));
  return new MeasureReader(attributes)
    .find('title', text, wanted)
    .map(({ attribute: id, value, prior }) => ({ id, value, prior }));
}

test('converts to the unit of the attribute, with the digits that were written', () => {
  expect(found([screen], 'Laptop 43.2 cm display')).toMatchObject([{ id: 'screen', value: '17 in' }]);
  expect(found([storage], 'Drive 1TB')).toMatchObject([{ value: '1024 GB' }]);
});

test('never guesses across dimensions, nor beyond the attribute’s bounds', () => {
  expect(found([memory], 'Kettle 2 l, 1.5 kg')).toEqual([]);
  expect(found([screen], 'Cable 100 m')).toEqual([]);
});

test('the only attribute of a dimension takes it; of several, the one that is named nearby', () => {
  const [alone] = found([memory], 'Laptop 8 GB');
  expect(alone?.prior).toBeGreaterThan(0.5);
  const unnamed = found([memory, storage], 'Laptop 8 GB');
  expect(unnamed.every(({ prior }) => prior < 0.3)).toBe(true);
  const named = found([memory, storage], 'Laptop 8 GB RAM');
  expect(named.find(({ id }) => id === 'memory')?.prior).toBeGreaterThan(0.8);
  expect(named.find(({ id }) => id === 'storage')?.prior).toBeLessThan(0.2);
});

test('an attribute without a unit takes bare numbers only, and only in learned company', () => {
  const hits = new MeasureReader([attribute('buttons')]).find(
    'title',
    'Mouse 3 keys 8 GB',
    new Set(['buttons']),
  );
  expect(hits).toMatchObject([{ value: 3, bare: true }]);
});

const volume = attribute('volume', { unit: 'ml' });
const weight = attribute('weight', { unit: 'kg' });
const packSize = attribute('pack_size', { aliases: ['pack quantity', 'pieces per pack'] });
const height = attribute('height', { unit: 'cm', aliases: ['tall'] });

test.each(['Socks 3-pack', 'Socks x3', '3x Socks', 'Socks, pack of 3', 'Socks 3 pcs', 'Socks set of 3'])(
  'a count takes pieces and packs as a bare number: %s',
  (text) => {
    const [hit] = found([packSize], text);
    expect(hit).toMatchObject({ id: 'pack_size', value: 3 });
    expect(hit?.prior).toBeGreaterThan(0.5);
  },
);

test('pieces go to what is measured in pieces, packs to what counts packs', () => {
  const pieces = attribute('parts', { unit: 'pieces' });
  expect(found([packSize, pieces], 'Brick set 620 pieces')).toMatchObject([
    { id: 'parts', value: '620 pieces' },
  ]);
  expect(found([packSize, pieces], 'Puzzles pack of 2')).toMatchObject([{ id: 'pack_size', value: 2 }]);
});

test('so many of a weight are a count and a weight', () => {
  expect(found([weight, packSize], 'Dumbbells 2 x 1 kg')).toMatchObject([
    { id: 'pack_size', value: 2 },
    { id: 'weight', value: '1 kg' },
  ]);
});

test('cups are no volume, and ounces of a volume are fluid', () => {
  expect(found([volume], 'Moka pot 6 cups')).toEqual([]);
  expect(found([volume], 'Bottle 24 oz')).toMatchObject([{ value: '710 ml' }]);
  expect(found([volume, weight], 'Coffee 24 oz').map(({ id }) => id)).toEqual(['weight']);
});

test('a quantity said in two units is read in the attribute’s own', () => {
  expect(found([volume], 'Serum 1 fl oz (30 ml)')).toMatchObject([{ value: '30 ml' }]);
});

test('a side of a chain is not the height for want of another attribute', () => {
  expect(found([height], 'Desk 140 x 70 cm').every(({ prior }) => prior < 0.3)).toBe(true);
  expect(found([height], 'Lamp 140 cm tall')[0]?.prior).toBeGreaterThan(0.8);
});

test('of two capacities the larger is the storage’s, and one that is filled keeps its own', () => {
  const small = attribute('memory', { unit: 'GB', max: 256 });
  const large = attribute('storage', { unit: 'GB', max: 32768 });
  const likely = (text: string): unknown[] =>
    found([small, large], text)
      .filter(({ prior }) => prior > 0.5)
      .map(({ id, value }) => `${id} ${value}`);
  expect(likely('Phone 8 GB, 256 GB')).toEqual(['memory 8 GB', 'storage 256 GB']);
  expect(likely('Laptop 2TB 32GB')).toEqual(['storage 2048 GB', 'memory 32 GB']);
  const alone = new MeasureReader([small, large]).find(
    'title',
    'Phone 8 GB, 256 GB',
    new Set(['storage']),
    '',
    ['memory', 'storage'],
  );
  expect(alone.filter(({ prior }) => prior > 0.5).map(({ value }) => value)).toEqual(['256 GB']);
});

test('one of several attributes that are not named has a situation per kind of product', () => {
  const sides = [attribute('width', { unit: 'cm' }), attribute('height', { unit: 'cm' })];
  const wanted = new Set(['height']);
  const carried = ['width', 'height'];
  const situationsOf = (title: string) =>
    new MeasureReader(sides)
      .find('title', title, wanted, 'desks', carried)
      .map(({ situations, at }) => ({ first: situations[0], at }));
  expect(situationsOf('Desk 90 cm')).toEqual([{ first: 'desks|height|', at: 5 }]);
  expect(situationsOf('Desk height 90 cm')).toEqual([
    { first: expect.stringContaining('height|named'), at: 12 },
  ]);
});
