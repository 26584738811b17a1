import { describe, expect, it, test } from 'vitest';
import { detectNotation, inNeutral, isNumeric, notationOf } from '../../src/text/notations.js';
import { DECIMAL_COMMA, DECIMAL_POINT, NEUTRAL } from '../../src/text/numbers.js';

describe('telling a file’s notation', () => {
  const prices = (...cells: string[]) => ({ cells, isPrice: true });
  const others = (...cells: string[]) => ({ cells });

  test.each([
    ['one price of many tells', [prices('1.299', '2.499', '9,50')], DECIMAL_COMMA],
    ['both marks', [prices('1.299,00 €')], DECIMAL_COMMA],
    ['both marks, the other way', [prices('$1,299.00')], DECIMAL_POINT],
    ['several groups', [prices('1.234.567')], DECIMAL_COMMA],
    ['lakhs', [prices('₹1,29,900')], DECIMAL_POINT],
    ['spaces group', [prices('1 299,00 kr')], DECIMAL_COMMA],
    ['prices before other columns', [others('2.0', '5.1'), prices('9,50')], DECIMAL_COMMA],
    ['other columns where no price tells', [prices('1.299'), others('8,5 kg', '12 kg')], DECIMAL_COMMA],
    ['a zero in front is no thousand', [others('0,125 kg')], DECIMAL_COMMA],
  ])('%s', (_, columns, expected) => {
    const usual = expected === DECIMAL_COMMA ? DECIMAL_POINT : DECIMAL_COMMA;
    expect(detectNotation(columns, usual)).toEqual(expected);
  });

  test.each([
    ['nothing tells', [prices('1.299', '5'), others('Red', '12 kg')]],
    ['columns contradict each other', [prices('5'), others('8,5 kg'), others('8.5 kg')]],
    ['a column contradicts itself', [prices('9,50', '9.50')]],
    [
      'dates, versions and codes',
      [others('12.05.2024', '13.05.2024'), others('V2.0', 'V3.1'), others('1.2.3')],
    ],
    ['words with a few numbers', [others('Red', 'Blue', '9,5', 'Green')]],
    ['nothing at all', []],
  ])('falls back to the usual one where %s', (_, columns) => {
    expect(detectNotation(columns, DECIMAL_COMMA)).toEqual(DECIMAL_COMMA);
    expect(detectNotation(columns)).toEqual(NEUTRAL);
  });

  it('takes exponents for numbers where cells have them', () => {
    expect(detectNotation([others('1.5E+03', '900')])).toEqual({ grouping: ',', exponents: true });
  });

  it('knows a column of numbers', () => {
    expect(isNumeric(['8,5 kg', '', '900 g', 'n/a'])).toBe(true);
    expect(isNumeric(['EUR 5', '-3', '½'])).toBe(true);
    expect(isNumeric(['A4', 'B5', '5'])).toBe(false);
    expect(isNumeric(['', ' '])).toBe(false);
  });
});

describe('writing for the neutral rule', () => {
  test.each([
    ['1.250 kg', DECIMAL_COMMA, '1250 kg'],
    ['1,250 kg', DECIMAL_COMMA, '1.25 kg'],
    ['€ 1.299', DECIMAL_COMMA, '€ 1299'],
    ['-1.250', DECIMAL_COMMA, '-1250'],
    ['1.5E+03 g', { ...DECIMAL_POINT, exponents: true }, '1500 g'],
    ['1e-7', { ...DECIMAL_POINT, exponents: true }, '0.0000001'],
  ])('%s', (cell, notation, expected) => {
    expect(inNeutral(cell, notation)).toBe(expected);
  });

  test.each(['8,5 kg', '1.299,00', '12 kg', 'Red', '1.250-1.500 g', '12.05.2024', 'RAL 1.250.1'])(
    '%s stays as it is',
    (cell) => {
      expect(inNeutral(cell, DECIMAL_COMMA)).toBe(cell);
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
])('the notation of %s', (language, expected) => {
  expect(notationOf(language)).toEqual(expected);
});
