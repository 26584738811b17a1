import { describe, expect, it } from 'vitest';
import { findHeader } from '../../../src/formats/layout/findHeader.js';

describe('findHeader', () => {
  it.each([
    [
      'the first row',
      [
        ['id', 'title'],
        ['1', 'Lamp'],
      ],
      0,
    ],
    ['a title of one cell', [['Price list'], ['id', 'title'], ['1', 'Lamp']], 1],
    [
      'titles of several cells',
      [
        ['Shop', 'Lamps & Co'],
        ['As of', '2026-01-05', ''],
        ['SKU', 'Name', 'Price'],
      ],
      2,
    ],
    ['names in another language', [['Preisliste'], ['Artikelnummer', 'Bezeichnung', 'Preis']], 1],
    ['one known name below a narrow title', [['Lamps'], ['Reference', 'Watt', 'Socket']], 1],
    ['unknown names below a title', [['Lamps'], ['Nr', 'Watt', 'Socket'], ['1', '5', 'E27']], 1],
    [
      'unknown names in the first row',
      [
        ['Nr', 'Watt'],
        ['1', '5'],
        ['2', '7'],
      ],
      0,
    ],
    ['a single column', [['id'], ['1'], ['2']], 0],
    ['nothing', [], 0],
  ])('finds %s', (_, rows, expected) => {
    expect(findHeader(rows, undefined)).toBe(expected);
  });

  it('does not take a row of values for the header', () => {
    expect(
      findHeader(
        [
          ['id', 'Watt', 'name'],
          ['sku', '5', 'title'],
        ],
        undefined,
      ),
    ).toBe(0);
  });

  it('knows the names of --map', () => {
    const rows = [
      ['Lamps', '2026'],
      ['Nr', 'Lampe', 'Watt'],
      ['1', 'A', '5'],
    ];
    expect(findHeader(rows, { id: 'Nr', title: 'Lampe' })).toBe(1);
  });
});
