import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoryColumn } from '../../../src/formats/layout/categoryColumn.js';
import { listColumn } from '../../../src/formats/layout/listColumn.js';
import { workbookOf } from '../../../src/formats/workbook/fillWorkbook.js';
import { fileOf } from '../../support/temporaryFolder.js';
import { collect } from '../collect.js';

function read(cells: readonly string[]): (string | string[])[] {
  return cells.map(listColumn(cells));
}

describe('listColumn', () => {
  it.each([',', ';', '|', '/', ', ', ' / '])('splits at %j where parts occur alone', (separator) => {
    const cells = ['Oak', `Ash${separator}Oak`, 'ash', `Elm${separator}oak`];
    expect(read(cells)).toEqual(['Oak', ['Ash', 'Oak'], 'ash', ['Elm', 'oak']]);
  });

  it('splits by values that only JSON arrays or other separators show alone', () => {
    expect(read(['["Oak","Ash"]', 'Oak, Ash', 'Ash; Elm', 'Elm/Fir'])).toEqual([
      ['Oak', 'Ash'],
      ['Oak', 'Ash'],
      ['Ash', 'Elm'],
      ['Elm', 'Fir'],
    ]);
  });

  it('takes an escaped separator for the sign of a list', () => {
    expect(read(['Red\\, bright, Blue', 'Lime\\, dark'])).toEqual([['Red, bright', 'Blue'], 'Lime, dark']);
  });

  it.each([
    [['Machine wash, tumble dry', 'Do not bleach, iron cool']],
    [['1,5', '2,5', '1', '5']],
    [['1/2', '1', '2', '3/4']],
    [['1,234', '1', '234']],
    [['Paris', 'Paris, France', 'Lyon, France']],
    [['Cotton', 'Cotton, washed twice, dyed in the yarn']],
    [['n/a', 'w/o lid']],
    [['Tea &amp; milk', 'Tea &amp']],
    [['<b>Oak</b>', 'Oak', 'b>']],
  ])('leaves %j', (cells) => {
    expect(read(cells)).toEqual(cells);
  });

  it('gives back any lists of words that occur alone', () => {
    const word = fc.constantFrom('Oak', 'Ash', 'Elm', 'Red pine', 'Fir');
    const list = fc.uniqueArray(word, { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(
        fc.array(list, { minLength: 1 }),
        fc.constantFrom(', ', ';', '|', ' / '),
        (lists, separator) => {
          const alone = [...new Set(lists.flat())];
          const split = listColumn([...alone, ...lists.map((parts) => parts.join(separator))]);
          for (const parts of lists) expect(split(parts.join(separator))).toEqual(parts);
          for (const one of alone) expect(split(one)).toBe(one);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('categoryColumn', () => {
  const categories = (cells: readonly string[]): string[][] =>
    cells.map((cell) => categoryColumn(cells).read(cell));

  it.each([
    [
      ['Garden > Pots, Garden > Gifts', 'Gifts > Small'],
      [['Garden > Pots', 'Garden > Gifts'], ['Gifts > Small']],
    ],
    [
      ['Garden > Pots | Gifts', 'Garden'],
      [['Garden > Pots', 'Gifts'], ['Garden']],
    ],
    [['Garden > Pots;Gifts'], [['Garden > Pots', 'Gifts']]],
    [
      ['Pots, Gifts', 'Pots', 'Gifts'],
      [['Pots', 'Gifts'], ['Pots'], ['Gifts']],
    ],
    [['Home > Lamps\\, Shades, Sale'], [['Home > Lamps, Shades', 'Sale']]],
    [['["Garden > Pots","Gifts"]'], [['Garden > Pots', 'Gifts']]],
    [
      ['["Garden","Pots"]', "['Garden >> Pots']"],
      [['Garden > Pots'], ['Garden >> Pots']],
    ],
    [['Tea &amp; Co &gt; Cups | Gifts'], [['Tea &amp; Co &gt; Cups', 'Gifts']]],
  ])('reads %j', (cells, expected) => {
    expect(categories(cells)).toEqual(expected);
  });

  it.each([
    [['Beauty > Perfume, Cologne & Mist > Unisex', 'Beauty']],
    [['Home/Rugs', 'Home', 'Rugs']],
    [['Garden | Pots | Clay']],
    [['Nuts, bolts', 'Screws, washers']],
  ])('leaves %j', (cells) => {
    expect(categories(cells)).toEqual(cells.map((cell) => [cell]));
  });
});

describe('lists in files', () => {
  const header = ['id', 'Category', 'Wood', 'Care'];
  const rows = [
    ['1', 'Garden > Pots, Gifts', 'Oak, Ash', 'light, strong'],
    ['2', 'Gifts > Small', 'Ash', 'heavy'],
    ['3', 'Garden', '', 'old, dry'],
  ];
  const csv = [header, ...rows].map((cells) => cells.map((cell) => `"${cell}"`).join(',')).join('\n');
  const jsonl = rows
    .map(([id, category, Wood, Care]) => JSON.stringify({ id, category, attributes: { Wood, Care } }))
    .join('\n');
  it.each([
    ['.csv', csv],
    ['.xlsx', workbookOf([header, ...rows])],
    ['.jsonl', jsonl],
  ])('become values in %s', async (ending, content) => {
    const { products, rows: read } = await collect(fileOf(ending, content));
    expect(products).toEqual([
      {
        id: '1',
        category: 'Garden > Pots',
        categories: ['Garden > Pots', 'Gifts'],
        attributes: { Wood: ['Oak', 'Ash'], Care: 'light, strong' },
      },
      { id: '2', category: 'Gifts > Small', attributes: { Wood: 'Ash', Care: 'heavy' } },
      { id: '3', category: 'Garden', attributes: { Care: 'old, dry' } },
    ]);
    // So that an import forgets the categories of an earlier file.
    expect(read[1]).toMatchObject({ cleared: ['categories'] });
  });
});
