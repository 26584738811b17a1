import { describe, expect, it, test } from 'vitest';
import {
  detectNotation,
  detectNotations,
  isNumeric,
  notationOf,
  toNeutral,
} from '../../src/text/notations.js';
import { DECIMAL_COMMA, DECIMAL_POINT, NEUTRAL } from '../../src/text/numbers.js';

describe('detectNotation', () => {
  const prices = (...cells: string[]) => ({ cells, isPrice: true });
  const others = (...cells: string[]) => ({ cells });

  test.each([
    ['one unambiguous price', [prices('1.299', '2.499', '9,50')], DECIMAL_COMMA],
    ['both marks', [prices('1.299,00 €')], DECIMAL_COMMA],
    ['both marks, the other way', [prices('$1,299.00')], DECIMAL_POINT],
    ['several groups', [prices('1.234.567')], DECIMAL_COMMA],
    ['lakhs', [prices('₹1,29,900')], DECIMAL_POINT],
    ['spaces group', [prices('1 299,00 kr')], DECIMAL_COMMA],
    ['prices before other columns', [others('2.0', '5.1'), prices('9,50')], DECIMAL_COMMA],
    ['other columns if prices are ambiguous', [prices('1.299'), others('8,5 kg', '12 kg')], DECIMAL_COMMA],
    ['a leading zero excludes thousands', [others('0,125 kg')], DECIMAL_COMMA],
  ])('%s', (_, columns, expected) => {
    const fallback = expected === DECIMAL_COMMA ? DECIMAL_POINT : DECIMAL_COMMA;
    expect(detectNotation(columns, fallback)).toEqual(expected);
  });

  test.each([
    ['all cells are ambiguous', [prices('1.299', '5'), others('Red', '12 kg')]],
    ['columns contradict each other', [prices('5'), others('8,5 kg'), others('8.5 kg')]],
    ['a column contradicts itself', [prices('9,50', '9.50')]],
    [
      'there are dates, versions and codes',
      [others('12.05.2024', '13.05.2024'), others('V2.0', 'V3.1'), others('1.2.3')],
    ],
    ['there are words with a few numbers', [others('Red', 'Blue', '9,5', 'Green')]],
    ['there are no columns', []],
  ])('uses the fallback if %s', (_, columns) => {
    expect(detectNotation(columns, DECIMAL_COMMA)).toEqual(DECIMAL_COMMA);
    expect(detectNotation(columns)).toEqual(NEUTRAL);
  });

  it('accepts exponents if cells have them', () => {
    expect(detectNotation([others('1.5E+03', '900')])).toEqual({ grouping: ',', exponents: true });
  });

  it('isNumeric recognises a column of numbers', () => {
    expect(isNumeric(['8,5 kg', '', '900 g', 'n/a'])).toBe(true);
    expect(isNumeric(['EUR 5', '-3', '½'])).toBe(true);
    expect(isNumeric(['A4', 'B5', '5'])).toBe(false);
    expect(isNumeric(['', ' '])).toBe(false);
  });
});

describe('detectNotations', () => {
  const prices = (...cells: string[]) => ({ cells, isPrice: true });

  test.each([
    ['the cells prove one', [prices('1.299', '9,50')], '.'],
    ['a dash instead of cents proves one', [prices('1.299', '75,-')], '.'],
    ['other columns prove one', [prices('1.299'), { cells: ['8.5 kg', '2.5 kg'] }], ','],
    ['nothing proves one', [prices('1.299', '5')], ',.'],
    ['prices mix two', [prices('1.299', '9,50 €', '$9.50')], ',.'],
  ])('amounts group with the right mark if %s', (_, columns, grouping) => {
    expect(detectNotations(columns).amounts).toEqual({ grouping, exponents: true });
  });

  it('prices with a currency count as prices', () => {
    expect(detectNotations([prices('Rs. 12,50', 'HK$ 75', 'CHF 9.-')], DECIMAL_POINT).notation).toEqual(
      DECIMAL_POINT,
    );
    expect(detectNotations([prices('75,50 US dollars', 'NZ$ 9,50')]).notation).toEqual(DECIMAL_COMMA);
  });
});

describe('toNeutral', () => {
  test.each([
    ['1.250 kg', DECIMAL_COMMA, '1250 kg'],
    ['1,250 kg', DECIMAL_COMMA, '1.25 kg'],
    ['€ 1.299', DECIMAL_COMMA, '€ 1299'],
    ['-1.250', DECIMAL_COMMA, '-1250'],
    ['1.5E+03 g', { ...DECIMAL_POINT, exponents: true }, '1500 g'],
    ['1e-7', { ...DECIMAL_POINT, exponents: true }, '0.0000001'],
  ])('%s', (cell, notation, expected) => {
    expect(toNeutral(cell, notation)).toBe(expected);
  });

  test.each(['8,5 kg', '1.299,00', '12 kg', 'Red', '1.250-1.500 g', '12.05.2024', 'RAL 1.250.1'])(
    'does not change %s',
    (cell) => {
      expect(toNeutral(cell, DECIMAL_COMMA)).toBe(cell);
    },
  );
});

test.each([
  ['en', DECIMAL_POINT],
  ['en-IN', DECIMAL_POINT],
  ['de', DECIMAL_COMMA],
  ['de-CH', DECIMAL_POINT],
  ['fr', DECIMAL_COMMA],
  ['pt-BR', DECIMAL_COMMA],
  ['und', NEUTRAL],
  ['no language', NEUTRAL],
])('notationOf %s', (language, expected) => {
  expect(notationOf(language)).toEqual(expected);
});
