import { readFileSync, writeFileSync } from 'node:fs';
import { read, utils, write } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/domain/errors.js';
import { openSource } from '../../../src/formats/source.js';
import { packArchive, unpackArchive } from '../../../src/formats/workbook/zipArchive.js';
import { writeFilled } from '../../../src/formats/writeFilled.js';
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
