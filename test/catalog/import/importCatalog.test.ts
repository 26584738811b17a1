import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { deleteMissing } from '../../../src/catalog/import/deleteMissing.js';
import {
  type ImportOptions,
  type ImportReport,
  importCatalog,
} from '../../../src/catalog/import/importCatalog.js';
import { checksSchema } from '../../../src/configuration/checks.js';
import { sentenceOf, UserError } from '../../../src/domain/errors.js';
import { type Progress, silent } from '../../../src/domain/progress.js';
import { openSource } from '../../../src/formats/source.js';
import { openStore, type Store } from '../../../src/store/open.js';
import { factOf } from '../../domain/fact.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

let folder: string;
let store: Store;
beforeEach(() => {
  folder = temporaryFolder();
  store = openStore(folder);
  onTestFinished(() => store.close());
});

const quarantine = (): string => path.join(folder, 'bad.jsonl');

async function bring(rows: readonly unknown[], options: Partial<ImportOptions> = {}): Promise<ImportReport> {
  const file = path.join(folder, 'in.jsonl');
  writeFileSync(file, rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n'));
  return importCatalog(store, await openSource(file), {
    full: false,
    allowShrink: false,
    taxonomy: undefined,
    quarantine: quarantine(),
    progress: silent,
    ...options,
  });
}

const many = (count: number) =>
  Array.from({ length: count }, (_, place) => ({ id: `p${place}`, title: `thing ${place}` }));
const noise = (at: number): string => createHash('sha256').update(String(at)).digest('base64');
const ids = (): string[] => [...store.products.eachId()];

describe('importing', () => {
  it('counts new, updated and unchanged rows, and quarantines bad ones with line, field and reason', async () => {
    await bring([
      { id: 'a', title: 'Mug', price: 1 },
      { id: 'b', title: 'Jug', price: 1 },
      { id: 'c', title: 'Cup' },
    ]);
    expect(existsSync(quarantine())).toBe(false);
    const report = await bring([
      { id: 'a', title: 'Mug', price: 2 },
      { id: 'b', title: 'Big jug', price: 1 },
      { id: 'c', title: 'Cup' },
      { id: 'd', title: 'Bowl' },
      { id: 'e', price: 'dear' },
      { title: 'Vase' },
      'not JSON',
    ]);
    expect(report).toMatchObject({
      rows: 7,
      imported: 2,
      updated: 2,
      unchanged: 1,
      deleted: 0,
      quarantined: 2,
    });
    const bad = readFileSync(quarantine(), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(bad).toMatchObject([
      { line: 5, field: 'price', reason: expect.stringContaining('"dear"'), id: 'e', kept: true },
      { line: 6, field: 'id' },
      { line: 7, field: '' },
    ]);
    expect(ids()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('keeps the rows before the end of a file that is cut off, reports it, and deletes nothing', async () => {
    await bring([{ id: 'old', title: 'Vase' }]);
    const file = path.join(folder, 'broken.jsonl.gz');
    const rows = Array.from({ length: 30_000 }, (_, at) =>
      JSON.stringify(at % 100 === 0 ? { price: at } : { id: `r${at}`, title: noise(at) }),
    );
    const whole = gzipSync(rows.join('\n'));
    writeFileSync(file, whole.subarray(0, whole.length / 2));
    const refused = importCatalog(store, await openSource(file), {
      full: true,
      allowShrink: true,
      taxonomy: undefined,
      quarantine: quarantine(),
      progress: silent,
    });
    await expect(refused).rejects.toThrow(UserError);
    const message = await refused.catch(sentenceOf);
    const bad = readFileSync(quarantine(), 'utf8').trimEnd().split('\n').length;
    const kept = store.products.count() - 1;
    expect(kept).toBeGreaterThan(10_000);
    expect(message).toContain(
      `${kept + bad} rows before that were read: ${kept} imported, 0 updated, 0 unchanged, ${bad} in quarantine (${quarantine()})`,
    );
    expect(message).toMatch(/cannot be unpacked after \d+ bytes .* nothing was deleted/s);
    expect(store.products.get('old')).toBeDefined();
    expect(bad).toBe(Math.ceil((kept + bad) / 100));
  });

  it('removes the quarantine file of the import before', async () => {
    await bring([{ id: 'a' }, 'not JSON']);
    expect(existsSync(quarantine())).toBe(true);
    await bring([{ id: 'a' }]);
    expect(existsSync(quarantine())).toBe(false);
  });

  it('does not overwrite the source with the quarantine file', async () => {
    await expect(
      bring([{ id: 'a' }, 'not JSON'], { quarantine: path.join(folder, 'in.jsonl') }),
    ).rejects.toThrow(/in\.jsonl is the input itself/);
  });

  it('deletes the facts about a text that has changed, and only those', async () => {
    await bring(many(3));
    for (const id of ids())
      store.facts.replace(id, [factOf('attributes.color', 'Red')], { taxonomy: 't', model: 'm' });
    await bring([
      { id: 'p0', title: 'else' },
      { id: 'p1', title: 'thing 1', price: 5 },
    ]);
    expect(ids().map((id) => store.facts.get(id).length)).toEqual([0, 1, 1]);
  });

  it('writes a thousand rows a transaction, so that a failure costs only one batch', async () => {
    const { upsert } = store.products;
    const failing = vi.spyOn(store.products, 'upsert').mockImplementation((product) => {
      if (product.id === 'p1500') throw new Error('pulled the plug');
      return upsert.call(store.products, product);
    });
    await expect(bring(many(2500))).rejects.toThrow('pulled the plug');
    failing.mockRestore();
    expect(store.products.count()).toBe(1000);
    expect(await bring(many(2500))).toMatchObject({ imported: 1500, unchanged: 1000 });
  });
});

describe('a full import', () => {
  it('deletes products missing from the file, with their facts, but none that a bad row names', async () => {
    await bring(many(10));
    store.facts.replace('p9', [factOf('category', 'x', { source: 'reviewer' })], {
      taxonomy: 't',
      model: 'm',
    });
    const report = await bring([...many(8), { id: 'p8', title: 'again' }, { id: 'p8', title: 'twice' }], {
      full: true,
    });
    expect(report).toMatchObject({ deleted: 1, quarantined: 1, unchanged: 8 });
    expect(ids()).not.toContain('p9');
    expect(ids()).toContain('p8');
    expect(store.facts.get('p9')).toEqual([]);
  });

  it('keeps a product that an invalid JSON line names', async () => {
    await bring(many(10));
    const report = await bring([...many(8), '{"id":"p8","title":"cut o'], { full: true });
    expect(report).toMatchObject({ deleted: 1, quarantined: 1 });
    expect(ids()).toContain('p8');
  });

  it('deletes three in ten products, but more only with --allow-shrink', async () => {
    await bring(many(10));
    await expect(bring(many(6), { full: true })).rejects.toThrow(
      /delete 4 of 10 products.*nothing was deleted.*--allow-shrink/,
    );
    expect(store.products.count()).toBe(10);
    expect((await bring(many(7), { full: true })).deleted).toBe(3);
    expect((await bring(many(1), { full: true, allowShrink: true })).deleted).toBe(6);
    expect(ids()).toEqual(['p0']);
  });

  it('keeps products that others write while it runs, which are newer than the file', async () => {
    await bring(many(10));
    const other = openStore(folder);
    onTestFinished(() => other.close());
    let written = false;
    const progress: Progress = () => {
      if (written) return;
      written = true;
      other.transaction(() => {
        for (const id of ['p8', 'new']) other.products.upsert({ id, title: 'newer than the file' });
      });
    };
    expect(await bring(many(8), { full: true, progress })).toMatchObject({ unchanged: 8, deleted: 1 });
    expect(ids()).toEqual(['new', ...many(9).map(({ id }) => id)]);
  });

  it('keeps them up to the last batch of deletions', () => {
    store.transaction(() => {
      for (const product of many(2500)) store.products.upsert(product);
    });
    const gone: number[] = [];
    deleteMissing(store, {
      ...{ named: new Set<string>(), began: store.changes.last(), maxShare: 1 },
      onDeleted: (count) => {
        if (gone.push(count) === 1) store.products.upsert({ id: 'p999', title: 'newer' });
      },
    });
    expect(gone).toEqual([1000, 2000, 2499]);
    expect(ids()).toEqual(['p999']);
  });

  it('resumes deleting after an interruption, past the shrink guard, and counts all', async () => {
    await bring(many(4000));
    let standing: unknown;
    let kept = 0;
    const checkpoint = {
      read: () => standing,
      save: (value: unknown) => {
        standing = structuredClone(value);
        if (z.object({ deleted: z.number() }).safeParse(value).success && ++kept === 2)
          throw new Error('killed');
      },
    };
    const options = { full: true, allowShrink: true, checkpoint };
    await expect(bring(many(100), options)).rejects.toThrow('killed');
    // The checkpoint is rolled back with its transaction.
    standing = { ...z.looseObject({}).parse(standing), deleted: 1000 };
    expect(store.products.count()).toBe(3000);
    // The same file, with the same modification time.
    const source = await openSource(path.join(folder, 'in.jsonl'));
    const rest = { taxonomy: undefined, quarantine: quarantine(), progress: silent };
    const report = await importCatalog(store, source, { ...rest, ...options, allowShrink: false });
    expect(report).toMatchObject({ rows: 100, unchanged: 100, deleted: 3900 });
    expect(store.products.count()).toBe(100);
  });

  it('reads another file from its start, whatever it had read of the one before', async () => {
    let standing: unknown;
    const checkpoint = {
      read: () => standing,
      save: (value: unknown) => {
        standing = structuredClone(value);
      },
    };
    await bring(many(3), { checkpoint });
    expect(await bring(many(5), { checkpoint })).toMatchObject({ rows: 5, imported: 2, unchanged: 3 });
  });

  it('deletes nothing for a partial file without --full', async () => {
    await bring(many(3));
    expect((await bring(many(1))).deleted).toBe(0);
    expect(store.products.count()).toBe(3);
  });
});

describe('blank cells', () => {
  const filled = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ id: `p${at}`, title: 'Mug', brand: 'Acme', price: at }));
  const blank = (count: number, field: string) =>
    Array.from({ length: count }, (_, at) => ({ id: `p${at}`, [field]: null }));

  it('stop an import before it writes if they would clear more than a fifth of a field', async () => {
    await bring(filled(100));
    const before = store.changes.last();
    await expect(bring([...blank(21, 'brand'), { id: 'new', title: 'Jug' }])).rejects.toThrow(
      /clear 21 of 100 values of brand, more than 20 %.*nothing was written.*--allow-clear/,
    );
    expect([store.changes.last(), store.products.has('new')]).toEqual([before, false]);
    expect(await bring(blank(21, 'brand'), { allowClear: true })).toMatchObject({ cleared: { brand: 21 } });
    expect(store.products.get('p0')).toEqual({ id: 'p0', title: 'Mug', price: 0 });
  });

  it('pass if they are a fifth of the field, fewer than twenty, or the settings allow more', async () => {
    await bring(filled(100));
    expect(await bring(blank(20, 'brand'))).toMatchObject({ cleared: { brand: 20 }, updated: 20 });
    await bring(filled(19), { full: true, allowShrink: true });
    expect(await bring(blank(19, 'price'))).toMatchObject({ cleared: { price: 19 } });
    await bring(filled(40));
    const checks = checksSchema.parse({ max_cleared: 1 });
    expect(await bring(blank(40, 'title'), { checks })).toMatchObject({ cleared: { title: 40 } });
  });

  it('count by field, also where --replace removes what a row lacks, which no limit stops', async () => {
    await bring(filled(30));
    const prices = filled(30).map(({ id, price }) => ({ id, price }));
    const report = await bring(prices, { replace: true });
    expect(report).toMatchObject({ updated: 30, cleared: { brand: 30, title: 30 } });
    expect(store.imports.list(1)).toMatchObject([{ cleared: { brand: 30, title: 30 } }]);
  });
});

it('puts a row into quarantine that would take its product beyond a limit', async () => {
  const attributes = (from: number, count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`a${from + at}`, 'x']));
  await bring([{ id: 'a', title: 'Mug', attributes: attributes(0, 900) }]);
  const report = await bring([
    { id: 'a', title: 'Jug', attributes: attributes(900, 200) },
    { id: 'b', title: 'Cup' },
  ]);
  expect(report).toMatchObject({ rows: 2, imported: 1, updated: 0, quarantined: 1 });
  expect(JSON.parse(readFileSync(quarantine(), 'utf8'))).toMatchObject({ line: 1, field: 'attributes' });
  expect(store.products.get('a')?.title).toBe('Mug');
});
