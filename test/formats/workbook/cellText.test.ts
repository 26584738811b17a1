import type { CellObject } from '@e965/xlsx';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellText } from '../../../src/formats/workbook/cellText.js';

const number = (v: number, z: string, w = 'as displayed'): CellObject => ({ t: 'n', v, z, w });

describe('the text of a cell', () => {
  it.each<[string, CellObject | undefined, string]>([
    ['a rounded price', number(24.75, '0', '25'), '24.75'],
    ['a long number', number(5012345678900, 'General', '5.01E+12'), '5012345678900'],
    ['a number in scientific format', number(5012345678900, '0.00E+00', '5.01E+12'), '5012345678900'],
    ['a number with 18 digits', number(123456789012345680, '0', '1.23E+17'), '123456789012345680'],
    ['a zero shown as a dash', number(0, '#,##0;-#,##0;-', '-'), '0'],
    ['grouped thousands', number(2500, '#,##0', '2,500'), '2500'],
    ['thousands in a scaled format', number(2500000, '0.0,,"M"', '2.5M'), '2500000'],
    ['a negative number', number(-5.5, '0;(0)', '(6)'), '-5.5'],
    ['noise of binary fractions', number(0.1 + 0.2, 'General', '0.3'), '0.3'],
    ['a very small number', number(0.0000001, 'General', '1E-07'), '0.0000001'],
    ['a padded code', number(42, '00000', '00042'), '00042'],
    ['a code with separators', number(123456789, '000-00-0000', '123-45-6789'), '123-45-6789'],
    ['a fraction in a padded format', number(42.5, '00000', '00043'), '42.5'],
    ['a currency', number(24.5, '#,##0.00 "€"', '24.50 €'), '24.5 €'],
    ['a unit', number(24.55, '0" cm"', '25 cm'), '24.55 cm'],
    ['pieces', number(24, '0" pcs"', '24 pcs'), '24 pcs'],
    ['percent', number(0.155, '0%', '16%'), '15.5%'],
    ['a day', number(46027, 'm/d/yy', '1/5/26'), '2026-01-05'],
    ['a day and a time', number(46027.75, 'm/d/yy', '1/5/26'), '2026-01-05T18:00:00'],
    ['a day shown as a month', number(46027, 'mmm yy', 'Jan 26'), '2026-01-05'],
    ['a day before the day that never was', number(1, 'yyyy-mm-dd'), '1900-01-01'],
    ['the day after it', number(61, 'yyyy-mm-dd'), '1900-03-01'],
    ['a time', number(0.5, 'h:mm', '12:00'), '12:00:00'],
    ['a duration', number(1.5, '[h]:mm', '36:00'), '36:00'],
    ['no day', number(-5, 'yyyy-mm-dd', '####'), '-5'],
    ['a text of digits', { t: 's', v: '007', w: '007' }, '007'],
    ['a text in a date format', { t: 's', v: '5', w: '5', z: 'm/d/yy' }, '5'],
    ['a truth value', { t: 'b', v: true, w: 'TRUE' }, 'TRUE'],
    ['an error', { t: 'e', v: 42, w: '#N/A' }, ''],
    ['a formula', { t: 'n', v: 24.75, f: 'A1*2', z: '0', w: '25' }, '24.75'],
    ['no cell', undefined, ''],
  ])('%s', (_, cell, text) => {
    expect(cellText(cell, false)).toBe(text);
  });

  it('counts days from 1904 if the workbook does', () => {
    expect(cellText(number(44565, 'yyyy-mm-dd'), true)).toBe('2026-01-05');
  });

  it('is every stored number exactly, up to 15 digits', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -(10 ** 14), max: 10 ** 14 }),
        fc.integer({ min: 0, max: 6 }),
        fc.constantFrom('General', '0', '#,##0.00', '0.00E+00', '#,##0;-#,##0;-'),
        (digits, decimals, format) => {
          const value = Number(`${digits}e-${decimals}`);
          const text = cellText(number(value, format), false);
          expect(text).toMatch(/^-?\d+(?:\.\d+)?$/);
          expect(Number(text)).toBe(value);
        },
      ),
    );
  });

  it('is every day as its ISO date', () => {
    fc.assert(
      fc.property(fc.integer({ min: 61, max: 2_958_465 }), (day) => {
        const date = new Date(Date.UTC(1899, 11, 30) + day * 86_400_000);
        expect(cellText(number(day, 'dd.mm.yyyy'), false)).toBe(date.toISOString().slice(0, 10));
      }),
    );
  });
});
