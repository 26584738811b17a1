import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { type EnrichFileReport, enrichFile } from '../../../src/catalog/enrich/enrichFile.js';
import type { ScopeOptions } from '../../../src/catalog/enrich/enrichScope.js';
import { LazyEmbedder } from '../../../src/catalog/lazyEmbedder.js';
import { packagePaths } from '../../../src/configuration/packagePaths.js';
import type { Product } from '../../../src/domain/product.js';
import { silent } from '../../../src/domain/progress.js';
import { openSource } from '../../../src/formats/source.js';
import { openStore, type Store } from '../../../src/store/open.js';
import { SharedVectors } from '../../support/sharedVectors.js';
import { smallCatalog } from '../../support/smallCatalog.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const vectors = new SharedVectors();
let folder: string;
let store: Store;
beforeEach(() => {
  folder = temporaryFolder();
  store = openStore(path.join(folder, 'data'));
  onTestFinished(() => store.close());
});

const read = (name: string): string[] => readFileSync(path.join(folder, name), 'utf8').trimEnd().split('\n');

function write(name: string, lines: readonly string[]): void {
  writeFileSync(path.join(folder, name), `${lines.join('\n')}\n`);
}

/** Enriches `in.csv` into `out.csv`, learning from `teacher.jsonl`; the number of texts embedded. */
async function enrich(scope: ScopeOptions = {}): Promise<{ report: EnrichFileReport; embedded: number }> {
  const embedder = new LazyEmbedder(packagePaths.model, store, 1);
  const report = await enrichFile({
    source: await openSource(path.join(folder, 'in.csv')),
    learnFrom: await openSource(path.join(folder, 'teacher.jsonl')),
    out: path.join(folder, 'out.csv'),
    taxonomy: undefined,
    describe: false,
    store,
    embedder,
    quarantine: path.join(folder, 'bad.jsonl'),
    progress: silent,
    ...scope,
  });
  await embedder.close();
  return { report, embedded: embedder.embedded };
}

const lines = (products: readonly Product[]): string[] => products.map((product) => JSON.stringify(product));
/** Enough filled rows for values to be applied. */
const taught = ['', ', new', ', washed', ', pleated', ', lined'].flatMap((cut) =>
  smallCatalog().map((row) => ({ ...row, id: row.id + cut, title: row.title + cut })),
);

it('learns from another file only, adds columns at the end, and caches every vector', async () => {
  write('teacher.jsonl', [...lines(taught), '{"title":"no id","price":1}']);
  const rows = [
    'id,title,category,price',
    '1,red dress for women,,5',
    '2,blue coat for women,Clothing > Coat,x',
    '3,"",,1',
  ];
  write('in.csv', rows);
  const { report, embedded } = await enrich();
  expect(report).toMatchObject({ rows: 3, quarantined: 0, unreadable: { price: 1 }, untaught: 1 });
  expect(report.fields).toMatchObject({
    category: { blank: 2 },
    'attributes.color': { blank: 3, applied: 2 },
  });
  const [header, red, blue, bare] = read('out.csv');
  expect(header).toBe('id,title,category,price,color');
  expect(red).toMatch(/^1,red dress for women,.*,5,Red$/);
  expect(blue).toMatch(/^2,blue coat for women,Clothing > Coat,x,/);
  expect(bare).toMatch(/^3,.*,1,$/);
  expect(read('bad.jsonl')).toEqual([expect.stringMatching(/"line":3,"field":"price".*"kept":true/)]);
  expect(embedded).toBeGreaterThan(240);
  const facts = read('out.facts.csv').filter((line) => line.startsWith('1,'));
  expect(facts).toHaveLength(2);

  const misleading = Array.from({ length: 100 }, (_, row) => `m${row},red dress for women,Clothing > Coat,1`);
  write('in.csv', [...rows, ...misleading]);
  expect((await enrich()).embedded).toBe(0);
  expect(read('out.facts.csv').filter((line) => line.startsWith('1,'))).toEqual(facts);
});

it('fills only the chosen fields and rows, and writes all rows', async () => {
  vectors.share(store);
  write('teacher.jsonl', lines(taught));
  const rows = [
    'id,title,category,price',
    '1,red dress for women,,5',
    '2,blue coat for women,,50',
    '3,green coat for women,Clothing > Coat,80',
  ];
  write('in.csv', rows);
  const colours = await enrich({ fields: ['Color'] });
  expect(colours.report).toMatchObject({ rows: 3, selected: 3 });
  expect(Object.keys(colours.report.fields)).toEqual(['attributes.color']);
  expect(read('out.csv')).toEqual([
    'id,title,category,price,color',
    '1,red dress for women,,5,Red',
    '2,blue coat for women,,50,Blue',
    '3,green coat for women,Clothing > Coat,80,Green',
  ]);
  const dear = await enrich({ where: "price > 10 AND category != 'clothing > coat'" });
  expect(dear.report).toMatchObject({ rows: 3, selected: 1, fields: { category: { blank: 1 } } });
  expect(read('out.csv')[1]).toBe('1,red dress for women,,5,');
  expect(read('out.csv')[2]).toMatch(/^2,blue coat for women,Clothing > Coat,50,Blue$/);
  expect(read('out.csv')[3]).toBe('3,green coat for women,Clothing > Coat,80,');
  await enrich({ fields: ['category', 'attributes.color'], where: "id = 'nobody'" });
  expect(read('out.csv')).toEqual(rows);
});

it('lists the nearest fields where the scope names an unknown one', async () => {
  vectors.share(store);
  write('teacher.jsonl', lines(taught));
  write('in.csv', ['id,title,Shoe size', '1,red dress for women,']);
  await expect(enrich({ fields: ['colr'] })).rejects.toThrow(
    /--fields: the taxonomy draft-.* has no attribute 'colr'; the nearest are color/,
  );
  await expect(enrich({ where: 'prize > 5' })).rejects.toThrow(
    /--where: no row has the field 'prize'; the nearest are price/,
  );
  await expect(enrich({ where: 'price >' })).rejects.toThrow(/filter, character 8: found the end/);
  await enrich({ where: '`attributes.Shoe size` NOT EXISTS AND attributes.color NOT EXISTS' });
});

it('stops before any work where the output cannot be written', async () => {
  write('teacher.jsonl', lines(smallCatalog()));
  write('in.csv', ['id,title,price', '1,red dress for women,5']);
  mkdirSync(path.join(folder, 'out.csv'));
  const remembered = vi.spyOn(store.vectors, 'set');
  await expect(enrich()).rejects.toThrow(/out\.csv is a folder: name a file in it/);
  expect(remembered).not.toHaveBeenCalled();
});

it('adds no column for suggested values', async () => {
  vectors.share(store);
  write('teacher.jsonl', lines(smallCatalog()));
  write('in.csv', ['id,title,price', '1,red dress for women,5']);
  const { report } = await enrich();
  expect(report.fields).toMatchObject({ 'attributes.color': { applied: 0, suggested: 1 } });
  expect(read('out.csv')).toEqual(['id,title,price', '1,red dress for women,5']);
});
