import { readFileSync, writeFileSync } from 'node:fs';
import { read, utils, write } from '@e965/xlsx';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/domain/errors.js';
import { openSource } from '../../../src/formats/source.js';
import { packArchive, unpackArchive } from '../../../src/formats/workbook/zipArchive.js';
import { writeFilled } from '../../../src/formats/writeFilled.js';
import { readNumber } from '../../../src/text/numbers.js';
import { fileOf, outPath } from '../../support/temporaryFolder.js';
import { collect } from '../collect.js';
import { fact } from '../fact.js';

function workbook(): string {
  const sheet = utils.aoa_to_sheet([
    [],
    ['', 'SKU', 'Name', 'Price', 'EAN', 'Made', 'Colour', 'Category'],
    ['', 'A-1', 'Red shirt', 1299.5, 4006381333931, new Date(Date.UTC(2024, 0, 5)), '', 'Shirts'],
    [],
    ['', 7, 'Chair', 12, '', '', 'Blue', ''],
    ['', 'A-1', 'Again', 1, '', '', '', ''],
  ]);
  for (const [cell, format] of [
    ['D3', '#,##0.00 "€"'],
    ['F3', 'yyyy-mm-dd'],
    ['B5', '00000'],
  ] as const) {
    const held: unknown = sheet[cell];
    if (typeof held === 'object' && held !== null) Object.assign(held, { z: format });
  }
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, 'First');
  utils.book_append_sheet(book, utils.aoa_to_sheet([['other', 1]]), 'Second');
  const path = outPath('.xlsx');
  writeFileSync(path, write(book, { type: 'buffer', bookType: 'xlsx' }));
  return path;
}

function cellsOf(path: string, sheet: number): unknown[][] {
  const book = read(readFileSync(path), { cellNF: true });
  return utils.sheet_to_json<unknown[]>(book.Sheets[book.SheetNames[sheet] ?? ''] ?? {}, {
    header: 1,
    raw: false,
    defval: '',
    blankrows: true,
  });
}

/** A workbook of one sheet per table; a cell is a value, or a value with its number format. */
function bookOf(sheets: Readonly<Record<string, readonly (readonly unknown[])[]>>): string {
  const book = utils.book_new();
  for (const [name, rows] of Object.entries(sheets)) {
    const sheet = utils.aoa_to_sheet(
      rows.map((row) => row.map((cell) => (Array.isArray(cell) ? cell[0] : cell))),
    );
    for (const [r, row] of rows.entries()) {
      for (const [c, cell] of row.entries()) {
        if (Array.isArray(cell)) Object.assign(sheet[utils.encode_cell({ r, c })], { z: cell[1] });
      }
    }
    utils.book_append_sheet(book, sheet, name);
  }
  return fileOf('.xlsx', write(book, { type: 'buffer', bookType: 'xlsx' }));
}

describe('the table of a workbook', () => {
  const sheets = {
    Notes: [['Read me first']],
    Lamps: [
      ['Lamps of the spring'],
      ['As of', [46027, 'yyyy-mm-dd']],
      [],
      ['Item No', 'Name', 'Price', 'In stock'],
      ['00042', 'Desk lamp', [24.75, '0'], [0, '0;-0;-']],
    ],
  };

  it.each([
    ['its name', { sheet: 'Lamps' }],
    ['its name in other case', { sheet: ' lamps' }],
    ['its number', { sheet: '2' }],
    ['its number and the row of its header', { sheet: '2', headerRow: 4 }],
  ])('is found by %s, below titles', async (_, options) => {
    const { products, rows } = await collect(bookOf(sheets), options);
    expect(products).toEqual([{ id: '00042', title: 'Desk lamp', price: 24.75, stock: 0 }]);
    expect(rows.map(({ line }) => line)).toEqual([5]);
  });

  it('can have a header that only the options find', async () => {
    const book = bookOf({
      A: [
        ['id', 'name'],
        ['SKU', 'Name', 'Colour'],
        ['7', 'Lamp', 'Red'],
      ],
    });
    const { products } = await collect(book, { headerRow: 2 });
    expect(products).toEqual([{ id: '7', title: 'Lamp', attributes: { color: 'Red' } }]);
  });

  it.each([
    [{ sheet: 'Chairs' }, /has no sheet "Chairs": found Notes, Lamps/],
    [{ sheet: '3' }, /has no sheet "3"/],
    [{ sheet: 'Lamps', headerRow: 3 }, /no names of columns in row 3/],
    [{}, /sheet Notes \(--sheet chooses another: Lamps\)/],
  ])('is missing with %j', async (options, message) => {
    await expect(openSource(bookOf(sheets), options)).rejects.toThrow(message);
  });

  it('is filled in place, and everything else stays', async () => {
    const path = bookOf({
      Notes: [['Read me']],
      Lamps: [
        ['Lamps'],
        ['id', 'name', 'price', 'color', 'made'],
        [[7, '0000'], 'Lamp', [24.75, '0 "€"'], 'n/a', [46027, 'm/d/yy']],
        ['8', 'Other lamp', '2.345,50 €', '', ''],
      ],
    });
    const options = { sheet: 'Lamps' };
    const source = await openSource(path, options);
    const out = outPath('.xlsx');
    await writeFilled(source, out, { added: [], factsOf: () => [fact('attributes.color', 'Red')] });
    const cells = (file: string) => read(readFileSync(file), { cellNF: true }).Sheets.Lamps ?? {};
    const [before, after] = [cells(path), cells(out)];
    for (const at of Object.keys(before).filter((key) => /^[A-Z]/.test(key))) {
      if (at === 'D3' || at === 'D4') continue;
      const { t, v, z, w } = before[at];
      expect(after[at]).toMatchObject({ t, v, z, w });
    }
    expect([after.D3?.v, after.D4?.v]).toEqual(['Red', 'Red']);
    const again = await collect(out, options);
    expect(again.products).toEqual([
      {
        id: '0007',
        title: 'Lamp',
        price: 24.75,
        currency: 'EUR',
        made: '2026-01-05',
        attributes: { color: 'Red' },
      },
      { id: '8', title: 'Other lamp', price: 2345.5, currency: 'EUR', attributes: { color: 'Red' } },
    ]);
  });

  it('has exact number cells among texts in any notation', async () => {
    const number = fc.integer({ min: 1, max: 999_999 }).map((value) => value / 1000);
    await fc.assert(
      fc.asyncProperty(
        fc.array(number, { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        async (values, comma) => {
          const text = comma ? '1.500,5' : '1,500.5';
          const rows = values.map((value, at) => [String(at), value, value, value]);
          const header = ['id', 'price', 'stock', 'weight'];
          const texts = Array.from({ length: 10 }, (_, at) => [`t${at}`, text, text, text]);
          const { products } = await collect(bookOf({ A: [header, ...rows, ...texts] }));
          for (const [at, value] of values.entries()) {
            const product = products[at];
            expect([product?.price, product?.stock]).toEqual([value, value]);
            expect(readNumber(String(product?.attributes?.weight))).toBe(value);
          }
          expect(products.at(-1)).toMatchObject({ price: 1500.5, stock: 1500.5 });
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('a workbook', () => {
  it('is read from its first sheet, with stored numbers and ISO dates', async () => {
    const path = workbook();
    const { rows, products, bad } = await collect(path);
    expect(products).toEqual([
      {
        id: 'A-1',
        title: 'Red shirt',
        price: 1299.5,
        currency: 'EUR',
        gtin: '4006381333931',
        Made: '2024-01-05',
        category: 'Shirts',
      },
      { id: '00007', title: 'Chair', price: 12, attributes: { color: 'Blue' } },
    ]);
    expect(rows.map(({ line }) => line)).toEqual([3, 5, 6]);
    expect(bad).toMatchObject([{ line: 6, field: 'id', id: 'A-1' }]);
  });

  it('is written back with filled blanks and the same rows, columns and other sheets', async () => {
    const path = workbook();
    const out = outPath('.xlsx');
    const result = await writeFilled(await openSource(path), out, {
      added: ['attributes.fit'],
      factsOf: (product) => [
        fact('attributes.color', 'Red'),
        fact('category', 'Chairs'),
        ...(product.id === 'A-1' ? [fact('attributes.fit', 'Slim')] : []),
      ],
    });
    expect(result).toEqual({ rows: 3, filled: 3 });
    const before = cellsOf(path, 0).map((cells) => [...cells, '']);
    const expected = before.map((cells) => [...cells]);
    const set = (row: number, column: number, value: string): void => {
      const cells = expected[row];
      if (cells !== undefined) cells[column] = value;
    };
    set(1, 8, 'fit');
    set(2, 6, 'Red');
    set(2, 8, 'Slim');
    set(4, 7, 'Chairs');
    expect(cellsOf(out, 0)).toEqual(expected);
    expect(cellsOf(out, 1)).toEqual(cellsOf(path, 1));
  });

  it('is recognised by its content, whatever its name', async () => {
    const path = fileOf('.csv', readFileSync(workbook()));
    expect((await openSource(path)).format).toBe('xlsx');
  });

  it('that can be read but not written is refused with a UserError', async () => {
    const parts = await unpackArchive(workbook());
    const name = 'xl/workbook.xml';
    parts.set(name, Buffer.from(parts.get(name)?.toString().replace('Second', 'S'.repeat(40)) ?? ''));
    const source = await openSource(fileOf('.xlsx', packArchive(parts)));
    const out = outPath('.xlsx');
    const filling = { added: ['attributes.fit'], factsOf: () => [fact('attributes.fit', 'Slim')] };
    await expect(writeFilled(source, out, filling)).rejects.toThrow(UserError);
    await expect(writeFilled(source, outPath('.csv'), filling)).resolves.toMatchObject({ rows: 3 });
  });

  it('that is not valid is refused', async () => {
    await expect(openSource(fileOf('.xlsx', 'PK\x03\x04 not a workbook'))).rejects.toThrow(
      /cannot be read as a workbook/,
    );
  });
});

it('gives a cell that is merged over rows to each of them, but to no blank row and from no title', async () => {
  const sheet = utils.aoa_to_sheet([
    ['Spring offers', '', '', ''],
    ['SKU', 'Name', 'Category', 'Colour'],
    ['A', 'Shears', 'Garden > Shears', 'red'],
    ['B', 'Loppers', '', ''],
    ['C', 'Rake', '', 'blue'],
    ['D', 'Hoe', 'Garden > Hoes', ''],
    ['', '', '', ''],
    ['E', 'Spade', '', ''],
  ]);
  sheet['!merges'] = ['A1:D1', 'A1:A2', 'C3:C5', 'C6:C8', 'D3:D4'].map(utils.decode_range);
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, 'First');
  const path = outPath('.xlsx');
  writeFileSync(path, write(book, { type: 'buffer', bookType: 'xlsx' }));
  const { products, bad } = await collect(path);
  expect(bad).toEqual([]);
  expect(products.map(({ id, category, attributes }) => [id, category, attributes?.color])).toEqual([
    ['A', 'Garden > Shears', 'red'],
    ['B', 'Garden > Shears', 'red'],
    ['C', 'Garden > Shears', 'blue'],
    ['D', 'Garden > Hoes', undefined],
    ['E', 'Garden > Hoes', undefined],
  ]);
});
