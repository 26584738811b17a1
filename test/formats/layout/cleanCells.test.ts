import { describe, expect, it } from 'vitest';
import { cellCleaner } from '../../../src/formats/layout/cleanCells.js';
import { Placeholders } from '../../../src/text/placeholders.js';

describe('clean cells', () => {
  const fields = [
    'id',
    'title',
    'price',
    'stock',
    'availability',
    'attributes.weight',
    'attributes.fit',
    undefined,
  ];
  const sample = [
    ['1', 'Lamp', '24,50', '5', '', '1,5 kg', 'Slim', ''],
    ['2', 'Chair', '9,90', '7', '', '2 kg', 'Wide', ''],
  ];
  const clean = cellCleaner(sample, new Placeholders(), true).forFields(fields);

  it('are blank for placeholders, except in ids', () => {
    expect(clean(['null', '-', '$ -', '--', 'n/a', '#N/A', 'N.A.', '-'])).toEqual([
      'null',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
    ]);
  });

  it('are blank for words that mean no number only where the column holds numbers', () => {
    expect(clean(['none', 'None', 'none', 'NaN', 'None', 'none', 'None', ''])).toEqual([
      'none',
      'None',
      '',
      '',
      'None',
      '',
      'None',
      '',
    ]);
  });

  it('keep words about availability', () => {
    const cells = ['1', 'Lamp', '5', 'not available', 'Not available', '', '', ''];
    expect(clean(cells)).toBe(cells);
    expect(clean(['1', 'not available', '', '', '', '', '', ''])[1]).toBe('');
  });

  it('lose what keeps text as text, in every column', () => {
    expect(clean(["'007", '="00123"', "'5,50", "'-1", "'=x", '\t2,5', "'-slim", '="x"'])).toEqual([
      '007',
      '00123',
      '5,50',
      '-1',
      '=x',
      '2,5',
      '-slim',
      'x',
    ]);
  });

  it('keep the formula guard if the file has none', () => {
    const unguarded = cellCleaner(sample, new Placeholders(), false).forFields(fields);
    expect(unguarded(["'007", "'=x", '', '', '', '', '', ''])).toEqual([
      '007',
      "'=x",
      '',
      '',
      '',
      '',
      '',
      '',
    ]);
  });

  it('lose an apostrophe that a program wrote before all values of a column', () => {
    const rows = [
      ["'AB-1", "'Tis a lamp"],
      ["'AB-2", 'Chair'],
      ["'AB-3", 'Table'],
      ["'AB-4", "Rock 'n' roll"],
    ];
    const cleaner = cellCleaner(rows, new Placeholders(), true);
    expect(cleaner.sample.map(([first]) => first)).toEqual(['AB-1', 'AB-2', 'AB-3', 'AB-4']);
    expect(cleaner.forFields(['id', 'title'])(["'AB-9", "'Tis late"])).toEqual(['AB-9', "'Tis late"]);
  });
});
