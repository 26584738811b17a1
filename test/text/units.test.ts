import { describe, expect, test } from 'vitest';
import type { MeasureAttribute } from '../../src/taxonomy/schema.js';
import { writeMeasure } from '../../src/taxonomy/writeMeasure.js';
import { convert, formatMeasure, UNITS, type Unit, unitOf } from '../../src/text/units.js';

function unit(text: string): Unit {
  const found = unitOf(text);
  if (found === undefined) throw new Error(`no unit ${text}`);
  return found;
}

describe('unitOf', () => {
  test('every spelling belongs to exactly one unit', () => {
    const misread = UNITS.flatMap(({ symbol, spellings }) =>
      spellings
        .filter((spelling) => unitOf(spelling)?.symbol !== symbol)
        .map((spelling) => `${symbol}: ${spelling}`),
    );
    expect(misread).toEqual([]);
    expect(new Set(UNITS.map(({ symbol }) => symbol)).size).toBe(UNITS.length);
  });

  test.each([
    ['"', 'in'],
    ['″', 'in'],
    ['Inches', 'in'],
    ['in.', 'in'],
    ["'", 'ft'],
    ['fl. oz.', 'fl oz'],
    ['FL OZ', 'fl oz'],
    ['LBS', 'lb'],
    ['Gigabytes', 'GB'],
    ['gb', 'GB'],
    ['mbps', 'Mbit/s'],
    ['MB/s', 'MB/s'],
    ['MAH', 'mAh'],
    ['ghz', 'GHz'],
    ['mW', 'mW'],
    ['kw', 'kW'],
    ['pc(s)', 'pcs'],
    ['℃', '°C'],
  ])('%s is %s', (text, symbol) => {
    expect(unitOf(text)?.symbol).toBe(symbol);
  });

  test.each(['', 'G', 'x', 'foo', 'MW', '.', 'of', 'k'])('%s is not a unit', (text) => {
    expect(unitOf(text)).toBeUndefined();
  });
});

describe('convert', () => {
  test.each([
    [1, 'in', 'cm', 2.54],
    [6, 'ft', 'm', 1.8288],
    [2, 'kg', 'lb', 4.40925],
    [1, 'TB', 'GB', 1024],
    [2, 'Ah', 'mAh', 2000],
    [212, '°F', '°C', 100],
    [20, '°C', '°F', 68],
    [2, 'year', 'month', 24],
    [1, 'MB/s', 'Mbit/s', 8],
  ])('%d %s in %s is %d', (value, from, to, expected) => {
    expect(convert(value, unit(from), unit(to))).toBeCloseTo(expected, 4);
  });

  test('units of different dimensions do not convert', () => {
    expect(convert(1, unit('oz'), unit('fl oz'))).toBeUndefined();
    expect(convert(1, unit('W'), unit('VA'))).toBeUndefined();
    expect(convert(30, unit('day'), unit('month'))).toBeUndefined();
  });

  test('converting there and back returns the same value', () => {
    for (const from of UNITS) {
      for (const to of UNITS) {
        const there = convert(3.7, from, to);
        if (there !== undefined) expect(convert(there, to, from)).toBeCloseTo(3.7, 9);
      }
    }
  });
});

describe('formatMeasure and writeMeasure', () => {
  test.each([
    [8, 'GB', '8 GB'],
    [2.5, 'kg', '2.5 kg'],
    [13.3, 'in', '13.3 in'],
    [0.1 + 0.2, 'm', '0.3 m'],
    [33.866666666, 'cm', '33.8667 cm'],
    [0.000123456, 'kg', '0.0001235 kg'],
    [1_500_000, 'pages', '1500000 pages'],
    [0, 'V', '0 V'],
    [-20, '°C', '-20 °C'],
    [50, '%', '50%'],
  ])('%d %s is written %s', (value, symbol, text) => {
    expect(formatMeasure(value, unit(symbol))).toBe(text);
  });

  test('an attribute is written in its own spelling', () => {
    const attribute: MeasureAttribute = {
      id: 'm',
      name: 'M',
      aliases: [],
      multiple: false,
      type: 'number+unit',
    };
    expect(writeMeasure(8, attribute)).toBe(8);
    expect(writeMeasure(8, { ...attribute, unit: 'Gigabytes' })).toBe('8 Gigabytes');
    expect(writeMeasure(8, { ...attribute, unit: 'GB', joined: true })).toBe('8GB');
    expect(writeMeasure(13.3, { ...attribute, unit: '"' })).toBe('13.3"');
    expect(writeMeasure(13.3, { ...attribute, unit: '"', joined: false })).toBe('13.3 "');
  });
});
