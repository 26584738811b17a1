import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { parseDocument } from 'htmlparser2';
import { expect, it } from 'vitest';
import { openReadOnly } from '../../src/store/openReadOnly.js';
import { whereIn } from '../support/demo.js';
import { runInProcess } from '../support/runInProcess.js';
import { demo } from '../support/sharedDemo.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const SHOP = [
  ...['--shop', 'https://shop.example', '--title', 'Demo & Co'],
  ...['--link', 'https://shop.example/p/{id}', '--image', '/images/{id}.jpg'],
];

interface Problem {
  readonly id: string;
  readonly field: string;
  readonly reason: string;
  readonly effect: 'left out' | 'dropped' | 'shortened';
}

it('a feed as TSV and as XML has the same items, and every other product has a reason', async () => {
  const folder = temporaryFolder();
  const tsv = path.join(folder, 'feed.tsv');
  const xml = path.join(folder, 'feed.xml.gz');
  const run = await runInProcess(['export', tsv, ...SHOP, '--related', '3', '--json', ...whereIn(demo)]);
  expect([run.code, run.stderr]).toEqual([3, expect.stringContaining('export: 909')]);
  const report = JSON.parse(run.stdout);
  expect((await runInProcess(['export', xml, ...SHOP, '--related', '3', ...whereIn(demo)])).code).toBe(3);

  const rows: Record<string, string>[] = parse(readFileSync(tsv), { delimiter: '\t', columns: true });
  expect(rows).toHaveLength(report.written);
  const problems: Problem[] = readFileSync(`${tsv}.problems.jsonl`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const leftOut = new Set(problems.filter(({ effect }) => effect === 'left out').map(({ id }) => id));
  expect(leftOut.size).toBe(report.leftOut);
  expect(rows.length + leftOut.size).toBe(report.products);

  const ids = new Set(rows.map(({ id }) => id));
  for (const row of rows) {
    expect(row.title?.length).toBeLessThanOrEqual(150);
    expect(row.link).toBe(`https://shop.example/p/${row.id}`);
    expect(row.image_link).toBe(`https://shop.example/images/${row.id}.jpg`);
    expect(row.price).toMatch(/^\d+\.\d\d EUR$/);
    expect(['in_stock', 'out_of_stock', 'backorder']).toContain(row.availability);
    for (const related of (row.related_product ?? '').split(',').filter((text) => text !== '')) {
      const [relation, kind, id] = related.split(':');
      expect([relation, kind, ids.has(id ?? ''), id === row.id]).toEqual(['substitute', 'id', true, false]);
    }
  }
  expect(rows.filter(({ related_product }) => related_product !== '').length).toBeGreaterThan(400);

  expect(itemsOf(gunzipSync(readFileSync(xml)).toString())).toEqual(
    rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ''))),
  );
}, 120_000);

it('without related products it needs no index, and blanks are filled by applied values', async () => {
  const out = path.join(temporaryFolder(), 'feed.tsv');
  const data = whereIn(demo).slice(0, 2);
  await runInProcess(['export', out, ...SHOP, ...data, '--indexes', temporaryFolder()]);
  const rows: Record<string, string>[] = parse(readFileSync(out), { delimiter: '\t', columns: true });
  expect(rows.every(({ related_product }) => related_product === '')).toBe(true);
  const store = openReadOnly(path.join(demo, 'data'));
  const filled = rows.find(({ id = '' }) =>
    store.facts.get(id).some(({ field, status }) => field === 'category' && status === 'applied'),
  );
  expect(filled?.product_type).not.toBe('');
  store.close();
});

it('a wrong name or address is refused before anything is written', async () => {
  const folder = temporaryFolder();
  for (const [name, shop] of [
    ['feed.csv', 'https://shop.example'],
    ['feed.tsv', 'shop.example'],
  ] as const) {
    const out = path.join(folder, name);
    expect((await runInProcess(['export', out, '--shop', shop, ...whereIn(demo)])).code).toBe(2);
    expect(existsSync(out)).toBe(false);
  }
});

/** The items of a feed in RSS 2.0 by attribute, as a parser of XML reads them. */
function itemsOf(xml: string): Record<string, string>[] {
  type Node = ReturnType<typeof parseDocument>['children'][number];
  const childrenOf = (node: Node, name?: string): Node[] =>
    'children' in node
      ? node.children.filter((child) => 'name' in child && (name === undefined || child.name === name))
      : [];
  const textOf = (node: Node): string =>
    'data' in node ? node.data : 'children' in node ? node.children.map(textOf).join('') : '';
  const [rss] = parseDocument(xml, { xmlMode: true, decodeEntities: true }).children.filter(
    (node) => 'name' in node && node.name === 'rss',
  );
  const [channel] = rss === undefined ? [] : childrenOf(rss, 'channel');
  if (channel === undefined) throw new Error('There is no channel.');
  expect(childrenOf(channel, 'title').map(textOf)).toEqual(['Demo & Co']);
  return childrenOf(channel, 'item').map((item) => {
    const related = childrenOf(item, 'g:related_product').map((one) => childrenOf(one).map(textOf).join(':'));
    const plain = childrenOf(item)
      .filter((child) => 'name' in child && child.name !== 'g:related_product')
      .map((child) => ['name' in child ? child.name.replace('g:', '') : '', textOf(child)]);
    return {
      ...Object.fromEntries(plain),
      ...(related.length > 0 && { related_product: related.join(',') }),
    };
  });
}
