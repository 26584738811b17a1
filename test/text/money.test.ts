import { describe, expect, it } from 'vitest';
import { amountAt, readMoney } from '../../src/text/money.js';
import { DECIMAL_COMMA, readNumber } from '../../src/text/numbers.js';

describe('readMoney', () => {
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
    it(`reads ${text}`, () => expect(readMoney(text)).toEqual({ amount, currency }));
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
    it(`refuses ${JSON.stringify(text)}`, () => expect(readMoney(text)).toBeUndefined());
  }

  it('reads 1.299 in the notation of the file', () => {
    expect(readMoney('1.299')?.amount).toBe(1.299);
    expect(readMoney('1.299', DECIMAL_COMMA)?.amount).toBe(1299);
    expect(readMoney('1,299', DECIMAL_COMMA)?.amount).toBe(1.299);
    expect(readMoney('19.99', DECIMAL_COMMA)?.amount).toBe(19.99);
  });
});

describe('readNumber for counts', () => {
  it('accepts only a number', () => {
    expect(readNumber('1,200')).toBe(1200);
    expect(readNumber(' 12.0 ')).toBe(12);
    expect(readNumber('-3')).toBe(-3);
    expect(readNumber('')).toBeUndefined();
    expect(readNumber('plenty')).toBeUndefined();
  });
});

describe('amountAt', () => {
  it.each([
    ['80', 80],
    ['1,299.00', 1299],
    ['1.299,00', 1299],
    ['1.299', 1299],
    ["1'299.50", 1299.5],
    ['1\u00a0299,5', 1299.5],
    ['12.5', 12.5],
    ['12,50', 12.5],
    ['1,234,567', 1234567],
    ['٨٠', 80],
    ['８０', 80],
    ['80,-', 80],
  ])('%s is %d', (text, value) => {
    expect(amountAt(text, 0, false)).toEqual({ value, end: text.length });
  });

  it.each(['x', '1.2.3', '12.3456', ''])('%s has no amount', (text) => {
    expect(amountAt(text, 0, false)).toBeUndefined();
  });
});
