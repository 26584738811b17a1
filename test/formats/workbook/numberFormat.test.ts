import { describe, expect, it } from 'vitest';
import { parseNumberFormat } from '../../../src/formats/workbook/numberFormat.js';

describe('a number format', () => {
  it.each([
    ['General', 'number'],
    ['@', 'number'],
    ['#,##0.00', 'number'],
    ['0.00E+00', 'number'],
    ['# ?/?', 'number'],
    ['[Red]-#,##0;[Blue]0', 'number'],
    ['#,##0;-#,##0;-', 'number'],
    ['0 "days"', 'number'],
    ['0\\ \\d\\a\\y\\s', 'number'],
    ['0.0%', 'percent'],
    ['m/d/yy', 'date'],
    ['yyyy-mm-dd', 'date'],
    ['dd.mm.yyyy hh:mm', 'date'],
    ['[$-407]d. mmmm yyyy;@', 'date'],
    ['[$-F800]dddd, mmmm dd, yyyy', 'date'],
    ['mmm', 'date'],
    ['h:mm AM/PM', 'time'],
    ['mm:ss.0', 'time'],
    ['[h]:mm:ss', 'elapsed'],
    ['[mm]', 'elapsed'],
  ])('%s is a %s', (format, kind) => {
    expect(parseNumberFormat(format).kind).toBe(kind);
  });

  it.each(['00000', '000-00-0000', '"SKU "000', '(000) 000-0000', '00'])('%s keeps zeros', (format) => {
    expect(parseNumberFormat(format).isPadded).toBe(true);
  });

  it.each(['0', '0.00', '#00', '0,000', '00.0', 'General', '0%'])('%s does not', (format) => {
    expect(parseNumberFormat(format).isPadded).toBe(false);
  });

  it.each([
    ['#,##0.00 "€"', '€'],
    ['_-* #,##0.00\\ [$€-407]_-;-* #,##0.00\\ [$€-407]_-', '€'],
    ['[$CHF-807] #,##0.00', 'CHF'],
    ['$#,##0.00', '$'],
    ['[$NZ$-1409]#,##0.00', 'NZ$'],
    ['0.0" cm"', 'cm'],
    ['0.0\\ \\k\\g', 'kg'],
    ['0" pcs"', 'pcs'],
    ['"Art. "0', ''],
    ['0" left"', ''],
    ['[$-409]0.00', ''],
  ])('%s has the unit %j', (format, unit) => {
    expect(parseNumberFormat(format).unit).toBe(unit);
  });
});
