import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { openSource } from '../../../src/formats/source.js';
import { writeFilled } from '../../../src/formats/writeFilled.js';
import { fileOf, outPath } from '../../support/temporaryFolder.js';
import { collect } from '../collect.js';
import { fact } from '../fact.js';

describe('JSONL', () => {
  it('reads products with their unchanged objects', async () => {
    const { rows } = await collect(
      fileOf('.jsonl', '{"id":1,"title":"Größe","extra":[1]}\r\n\r\n  {"id":"2"}'),
    );
    expect(rows).toEqual([
      {
        kind: 'product',
        line: 1,
        product: { id: '1', title: 'Größe', extra: [1] },
        original: { id: '1', title: 'Größe', extra: [1] },
        cleared: [],
        unreadable: [],
        record: { id: 1, title: 'Größe', extra: [1] },
      },
      {
        kind: 'product',
        line: 3,
        product: { id: '2' },
        original: { id: '2' },
        cleared: [],
        unreadable: [],
        record: { id: '2' },
      },
    ]);
  });

  it('reads strings as tables are read: prices, numbers in the notation of the file, placeholders', async () => {
    const file = fileOf(
      '.jsonl',
      [
        '{"id":"null","price":"€ 2.345,50","stock":"1.500","brand":"N/A","attributes":{"weight":"2.500 kg","color":"-"}}',
        '{"id":"b","price":"75,-","currency":"CHF","stock":"-","tags":["a","n/a"],"attributes":{"weight":"none","color":["Red","#N/A"]}}',
        '{"id":"c","price":2.345,"attributes":{"weight":"9,5 kg","fit":"None"}}',
      ].join('\n'),
    );
    const { rows, products } = await collect(file);
    expect(products).toEqual([
      { id: 'null', price: 2345.5, currency: 'EUR', stock: 1500, attributes: { weight: '2500 kg' } },
      { id: 'b', price: 75, currency: 'CHF', tags: ['a'], attributes: { color: ['Red'] } },
      { id: 'c', price: 2.345, attributes: { weight: '9,5 kg', fit: 'None' } },
    ]);
    expect(rows[0]).toMatchObject({ cleared: ['brand', 'attributes.color'], unreadable: [] });
    const out = outPath('.jsonl');
    const facts = { added: [], factsOf: () => [fact('attributes.color', 'Blue')] };
    await writeFilled(await openSource(file), out, facts);
    const colors = readFileSync(out, 'utf8').matchAll(/"color":([^}]*)\}/g);
    expect([...colors].map(([, color]) => color)).toEqual(['"Blue"', '["Red","#N/A"]', '"Blue"']);
  });

  it('quarantines bad lines and no others', async () => {
    const lines: (string | Buffer)[] = [
      '{"id":"1"}',
      'not json',
      '{"id":"2"',
      '[1,2]',
      '42',
      '{"title":"no id"}',
      '{"id":""}',
      '{"id":"1","title":"again"}',
      Buffer.concat([Buffer.from('{"id":"5","title":"'), Buffer.from([0xff]), Buffer.from('"}')]),
      '{"id":"6","title":"\0"}',
      `{"id":"7","title":"${'x'.repeat(11 * 1024 * 1024)}"}`,
      '{"id":"8"}',
    ];
    const content = Buffer.concat(lines.flatMap((line) => [Buffer.from(line), Buffer.from('\n')]));
    const { products, bad } = await collect(fileOf('.jsonl', content));
    expect(products.map(({ id }) => id)).toEqual(['1', '8']);
    expect(bad.map(({ line, field }) => [line, field])).toEqual([
      [2, ''],
      [3, ''],
      [4, ''],
      [5, ''],
      [6, 'id'],
      [7, 'id'],
      [8, 'id'],
      [9, ''],
      [10, ''],
      [11, ''],
    ]);
    expect(bad[0]?.reason).toMatch(/^not JSON: /);
    expect(bad[6]?.reason).toBe('the id "1" is already on line 1; every product needs an id of its own');
    expect(bad.every(({ text }) => text.length <= 2000)).toBe(true);
    expect(bad[6]?.id).toBe('1');
  });

  it('keeps a row with values that cannot be read, which count as blank', async () => {
    const rows = [
      { id: '3', title: { en: 'x' }, price: 'dear', attributes: { color: { x: 1 }, size: 'M', fit: null } },
      { id: '4', attributes: ['red'], brand: null },
      { id: '5', attributes: null, note: null },
    ];
    const { rows: read } = await collect(fileOf('.jsonl', rows.map((row) => JSON.stringify(row)).join('\n')));
    expect(read).toMatchObject([
      {
        product: { id: '3', attributes: { size: 'M' } },
        cleared: ['title', 'price', 'attributes.color', 'attributes.fit'],
        unreadable: [{ field: 'title' }, { field: 'price' }, { field: 'attributes.color' }],
      },
      { product: { id: '4' }, cleared: ['brand'], unreadable: [{ field: 'attributes' }] },
      { product: { id: '5' }, cleared: ['attributes', 'note'], unreadable: [] },
    ]);
  });

  it('is read with gzip, with a byte order mark, and as UTF-16', async () => {
    for (const bytes of [
      gzipSync(Buffer.from('{"id":"ä"}\n')),
      Buffer.from('\uFEFF{"id":"ä"}\n'),
      iconv.encode('{"id":"ä"}\n', 'utf-16le', { addBOM: true }),
    ]) {
      expect((await collect(fileOf('.jsonl', bytes))).products).toEqual([{ id: 'ä' }]);
    }
  });

  it('reads blank attributes as absent', async () => {
    const { products } = await collect(
      fileOf('.jsonl', '{"id":"1","attributes":{"color":" ","sizes":["\\t"],"fit":"Slim"}}\n'),
    );
    expect(products).toEqual([{ id: '1', attributes: { fit: 'Slim' } }]);
  });

  it.each([
    ['sku', ['{"sku":"A1","name":"Mug"}', '{"sku":"A2","name":"Jug","gtin":"1"}']],
    ['product_id', ['{"sku":"A1","product_id":7}', '{"name":"Jug"}', '[1]']],
    ['ASIN', ['{"ASIN":"B0","handle":"mug"}']],
    ['Handle', ['{"Title":"Mug","Handle":"mug"}']],
    ['ID', ['{"ID":"Mug","sku":"mug"}']],
    ['shoe_id', ['{"colour":"red","shoe_id":"1"}']],
  ])('is refused if no row has an id, with the suggestion %s', async (key, lines) => {
    const file = fileOf('.jsonl', `${lines.join('\n')}\n`);
    const refused = expect(openSource(file)).rejects;
    await refused.toThrow(`--map id=${key}`);
    await refused.toThrow(/none of its first \d+ rows? has an id; found .*: say which field holds it/);
    const { products } = await collect(file, { map: { id: key } });
    expect(products).toHaveLength(lines.filter((line) => line.includes(`"${key}"`)).length);
  });

  it('lists the fields if none of them looks like an id', async () => {
    await expect(openSource(fileOf('.jsonl', '{"name":"Mug","colour":"red"}'))).rejects.toThrow(
      /has an id; found name, colour: say which field holds it, as in --map id=name\./,
    );
  });

  it('is refused if --map names a field that no row has', async () => {
    const file = fileOf('.jsonl', '{"id":"1","Name":"Mug"}\n{"id":"2"}\n');
    await expect(openSource(file, { map: { title: 'Nmae' } })).rejects.toThrow(
      /--map title=Nmae names a field that no row of .* has: found id, Name\./,
    );
    expect((await collect(file, { map: { title: 'Name' } })).products[0]).toMatchObject({ title: 'Mug' });
  });

  it('reports the id of a bad row from the field of --map', async () => {
    const { bad } = await collect(fileOf('.jsonl', '{"sku":"A2"}\n{"sku":" A2 ","price":1}\n'), {
      map: { id: 'sku' },
    });
    expect(bad).toMatchObject([{ field: 'id', id: 'A2' }]);
  });

  it('reports the id of malformed JSON if it is complete', async () => {
    const lines = [
      '{"id":"good"}',
      '{"title":"x","id" : "a\\"b", "price":',
      '{"id":7,"title":"x"',
      '{"id":"cut off',
      '{"uuid":"other"',
    ];
    const { bad } = await collect(fileOf('.jsonl', lines.join('\n')));
    expect(bad.map(({ id }) => id)).toEqual(['a"b', '7', undefined, undefined]);
    const mapped = await collect(fileOf('.jsonl', '{"sku":1}\n{"id":"x","sku":"A 2",'), {
      map: { id: 'sku' },
    });
    expect(mapped.bad.map(({ id }) => id)).toEqual(['A 2']);
  });

  it('is refused if it is one object over several lines', async () => {
    await expect(openSource(fileOf('.json', '{\n"products": [\n{"id":1}\n]}\n'))).rejects.toThrow(
      /is one JSON object over several lines, expected one product a line/,
    );
  });

  it('is refused if its rows are not JSON objects', async () => {
    await expect(openSource(fileOf('.jsonl', '# Notes\n\nNothing of JSON.\n'))).rejects.toThrow(
      /none of its first 2 rows is a JSON object \(line 1 begins "# Notes"\): expected one product a line/,
    );
  });

  it('is refused if it is a JSON array, with a command that converts it', async () => {
    await expect(openSource(fileOf('.json', '[\n{"id":"1"},\n{"id":"2"}\n]\n'))).rejects.toThrow(
      /is a JSON array.*jq -c/,
    );
  });

  it('can be empty', async () => {
    expect((await collect(fileOf('.jsonl', ''))).rows).toEqual([]);
  });
});
