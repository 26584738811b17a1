import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { exportGoogleFeed, type FeedRequest } from '../../../src/catalog/export/exportGoogleFeed.js';
import { silent } from '../../../src/domain/progress.js';
import { openStore } from '../../../src/store/open.js';
import { factOf } from '../../domain/fact.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

it('writes active products with their filled values and substitutes, and lists what is wrong', async () => {
  const folder = temporaryFolder();
  const store = openStore(path.join(folder, 'data'));
  onTestFinished(() => store.close());
  const mug = (id: string, changes: object = {}) => {
    const address = `https://shop.example/${id}`;
    const all = { id, title: `Mug ${id}`, description: 'A mug.', url: address, image: `${address}.jpg` };
    store.products.upsert({ ...all, price: 5, currency: 'EUR', availability: 'in stock', ...changes });
  };
  store.transaction(() => {
    mug('a');
    mug('b', { gtin: '123' });
    mug('bare', { description: '' });
    mug('gone', { status: 'archived' });
    store.facts.replace('a', [factOf('attributes.color', 'Red')], { taxonomy: 't', model: 'm' });
  });
  const request: FeedRequest = {
    ...{ out: path.join(folder, 'feed.tsv'), format: 'tsv', gzip: false, title: 'Mugs' },
    ...{ shop: 'https://shop.example', problems: path.join(folder, 'problems.jsonl') },
    similar: ({ id }) => ['gone', 'bare', 'b', 'a'].filter((other) => other !== id),
    ...{ maxSimilar: 1, progress: silent },
  };
  const report = await exportGoogleFeed(store, request);
  expect(report).toMatchObject({ products: 3, written: 2, leftOut: 1 });
  expect(report.problems).toEqual({ gtin: 1, description: 1 });
  const [head = '', ...lines] = readFileSync(request.out, 'utf8').trimEnd().split('\n');
  const rows = lines.map((line) => {
    const cells = line.split('\t');
    return Object.fromEntries(head.split('\t').map((name, place) => [name, cells[place]]));
  });
  expect(rows.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(rows[0]?.color).toBe('Red');
  // Only what the feed has, and no more than asked for.
  expect(rows[0]?.related_product).toContain('b');
  expect(rows.map((row) => row.related_product).join(' ')).not.toMatch(/gone|bare/);
  const problems = readFileSync(request.problems, 'utf8').trimEnd().split('\n');
  expect(problems.map((line) => JSON.parse(line))).toMatchObject([
    { id: 'b', field: 'gtin', effect: 'dropped' },
    { id: 'bare', field: 'description', effect: 'left out' },
  ]);

  store.transaction(() => {
    mug('b');
    mug('bare');
  });
  expect(await exportGoogleFeed(store, request)).toMatchObject({ written: 3, leftOut: 0, problems: {} });
  expect(existsSync(request.problems)).toBe(false);
});
