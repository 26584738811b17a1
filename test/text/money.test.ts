import { describe, expect, it } from 'vitest';
import { parseCount, parsePrice } from '../../src/text/money.js';

describe('parsePrice', () => {
  const read: readonly [string, number, string | undefined][] = [
    ['19.99', 19.99, undefined],
    ['0', 0, undefined],
    ['€1.299,00', 1299, 'EUR'],
    ['1.299,00 €', 1299, 'EUR'],
    ['1,299.00 USD', 1299, 'USD'],
    ['USD 1,299', 1299, 'USD'],
    ['15.00 EUR', 15, 'EUR'],
    ['1 299,00 kr', 1299, undefined],
    ["CHF 1'299.50", 1299.5, 'CHF'],
    ['$5', 5, 'USD'],
    ['US$ 5.50', 5.5, 'USD'],
    ['9,5', 9.5, undefined],
    ['12,99', 12.99, undefined],
    ['1,299', 1299, undefined],
    ['1,234,567', 1234567, undefined],
    ['£0,999', 0.999, 'GBP'],
    ['12,-', 12, undefined],
    ['49 zł', 49, 'PLN'],
  ];
  for (const [text, amount, currency] of read) {
    it(`reads ${text}`, () => expect(parsePrice(text)).toEqual({ amount, currency }));
  }

  for (const text of [
    'abc',
    'call us',
    '-5',
    '5 - 10',
    'from 5',
    '',
    '1.2.3,4,5',
    '12 pieces of 3',
    '1,29,9',
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => expect(parsePrice(text)).toBeUndefined());
  }

  it('reads 1.299 by the way the file writes its decimals', () => {
    expect(parsePrice('1.299')?.amount).toBe(1.299);
    expect(parsePrice('1.299', true)?.amount).toBe(1299);
    expect(parsePrice('1,299', true)?.amount).toBe(1.299);
    expect(parsePrice('19.99', true)?.amount).toBe(19.99);
  });
});

describe('parseCount', () => {
  it('reads counts and nothing else', () => {
    expect(parseCount('1,200')).toBe(1200);
    expect(parseCount(' 12.0 ')).toBe(12);
    expect(parseCount('-3')).toBe(-3);
    expect(parseCount('')).toBeUndefined();
    expect(parseCount('plenty')).toBeUndefined();
  });
});
