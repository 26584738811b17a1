import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMeasure } from '../../src/text/measures.js';
import { formatMeasure, UNITS } from '../../src/text/units.js';

test.each([
  ['8GB', 8, 'GB'],
  ['8 GB', 8, 'GB'],
  ['1 1/2 in', 1.5, 'in'],
  ['16-1/2"', 16.5, 'in'],
  ['3/4 inch', 0.75, 'in'],
  ['1½ in', 1.5, 'in'],
  ['½ l', 0.5, 'l'],
  ['1,5 kg', 1.5, 'kg'],
  ['1.299,00', 1299, undefined],
  ['1,299.00 g', 1299, 'g'],
  ['1,299 g', 1299, 'g'],
  ['0,125 kg', 0.125, 'kg'],
  ['1.299', 1.299, undefined],
  ['1.000.000', 1_000_000, undefined],
  ['1,23,456', 123_456, undefined],
  ['1 200 mm', 1200, 'mm'],
  ['.5 m', 0.5, 'm'],
  ['-20 °C', -20, '°C'],
  ['−20°C', -20, '°C'],
  ['+5 V', 5, 'V'],
  ['13.3-inch', 13.3, 'in'],
  ['12 fl. oz.', 12, 'fl oz'],
  ['6 pc(s)', 6, 'pcs'],
  ['42', 42, undefined],
  ['100%', 100, '%'],
])('%s', (text, value, symbol) => {
  const measure = readMeasure(text);
  expect(measure?.value).toBeCloseTo(value, 9);
  expect(measure?.unit?.symbol).toBe(symbol);
});

test.each([
  '',
  'GB',
  'black',
  '5-10 cm',
  '10 x 20 cm',
  '40/80 GB',
  '24/7',
  '5G',
  '12 foos',
  '1.2.3',
  `5'11"`,
  '15.6" (39 cm)',
  '1/0',
  '€5',
  '8 GB RAM',
])('%s is not a measure', (text) => {
  expect(readMeasure(text)).toBeUndefined();
});

test('readMeasure reads back the output of formatMeasure', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.constantFrom(...UNITS), (thousandths, unit) => {
      const measure = readMeasure(formatMeasure(thousandths / 1000, unit));
      expect(measure?.value).toBeCloseTo(thousandths / 1000, 3);
      expect(measure?.unit).toBe(unit);
    }),
  );
});

test('readMeasure never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const measure = readMeasure(text);
      expect(measure === undefined || Number.isFinite(measure.value)).toBe(true);
    }),
  );
});
