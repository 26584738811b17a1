import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountAt, isDashAmount, MONEY_NOTATION, readMoney } from '../../src/text/money.js';
import { DECIMAL_COMMA, DECIMAL_POINT, readNumber } from '../../src/text/numbers.js';

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
    ['₹2,34,500', 234500, 'INR'],
    ['Rs. 12,34,500.75', 1234500.75, 'INR'],
    ['Rs 450/-', 450, 'INR'],
    ['3,45,600', 345600, undefined],
    ['USD $75.00', 75, 'USD'],
    ['US $75.25', 75.25, 'USD'],
    ['$75.25USD', 75.25, 'USD'],
    ['75.25 US dollars', 75.25, 'USD'],
    ['A$ 75.25 AUD', 75.25, 'AUD'],
    ['AU$75', 75, 'AUD'],
    ['NZ$75.25', 75.25, 'NZD'],
    ['HK$ 75', 75, 'HKD'],
    ['NT$75', 75, 'TWD'],
    ['S$75', 75, 'SGD'],
    ['R$ 75,25', 75.25, 'BRL'],
    ['£75.00 GBP', 75, 'GBP'],
    ['Fr. 75.-', 75, 'CHF'],
    ['75.– CHF', 75, 'CHF'],
    ["CHF 2'345.-", 2345, 'CHF'],
    ['EUR 2.345,-', 2345, 'EUR'],
    ['2.345,-- €', 2345, 'EUR'],
    ['kr. 2.345,-', 2345, undefined],
    ['2 345:-', 2345, undefined],
    ['75:50 kr', 75.5, undefined],
    ['75€50', 75.5, 'EUR'],
    ['CHF -.85', 0.85, 'CHF'],
    ['75¢', 0.75, 'USD'],
    ['85p', 0.85, 'GBP'],
    ['2.5 p', 0.025, 'GBP'],
    ['75 ct', 0.75, undefined],
    ['75 cents USD', 0.75, 'USD'],
    ['£1.50p', 1.5, 'GBP'],
    ['75,25 лв.', 75.25, 'BGN'],
    ['2 345 руб.', 2345, 'RUB'],
    ['2,345円', 2345, 'JPY'],
    ['￥２，３４５', 2345, 'JPY'],
    ['2.345 ₫', 2345, 'VND'],
    ['Rp2.345.000', 2345000, 'IDR'],
    ['S/.75.50', 75.5, 'PEN'],
    ['٢٬٣٤٥٫٥٠ ر.س', 2345.5, 'SAR'],
    ['eur 75', 75, 'EUR'],
    ['75 Euro', 75, 'EUR'],
    ['75.25 €*', 75.25, 'EUR'],
    ['2,345.00 per unit', 2345, undefined],
    ['75,25 EUR/Stk', 75.25, 'EUR'],
    ['75,25 € inkl. 19 % MwSt.', 75.25, 'EUR'],
    ['$75.25 (excl. VAT)', 75.25, 'USD'],
    ['2e3', 2000, undefined],
    ['+75', 75, undefined],
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
    '75 kg',
    '75 pcs',
    '-$75',
    '(75.00)',
    'ab 75',
    '€75 $80',
    '75 EUR USD',
    'about $75',
    '$',
    'N/A',
    '1'.repeat(200),
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

describe('readMoney', () => {
  it('takes the usual currency where the cell leaves it open', () => {
    expect(readMoney('$75', DECIMAL_POINT, 'AUD')?.currency).toBe('AUD');
    expect(readMoney('75', DECIMAL_POINT, 'AUD')?.currency).toBe('AUD');
    expect(readMoney('75¢', DECIMAL_POINT, 'AUD')?.currency).toBe('AUD');
    expect(readMoney('US$75', DECIMAL_POINT, 'AUD')?.currency).toBe('USD');
    expect(readMoney('€75', DECIMAL_POINT, 'AUD')?.currency).toBe('EUR');
  });

  it('knows currencies without decimals and with three', () => {
    expect(readMoney('₩2.345')?.amount).toBe(2345);
    expect(readMoney('KWD 2.345', MONEY_NOTATION)?.amount).toBe(2.345);
    expect(readMoney('USD 2.345', MONEY_NOTATION)?.amount).toBe(2345);
  });

  const LOCALES: readonly [locale: string, currency: string][] = [
    ['en-GB', 'GBP'],
    ['en-IN', 'INR'],
    ['de-DE', 'EUR'],
    ['de-AT', 'EUR'],
    ['de-CH', 'CHF'],
    ['fr-FR', 'EUR'],
    ['fr-CH', 'CHF'],
    ['es-ES', 'EUR'],
    ['pt-BR', 'BRL'],
    ['sv-SE', 'SEK'],
    ['pl-PL', 'PLN'],
    ['cs-CZ', 'CZK'],
    ['hu-HU', 'HUF'],
    ['ru-RU', 'RUB'],
    ['tr-TR', 'TRY'],
    ['ja-JP', 'JPY'],
    ['ko-KR', 'KRW'],
    ['th-TH', 'THB'],
    ['vi-VN', 'VND'],
    ['id-ID', 'IDR'],
    ['en-ZA', 'ZAR'],
    ['he-IL', 'ILS'],
    ['ar-SA', 'SAR'],
    ['en-US', 'HKD'],
    ['en-US', 'NZD'],
  ];

  it('reads every price as a locale writes it, with its symbol and with its code', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...LOCALES),
        fc.constantFrom('symbol', 'code'),
        fc.integer({ min: 0, max: 10 ** 10 }),
        ([locale, currency], currencyDisplay, hundredths) => {
          const format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay });
          const { maximumFractionDigits = 2 } = format.resolvedOptions();
          const value = Number((hundredths / 100).toFixed(maximumFractionDigits));
          const read = readMoney(format.format(value));
          expect(read?.amount).toBeCloseTo(value, 6);
          // `kr` is written in several countries.
          expect(read?.currency ?? currency).toBe(currency);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('isDashAmount', () => {
  it.each(['-', '–', '$ -', '- €', '-- EUR', 'kr -', '$\u00a0-\u00a0'])('%s is no amount', (text) => {
    expect(isDashAmount(text)).toBe(true);
  });

  it.each(['', '$', '-5', 'A-B', 'on request -', '12,-'])('%s is something else', (text) => {
    expect(isDashAmount(text)).toBe(false);
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
