import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quantities } from '../../../src/enrich/features/quantities.js';

function read(text: string): string[] {
  return quantities(text).map(
    ({ value, unit, start, end }) =>
      `${value}${unit === undefined ? '' : ` ${unit.symbol}`} «${text.slice(start, end)}»`,
  );
}

test.each([
  ['8GB RAM at 2.0 GHz', ['8 GB «8GB»', '2 GHz «2.0 GHz»']],
  ['Pipe 1 1/2" brass', ['1.5 in «1 1/2"»']],
  ['5½ in', ['5.5 in «5½ in»']],
  ['Rug 40x60 cm', ['40 cm «40»', '60 cm «60 cm»']],
  ['Box 40 x 60 x 20 cm', ['40 cm «40»', '60 cm «60»', '20 cm «20 cm»']],
  ['500ml bottle, 12-pack', ['500 ml «500ml»', '12 pack «12-pack»']],
  ['Pack of 12 pens', ['12 pack «12»']],
  ['16.9 fl. oz. water', ['16.9 fl oz «16.9 fl. oz.»']],
  ['1,299 pcs', ['1299 pcs «1,299 pcs»']],
  ['5,5 kg', ['5.5 kg «5,5 kg»']],
  ['12" x 79” W', ['12 in «12"»', '79 in «79”»']],
  ['2 in 1 tool', ['2 «2»', '1 «1»']],
  ['Charger 24V/2A', ['24 V «24V»', '2 A «2A»']],
  ['Neo 3 / 6.5" / 4GB', ['3 «3»', '6.5 in «6.5"»', '4 GB «4GB»']],
  ['Phone 32GB/1TB', ['32 GB «32GB»', '1 TB «1TB»']],
  ['Phone 8/256GB', ['8 GB «8»', '256 GB «256GB»']],
  ['Dumbbells 2 x 1 kg', ['2 pack «2»', '1 kg «1 kg»']],
  ['3x Screen protector', ['3 pack «3x»']],
  ['Socks x3 grey', ['3 pack «3»']],
  ['Set of 6 glasses', ['6 pack «6»']],
])('reads %s', (text, expected) => {
  expect(read(text)).toEqual(expected);
});

test.each(['XR500', 'T-54', '9915PP13', 'dv7-1211ea', 'v1.2.3', 'LC51C'])('%s holds no number', (text) => {
  expect(read(`${text} speaker`)).toEqual([]);
});

test.each([
  ['Dumbbells 2 x 1 kg pink', ['2 x 1 kg', '2 x 1 kg']],
  ['Desk 140 x 70 cm oak', ['140 x 70 cm', '140 x 70 cm']],
  ['Pack of 12 pens', ['Pack of 12']],
  ['Socks x3 grey', ['x3']],
])('the words that say it are whole: %s', (text, expected) => {
  expect(quantities(text).map(({ said }) => text.slice(said.start, said.end))).toEqual(expected);
});

test('every quantity lies in its text, after the one before', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('8GB', '1 1/2"', '40x60 cm', '½', '2.0', ',', 'pack of 3', '12,5 kg', 'x3', '8/256GB'),
  );
  fc.assert(
    fc.property(fc.array(piece), fc.constantFrom(' ', '', 'x', '-'), (pieces, gap) => {
      const text = pieces.join(gap);
      let before = 0;
      for (const { start, end, value, said } of quantities(text)) {
        expect(said.start).toBeLessThanOrEqual(start);
        expect(said.end).toBeGreaterThanOrEqual(end);
        expect(start).toBeGreaterThanOrEqual(before);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
        expect(Number.isFinite(value)).toBe(true);
        before = end;
      }
    }),
  );
});
