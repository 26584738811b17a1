import { expect, test } from 'vitest';
import { currenciesIn, currencyCode } from '../../src/text/currencies.js';

test.each([
  ['€', 'EUR'],
  ['eur', 'EUR'],
  ['US $', 'USD'],
  ['U.S. dollars', 'USD'],
  ['New Zealand dollars', 'NZD'],
  ['Rs.', 'INR'],
  ['zł', 'PLN'],
  ['лв.', 'BGN'],
])('%s is %s', (text, code) => {
  expect(currencyCode(text)).toBe(code);
});

test.each(['kr', 'p', '$ EUR', 'kg', 'each', ''])('%s is no single currency', (text) => {
  expect(currencyCode(text)).toBeUndefined();
});

test('a name does not end inside a word', () => {
  expect(currenciesIn('Rsx')).toBeUndefined();
  expect(currenciesIn('Kranich')).toBeUndefined();
  expect(currenciesIn('$ USD')?.map(({ code }) => code)).toEqual(['USD', 'USD']);
});
