import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findSizes } from '../../src/text/sizes.js';

/** What is found, as text between brackets. */
function marked(text: string): string {
  return findSizes(text)
    .map(({ start, end }) => `[${text.slice(start, end)}]`)
    .join(' ');
}
const keys = (text: string) => findSizes(text).map(({ key }) => key);
const numbers = (text: string) => findSizes(text).flatMap((size) => size.numbers);

test.each([
  ['Rod 19in, 19 in and 19″', '[19in] [19 in] [19″]'],
  ['Hose 3/8" x 25\'', '[3/8" x 25\']'],
  ["Rug 5'x7' and 6'7\"", "[5'x7'] [6'7\"]"],
  ['Shelf W80 x H120 x D30cm', '[W80 x H120 x D30cm]'],
  ['Mat 60 by 90 cm', '[60 by 90 cm]'],
  ['Bolt M6 x 30 mm', '[M6 x 30 mm]'],
  ['Oil 12 fl. oz., 355ml', '[12 fl. oz.] [355ml]'],
  ['Flour 2 lb 4 oz', '[2 lb 4 oz]'],
  ['Saft 0,75 Liter', '[0,75 Liter]'],
  ['Card 64GB/128GB', '[64GB] [128GB]'],
  ['Pot 鍋18cm 2枚', '[18cm]'],
  ['Bike 20インチ', '[20インチ]'],
  ['Shears in 2 parts, 3 in 1, 4 in stock, 2-in-1', ''],
  ['Code AB-1/2, X10x20, 12-34-56, v1.2.3, 1/2/2024, 24/7', ''],
  ["From the 90s, 80's, 7 dwarfs", '[90s]'],
])('%s', (text, expected) => {
  expect(marked(text)).toBe(expected);
});

test.each([
  ['18 in', '45.72 cm'],
  ['5\'6"', '66 inches'],
  ['1 kg', '1000 g'],
  ['0,5 l', '500ml'],
  ['2 TB', '2048 GB'],
  ['10W x 20H x 30D', '10 x 20 x 30'],
  ['30 x 40 cm', '300mm × 400mm'],
])('%s is %s', (one, other) => {
  expect(keys(one)).toEqual(keys(other));
});

test('the unit of volumes is of one number only', () => {
  expect(findSizes('4 x 250 ml')).toMatchObject([{ numbers: ['4', '250'], dimensions: ['=0.25volume'] }]);
  expect(numbers('2 x 60W')).toEqual(['2', '60']);
});

test('finds sizes in order, inside any text, without looking like anything else', () => {
  const piece = fc.constantFrom(
    '7',
    '1/2',
    '½',
    ' ',
    '-',
    'x',
    'in',
    '"',
    "'",
    'cm',
    ',',
    '.',
    'M',
    'ab',
    '鍋',
    '9',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const text = pieces.join('');
      let end = 0;
      for (const size of findSizes(text)) {
        expect(size.start).toBeGreaterThanOrEqual(end);
        expect(size.end).toBeGreaterThan(size.start);
        expect(size.end).toBeLessThanOrEqual(text.length);
        for (const one of [size.key, ...size.dimensions]) expect(one ?? '=').toMatch(/^=\S*$/);
        expect(size.numbers.length).toBeGreaterThan(0);
        ({ end } = size);
      }
    }),
    { numRuns: 1000 },
  );
});
