import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/domain/errors.js';
import { openSource } from '../../../src/formats/source.js';
import { quoteCell } from '../../../src/formats/table/cells.js';
import { writeFilled } from '../../../src/formats/writeFilled.js';
import { fileOf, outPath } from '../../support/temporaryFolder.js';
import { brokenCatalog } from '../brokenCatalog.js';
import { collect } from '../collect.js';
import { fact } from '../fact.js';

const HEADER = 'id,title,price,color';

describe('a table below titles', () => {
  const table = 'Artikelnummer;Bezeichnung;Preis;Bestand\r\n007;Lampe;"24,50";1.500\r\n';

  it.each([
    ['a line', 'Preisliste 2026\r\n'],
    ['lines with delimiters', 'Lampen;;;\r\nStand;01.05.2026;;\r\n;;;\r\n'],
    ['lines with other delimiters', 'Lampen, Stühle, Tische und mehr\r\nStand: 1.5.2026\r\n\r\n'],
    ['a stated delimiter', 'sep=;\r\nLampen\r\n'],
    ['nothing', ''],
  ])('is found: %s', async (_, titles) => {
    const path = fileOf('.csv', titles + table);
    const { products } = await collect(path);
    expect(products).toEqual([{ id: '007', title: 'Lampe', price: 24.5, stock: 1500 }]);
    const out = outPath('.csv');
    await writeFilled(await openSource(path), out, { added: ['attributes.color'], factsOf: () => [] });
    const written = readFileSync(out, 'utf8');
    expect(written.startsWith(titles)).toBe(true);
    expect(written.slice(titles.length)).toBe(
      table.replace('Bestand', 'Bestand;color').replace('1.500', '1.500;'),
    );
  });

  it('has the header that --header-row names', async () => {
    const path = fileOf('.csv', 'id,name\nnr|lamp|watt\n7|Desk|5\n');
    const options = { headerRow: 2, map: { id: 'nr', title: 'lamp' } };
    expect((await collect(path, options)).products).toEqual([
      { id: '7', title: 'Desk', attributes: { watt: '5' } },
    ]);
    await expect(openSource(path, { headerRow: 9 })).rejects.toThrow(/no header on line 9.*--header-row/);
    await expect(openSource(path, { sheet: '1' })).rejects.toThrow(/--sheet names a sheet of a workbook/);
  });
});

describe('a table with placeholders', () => {
  const text = 'id,title,price,color,weight,gtin\nnull,-,$ -,#N/A,n/a,"5,0123E+12"\n1,Lamp,5,Red,1 kg,\n';

  it('has blank cells for them, and fills them', async () => {
    const path = fileOf('.csv', text);
    const { rows } = await collect(path);
    expect(rows[0]).toMatchObject({
      product: { id: 'null' },
      cleared: ['title', 'price', 'gtin', 'attributes.color', 'attributes.weight'],
      unreadable: [{ field: 'gtin' }],
      record: { title: '-', color: '#N/A' },
    });
    const out = outPath('.csv');
    await writeFilled(await openSource(path), out, {
      added: [],
      factsOf: () => [fact('attributes.color', 'Blue'), fact('attributes.weight', '2 kg')],
    });
    expect(readFileSync(out, 'utf8')).toBe(text.replace('#N/A,n/a', 'Blue,2 kg'));
  });

  it('keeps them if the list is empty', async () => {
    const { products } = await collect(fileOf('.csv', text), { placeholders: [] });
    expect(products[0]).toMatchObject({ title: '-', attributes: { color: '#N/A', weight: 'n/a' } });
  });
});

describe('a table', () => {
  it('reads products with their lines and unchanged cells', async () => {
    const { rows } = await collect(
      fileOf('.csv', `${HEADER}\n1,Red shirt,"1,299.00 USD",red\n\n2," Two\nlines ",,\n,,,\n`),
    );
    expect(rows).toEqual([
      {
        kind: 'product',
        line: 2,
        product: { id: '1', title: 'Red shirt', price: 1299, currency: 'USD', attributes: { color: 'red' } },
        original: { id: '1', title: 'Red shirt', price: 1299, currency: 'USD', attributes: { color: 'red' } },
        cleared: [],
        unreadable: [],
        record: { id: '1', title: 'Red shirt', price: '1,299.00 USD', color: 'red' },
      },
      {
        kind: 'product',
        line: 4,
        product: { id: '2', title: ' Two\nlines ' },
        original: { id: '2', title: ' Two\nlines ' },
        cleared: ['price', 'attributes.color'],
        unreadable: [],
        record: { id: '2', title: ' Two\nlines ', price: '', color: '' },
      },
    ]);
  });

  it('reads back any cells', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', '"', ',', ';', '\t', '\n', '\r\n', ' ', 'é', '赤', '😀', '|'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom('utf8', 'utf-16le', 'utf8 with mark'),
        async (cells, delimiter, ending, encoding) => {
          const written = cells.map((row, at) => [`p${at}`, ...row, 'end']);
          const text = [['id', 'note a', 'note b', 'note c', 'last'], ...written]
            .map((row) => row.map((value) => quoteCell(value, delimiter)).join(delimiter) + ending)
            .join('');
          const bytes = iconv.encode(text, encoding === 'utf-16le' ? encoding : 'utf8', {
            addBOM: encoding !== 'utf8',
          });
          const { rows } = await collect(fileOf('.csv', bytes));
          expect(rows.map((row) => Object.values(row.record ?? {}))).toEqual(written);
        },
      ),
      { numRuns: 100 },
    );
  });

  for (const [name, bytes] of [
    ['a byte order mark', Buffer.from('\uFEFFid;title;price\r\n1;Größe;9,50\r\n')],
    ['UTF-16', iconv.encode('id\ttitle\tprice\r\n1\tGröße\t9,50\r\n', 'utf-16le', { addBOM: true })],
    ['windows-1252', iconv.encode('id;title;price\r\n1;Größe;9,50\r\n', 'windows-1252')],
    ['pipes', Buffer.from('id|title|price\n1|Größe|9,50\n')],
    ['gzip', gzipSync(Buffer.from('id,title,price\n1,Größe,"9,50"\n'))],
    ["Excel's sep line", Buffer.from('sep=;\r\nid;title;price\r\n1;Größe;9,50\r\n')],
    ['lone carriage returns', Buffer.from('id;title;price\r1;Größe;9,50\r')],
    ['no line break at the end', Buffer.from('id;title;price\n1;Größe;9,50')],
  ] as const) {
    it(`is read with ${name}`, async () => {
      const { products, bad } = await collect(fileOf('.csv', bytes));
      expect(bad).toEqual([]);
      expect(products).toEqual([{ id: '1', title: 'Größe', price: 9.5 }]);
    });
  }

  it('quarantines the 40 broken rows of 300 and no others, whatever their positions', async () => {
    const places = fc.uniqueArray(fc.integer({ min: 2, max: 300 }), { minLength: 40, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(places, fc.nat(9), fc.constantFrom('\n', '\r\n'), async (broken, first, ending) => {
        const catalog = brokenCatalog(new Set(broken), first, ending);
        const { products, bad } = await collect(fileOf('.csv', catalog.content));
        expect(products.map(({ id }) => id)).toEqual(catalog.goodIds);
        expect(bad.map(({ line }) => line)).toEqual(catalog.badLines);
      }),
      { numRuns: 60 },
    );
  });

  it('reports line, field and reason of each bad row', async () => {
    const content = `${HEADER}\n1,a,1,x\n2,"open,2,x\n4,d\n1,e,1,x\n,f,1,x\n`;
    const { bad } = await collect(fileOf('.csv', content));
    expect(bad.map(({ line, field, reason, text, id }) => ({ line, field, reason, text, id }))).toEqual([
      {
        line: 3,
        field: '',
        reason: 'the quote that opens cell 2 is never closed',
        text: '2,"open,2,x',
        id: '2',
      },
      { line: 4, field: '', reason: '2 cells where the header has 4', text: '4,d', id: '4' },
      {
        line: 5,
        field: 'id',
        reason: 'the id "1" is already on line 2; every product needs an id of its own',
        text: '1,e,1,x',
        id: '1',
      },
      {
        line: 6,
        field: 'id',
        reason: 'missing or empty; every product needs an id of its own',
        text: ',f,1,x',
        id: undefined,
      },
    ]);
  });

  it('keeps a row with a cell that cannot be read, which counts as blank', async () => {
    const content = 'id,title,price,stock\n1,a,cheap,10+\n2,b,-4,sold out\n3,c,2.50,7\n';
    const { rows, products, bad } = await collect(fileOf('.csv', content));
    expect(bad).toEqual([]);
    expect(products).toEqual([
      { id: '1', title: 'a' },
      { id: '2', title: 'b', availability: 'sold out' },
      { id: '3', title: 'c', price: 2.5, stock: 7 },
    ]);
    expect(rows).toMatchObject([
      {
        cleared: ['price', 'stock'],
        unreadable: [
          { field: 'price', reason: 'expected a price such as 1299.00 or €1.299,00, found "cheap"' },
          { field: 'stock', reason: 'expected a number, found "10+"' },
        ],
      },
      {
        cleared: ['price', 'stock'],
        unreadable: [{ field: 'price', reason: expect.stringContaining('"-4"') }],
      },
      { cleared: [], unreadable: [] },
    ]);
  });

  it('reports a multi-line row with text after its closing quote as one bad row', async () => {
    const { products, bad } = await collect(fileOf('.csv', `${HEADER}\n1,"two\nlines" more,1,x\n2,b,2,y\n`));
    expect(bad.map(({ line, text }) => [line, text])).toEqual([[2, '1,"two\nlines" more,1,x']]);
    expect(products.map(({ id }) => id)).toEqual(['2']);
  });

  it('recovers from a quote that stays open until the end of the file', async () => {
    const rows = Array.from({ length: 50 }, (_, at) => `${at},Chair ${at},5,red`);
    rows[20] = '20,"Chair 20,5,red';
    const { products, bad } = await collect(fileOf('.csv', `${HEADER}\n${rows.join('\n')}`));
    expect(products.length).toBe(49);
    expect(bad.map(({ line }) => line)).toEqual([22]);
  });

  it('recovers if a later quote closes an open one by chance', async () => {
    const rows = '1,a,1,x\n2,"open,2,x\n3,b,3,5"\n4,c,4,y\n';
    const { products, bad } = await collect(fileOf('.csv', `${HEADER}\n${rows}`));
    expect(products.map(({ id }) => id)).toEqual(['1', '3', '4']);
    expect(bad.map(({ line }) => line)).toEqual([3]);
  });

  it('allows blank cells beyond the header and missing cells of unnamed columns', async () => {
    const { products, bad } = await collect(fileOf('.csv', 'id,title,\n1,a\n2,b,\n3,c,,,\n4,d,,,x\n'));
    expect(products.map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(bad.map(({ line }) => line)).toEqual([5]);
  });

  it('reads quotes in a TSV without quoting as ordinary characters', async () => {
    const { products, bad } = await collect(
      fileOf('.tsv', 'id\ttitle\tcolor\n1\t"Big" chair\tred\n2\t"quoted\ttab"\tblue\n3\t"open\tgreen\n'),
    );
    expect(bad).toEqual([]);
    expect(products.map(({ title }) => title)).toEqual(['"Big" chair', 'quoted\ttab', '"open']);
  });

  it('quarantines a line of more than 10 MB', async () => {
    const { products, bad } = await collect(
      fileOf('.csv', `${HEADER}\n1,a,1,x\n2,${'b'.repeat(11 * 1024 * 1024)},1,x\n3,c,1,x\n`),
    );
    expect(products.map(({ id }) => id)).toEqual(['1', '3']);
    expect(bad.map(({ line, reason, text }) => [line, reason, text.length])).toEqual([
      [3, 'the line is longer than 10 MB', 2000],
    ]);
  });

  it('counts the bytes of a pass', async () => {
    const path = fileOf('.csv.gz', gzipSync(Buffer.from(`${HEADER}\n1,a,1,x\n`)));
    const source = await openSource(path);
    expect(source.gzip).toBe(true);
    expect(source.bytesRead()).toBe(0);
    for (let pass = 0; pass < 2; pass++) {
      for await (const row of source.rows()) expect(row.kind).toBe('product');
      expect(source.bytesRead()).toBe(source.bytes);
    }
  });

  it('reports the id of a row that cannot be split, if there is no quote before it', async () => {
    const { bad } = await collect(
      fileOf('.csv', 'x,id,title\na,1,good\nb, 2 ,"never closed\n"c,3,x\nd,"4" x,y\ne,5\n'),
    );
    expect(bad.map(({ line, id }) => [line, id])).toEqual([
      [3, '2'],
      [4, undefined],
      [5, undefined],
      [6, '5'],
    ]);
  });

  it('reports a missing header, a missing id column and truncation', async () => {
    const message = async (content: string | Buffer, ending = '.csv'): Promise<string> => {
      const failure: unknown = await collect(fileOf(ending, content)).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(UserError);
      return failure instanceof Error ? failure.message : '';
    };
    expect(await message('')).toMatch(/is empty: expected a first line with the names of the columns/);
    expect(await message('query,count\na,1\n')).toMatch(
      /no column that holds an id \(found query, count\).*--map id=query\./,
    );
    expect(await message('id,"title\n1,a\n')).toMatch(/has no complete header/);
    expect(await message(gzipSync(Buffer.from(`${HEADER}\n`)).subarray(0, -6), '.csv.gz')).toMatch(
      /cannot be unpacked/,
    );
  });
});
