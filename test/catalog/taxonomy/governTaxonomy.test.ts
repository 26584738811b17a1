import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { governFile, governStore } from '../../../src/catalog/taxonomy/governTaxonomy.js';
import type { Product } from '../../../src/domain/product.js';
import { openSource, type Source } from '../../../src/formats/source.js';
import { openStore, type Store } from '../../../src/store/open.js';
import { loadTaxonomy } from '../../../src/taxonomy/load.js';
import { saveTaxonomy } from '../../../src/taxonomy/save.js';
import { whereIn } from '../../support/demo.js';
import { runInProcess } from '../../support/runInProcess.js';
import { smallCatalog } from '../../support/smallCatalog.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { draft } from '../../taxonomy/draft.js';

const STARTER = '2026-11';
let store: Store;
let named: string;
beforeEach(async () => {
  store = openStore(temporaryFolder());
  onTestFinished(() => store.close());
  named = temporaryFolder();
  await saveTaxonomy(
    draft({
      version: 'named-1',
      changelog: [{ version: 'named-1', date: '2026-11-21', changes: ['first'] }],
    }),
    named,
  );
});

async function fileOf(rows: readonly Product[]): Promise<Source> {
  const file = path.join(temporaryFolder(), 'in.jsonl');
  writeFileSync(file, rows.map((row) => JSON.stringify(row)).join('\n'));
  return openSource(file);
}

const shirts = (count: number): Product[] =>
  Array.from({ length: count }, (_, place) => ({
    id: `s${place}`,
    title: 'Shirt',
    category: 'Apparel > Shirts',
  }));

describe('the taxonomy of a store', () => {
  it('is the named one, from then on', async () => {
    expect((await governStore(store, named)).taxonomy.version).toBe('named-1');
    store.products.upsert({ id: 'a', category: 'Lamps' });
    expect((await governStore(store, undefined)).taxonomy.version).toBe('named-1');
  });

  it('is a draft of the filled rows, which stays when rows are added', async () => {
    for (const product of smallCatalog()) store.products.upsert(product);
    const first = await governStore(store, undefined);
    expect(first.taxonomy.categories.map(({ name }) => name)).toContain('Clothing');
    store.products.upsert({ id: 'z', title: 'Lamp', category: 'Lamps' });
    expect(await governStore(store, undefined)).toBe(first);
  });

  it('is the starter where nothing is filled, and only as long as that is so', async () => {
    store.products.upsert({ id: 'a', title: 'Shirt' });
    expect((await governStore(store, undefined)).taxonomy.version).toBe(STARTER);
    for (const product of smallCatalog()) store.products.upsert(product);
    expect((await governStore(store, undefined)).taxonomy.version).not.toBe(STARTER);
  });

  it('stays the same where the named one cannot be read', async () => {
    await governStore(store, named);
    await expect(governStore(store, path.join(named, 'none'))).rejects.toThrow(
      /cannot read the taxonomy folder/,
    );
    expect((await governStore(store, undefined)).taxonomy.version).toBe('named-1');
  });
});

describe('a taxonomy with lint errors', () => {
  let unclean: string;
  const message =
    /unclean has 2 errors, so nothing was started.*\n {2}error {2}.*a\.yaml:3: categories\.b: its parent c does not exist.*\n {2}error {2}.*a\.yaml:5: attributes\.x: it is of type enum and lists no values/;

  beforeEach(async () => {
    unclean = path.join(temporaryFolder(), 'unclean');
    const { categories, ...head } = await loadTaxonomy(named);
    await saveTaxonomy({ ...head, carried: [], attributes: [], categories: [] }, unclean);
    rmSync(path.join(unclean, 'attributes.yaml'));
    rmSync(path.join(unclean, 'categories.yaml'));
    writeFileSync(
      path.join(unclean, 'a.yaml'),
      `categories:
  - { id: a, name: ${categories[0]?.name}, attributes: [x] }
  - { id: b, name: B, parent: c }
attributes:
  - { id: x, name: X, type: enum, values: [] }
`,
    );
  });

  it('governs neither a store nor a file, and every error is reported with its place', async () => {
    await expect(governStore(store, unclean)).rejects.toThrow(message);
    await expect(governFile(await fileOf(smallCatalog()), unclean, store)).rejects.toThrow(message);
    expect(store.settings.get('taxonomy')).toBeUndefined();
  });

  it.each([
    ['enrich', 'IN', '-o', 'OUT', '--taxonomy'],
    ['reindex', '--taxonomy'],
    ['import', 'IN', '--taxonomy'],
  ])('stops %s before it starts', async (...command) => {
    const folder = temporaryFolder();
    openStore(path.join(folder, 'data')).close();
    const input = path.join(folder, 'in.jsonl');
    writeFileSync(input, '{"id":"a","title":"Shirt"}\n');
    const out = path.join(folder, 'out.jsonl');
    const args = command.map((word) => (word === 'IN' ? input : word === 'OUT' ? out : word));
    const { code, stderr } = await runInProcess([...args, unclean, ...whereIn(folder)]);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(existsSync(out)).toBe(false);
    const kept = openStore(path.join(folder, 'data'));
    expect(kept.products.count()).toBe(0);
    kept.close();
  });
});

describe('the taxonomy of a file', () => {
  it('is the named one, which does not become the store’s', async () => {
    expect((await governFile(await fileOf(smallCatalog()), named, store)).taxonomy.version).toBe('named-1');
    expect((await governStore(store, undefined)).taxonomy.version).toBe(STARTER);
  });

  it('is the store’s own if it knows half of the file’s categories, else a draft', async () => {
    await governStore(store, named);
    const unknown = (count: number): Product[] =>
      Array.from({ length: count }, (_, place) => ({
        id: `u${place}`,
        title: 'Lamp',
        category: 'Lighting > Lamps',
      }));
    expect(
      (await governFile(await fileOf([...shirts(5), ...unknown(5)]), undefined, store)).taxonomy.version,
    ).toBe('named-1');
    const drafted = await governFile(await fileOf([...shirts(4), ...unknown(5)]), undefined, store);
    expect(drafted.taxonomy.version).not.toBe('named-1');
    expect(drafted.taxonomy.categories.map(({ name }) => name)).toContain('Lamps');
    expect(
      (await governFile(await fileOf([{ id: 'a', title: 'Shirt' }]), undefined, store)).taxonomy.version,
    ).toBe('named-1');
  });

  it('is the starter where neither the file nor the store has one', async () => {
    expect(
      (await governFile(await fileOf([{ id: 'a', title: 'Shirt' }]), undefined, store)).taxonomy.version,
    ).toBe(STARTER);
  });
});
