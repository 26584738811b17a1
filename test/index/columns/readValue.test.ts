import { expect, test } from 'vitest';
import { readValue } from '../../../src/index/columns/readValue.js';

test.each([
  [8, 8],
  ['8 GB', 8],
  ['8GB', 8],
  ['1,299.00', 1299],
  ['$49.95', 49.95],
  ['17"', 17],
  ['-3.5 °C', -3.5],
  ['12 fl oz', 12],
  ['', Number.NaN],
  ['GB 8', Number.NaN],
  ['10 x 20 cm', Number.NaN],
  ['2-3/4"', 2.75],
  ['1½ in', 1.5],
  ['8,5 kg', 8.5],
  ['1.299,00', 1299],
  ['12 pockets', 12],
  ['5-10 cm', Number.NaN],
  ['Red', Number.NaN],
  [true, Number.NaN],
])('%s stands for %d', (value, number) => {
  expect(readValue(value).quantity?.value ?? Number.NaN).toEqual(number);
});

test.each([
  ['2009-12-10', Date.UTC(2009, 11, 10)],
  ['2009-12-10T00:00:00Z', Date.UTC(2009, 11, 10)],
])('%s stands for the date %d', (value, time) => {
  expect(readValue(value)).toEqual({ date: { time } });
});
