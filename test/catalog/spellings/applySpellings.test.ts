import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { utils, write } from '@e965/xlsx';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  applySpellings,
  DEFAULT_KINDS,
  listSpellings,
  undoSpellings,
} from '../../../src/catalog/spellings/applySpellings.js';
import { respellFile } from '../../../src/catalog/spellings/respellFile.js';
import type { Product } from '../../../src/domain/product.js';
import { openSource } from '../../../src/formats/source.js';
import { openStore, type Store } from '../../../src/store/open.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const choice = { kinds: DEFAULT_KINDS };
const now = { ...choice, preview: false, by: 'Kim' };

function storeOf(products: readonly Product[]): Store {
  const store = openStore(temporaryFolder());
  store.transaction(() => {
    for (const product of products) store.products.upsert(product);
  });
  return store;
}

const shop: Product[] = [
  { id: '1', brand: 'Alpen Glow', attributes: { finish: 'Matt', tags: ['Eco', 'eco', 'New'] } },
  { id: '2', brand: 'alpen glow', attributes: { finish: 'MATT', size: 'S' } },
  { id: '3', brand: 'Alpen Glow', attributes: { finish: 'Matt', tags: ['Eco'] } },
  { id: '4', attributes: { finish: 'Gloss' } },
];

test('lists what is written in several ways, previews, applies and undoes', async () => {
  const store = storeOf(shop);
  expect(await listSpellings(store, choice)).toEqual([
    {
      field: 'attributes.finish',
      value: 'Matt',
      spellings: [{ text: 'MATT', kind: 'spelling', count: 1 }],
      count: 1,
      uses: 2,
    },
    {
      field: 'attributes.tags',
      value: 'Eco',
      spellings: [{ text: 'eco', kind: 'spelling', count: 1 }],
      count: 1,
      uses: 2,
    },
    {
      field: 'brand',
      value: 'Alpen Glow',
      spellings: [{ text: 'alpen glow', kind: 'spelling', count: 1 }],
      count: 1,
      uses: 2,
    },
  ]);
  const preview = await applySpellings(store, { ...now, preview: true });
  expect(preview).toMatchObject({ products: 2, values: 3, run: null });
  expect([...store.products.each()]).toEqual(shop);
  const { run, ...report } = await applySpellings(store, now);
  expect(report).toMatchObject({ products: 2, values: 3 });
  expect(store.products.get('1')?.attributes).toEqual({ finish: 'Matt', tags: ['Eco', 'New'] });
  expect(store.products.get('2')).toEqual({
    id: '2',
    brand: 'Alpen Glow',
    attributes: { finish: 'Matt', size: 'S' },
  });
  expect(await listSpellings(store, choice)).toEqual([]);
  expect(store.spellingRuns.list(9)).toMatchObject([{ run, by: 'Kim', changes: 3, undone: null }]);
  expect(await undoSpellings(store, run ?? 0)).toEqual({ run, restored: 3, kept: 0 });
  expect([...store.products.each()]).toEqual(shop);
  await expect(undoSpellings(store, run ?? 0)).rejects.toThrow(/was undone at/);
  await expect(undoSpellings(store, 99)).rejects.toThrow('There is no run 99 of spellings');
  store.close();
});

test('keeps the markup of other fields, and gives back that of the changed one', async () => {
  const written = { id: '2', title: 'Pan &amp; lid', attributes: { finish: '<b>MATT</b>' } };
  const store = storeOf([
    { id: '1', attributes: { finish: 'Matt' } },
    { id: '3', attributes: { finish: 'Matt' } },
    written,
  ]);
  const { run } = await applySpellings(store, now);
  expect(store.products.original('2')).toEqual({ ...written, attributes: { finish: 'Matt' } });
  await undoSpellings(store, run ?? 0);
  expect(store.products.original('2')).toEqual(written);
});

test('an undo keeps what was changed since', async () => {
  const store = storeOf(shop);
  const { run } = await applySpellings(store, { ...now, fields: ['brand', 'attributes.finish'] });
  store.transaction(() => {
    store.products.upsert({ id: '2', brand: 'Alpen Glow', attributes: { finish: 'Satin' } });
  });
  expect(await undoSpellings(store, run ?? 0)).toEqual({ run, restored: 1, kept: 1 });
  expect(store.products.get('2')).toEqual({ id: '2', brand: 'alpen glow', attributes: { finish: 'Satin' } });
  expect(store.products.get('1')).toEqual(shop[0]);
  store.close();
});

test('facts stay that still quote the product', async () => {
  const store = storeOf([...shop, { id: '5', title: 'Red lamp', brand: 'ALPEN GLOW' }]);
  const fact = { status: 'applied', confidence: 0.9, source: 'model', method: 'lookup' } as const;
  store.transaction(() =>
    store.facts.replace(
      '5',
      [
        {
          ...fact,
          field: 'attributes.color',
          value: 'Red',
          evidence: { field: 'title', start: 0, end: 3, quote: 'Red' },
        },
        {
          ...fact,
          field: 'attributes.mood',
          value: 'Glow',
          evidence: { field: 'brand', start: 6, end: 10, quote: 'GLOW' },
        },
      ],
      { taxonomy: '1', model: 'm' },
    ),
  );
  await applySpellings(store, now);
  expect(store.facts.get('5').map(({ field }) => field)).toEqual(['attributes.color']);
  store.close();
});

test('apply and undo give the products back as they were, and apply leaves one spelling of each value', async () => {
  const text = fc.constantFrom('Oak', 'oak', 'OAK ', 'Ash', 'ash', 'Elm', '12 cm');
  const product = fc.record(
    {
      id: fc.integer({ min: 0, max: 20 }).map(String),
      brand: text,
      attributes: fc.dictionary(
        fc.constantFrom('wood', 'look'),
        fc.oneof(text, fc.array(text, { maxLength: 3 })),
      ),
    },
    { requiredKeys: ['id'] },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(product, { selector: ({ id }) => id, maxLength: 12 }),
      async (products) => {
        const store = storeOf(products);
        const before = [...store.products.each()];
        const { run } = await applySpellings(store, now);
        expect(await listSpellings(store, choice)).toEqual([]);
        if (run !== null) await undoSpellings(store, run);
        expect([...store.products.each()]).toEqual(before);
        store.close();
      },
    ),
    { numRuns: 20 },
  );
});

const rows = [
  ['Id', 'Title', 'Motif', 'Note'],
  ['1', 'Lamp, small', 'Wavy', ' kept '],
  ['2', 'Lamp', 'WAVY', '"quoted"'],
  ['3', 'Shade', 'Wavy', ''],
  ['4', 'Shade', ' wavy', 'x'],
];
const csv = `${rows.map((cells) => cells.map((cell) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')).join('\r\n')}\r\n`;

test.each([
  ['shop.csv', csv, csv.replace('WAVY', 'Wavy').replace(', wavy', ',Wavy')],
  [
    'shop.jsonl',
    '{"id":"1", "attributes": {"motif":"Wavy"}}\n{"id":"2", "attributes": { "motif" : "WAVY", "n": 1.50 }}\n{"id":"3","attributes":{"motif":"Wavy"}}\nnot json\n',
    '{"id":"1", "attributes": {"motif":"Wavy"}}\n{"id":"2", "attributes": { "motif" : "Wavy", "n": 1.50 }}\n{"id":"3","attributes":{"motif":"Wavy"}}\nnot json\n',
  ],
])('a copy of %s differs in the spellings only', async (name, content, expected) => {
  const dir = temporaryFolder();
  const file = path.join(dir, name);
  const out = path.join(dir, `out-${name}`);
  writeFileSync(file, content);
  const store = openStore(dir);
  const quarantine = path.join(dir, 'q.jsonl');
  const options = { source: await openSource(file), taxonomy: undefined, store, quarantine, ...choice };
  const preview = await respellFile({ ...options, out: undefined });
  const report = await respellFile({ ...options, out });
  expect(preview.values).toBe(report.values);
  expect(await readFile(out, 'utf8')).toBe(expected);
  await expect(respellFile({ ...options, out: `${out}.xlsx` })).rejects.toThrow(/only its spellings change/);
  store.close();
});

test('a copy of a workbook has the other spellings in its cells', async () => {
  const dir = temporaryFolder();
  const file = path.join(dir, 'shop.xlsx');
  const out = path.join(dir, 'out.xlsx');
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows), 'Shop');
  writeFileSync(file, write(book, { type: 'buffer', bookType: 'xlsx' }));
  const store = openStore(dir);
  const source = await openSource(file);
  await respellFile({ source, out, taxonomy: undefined, store, quarantine: path.join(dir, 'q'), ...choice });
  const read: unknown[] = [];
  for await (const row of (await openSource(out)).rows())
    if (row.kind === 'product') read.push(row.product.attributes?.Motif);
  expect(read).toEqual(['Wavy', 'Wavy', 'Wavy', 'Wavy']);
  store.close();
});
