import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { makeReadOnly, mountObstacle, SmallDisk } from '../../scripts/torture/smallDisk.js';
import { reindex } from '../../src/catalog/reindex/reindex.js';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { silent } from '../../src/domain/progress.js';
import { buildApp } from '../../src/http/app.js';
import { openService } from '../../src/service/openService.js';
import { openStore } from '../../src/store/open.js';
import { Sqlite } from '../../src/store/sqlite.js';
import { runInProcess } from '../support/runInProcess.js';
import { smallCatalog } from '../support/smallCatalog.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { webDir } from './serving.js';

/** A store of 48 products with two generations, the older one without the last product; copied for each test. */
let base = '';
let older = '';
let newer = '';
const LAST = { id: 'tent', title: 'Canvas tent for two', brand: 'Fernhill', price: 90 };

async function rebuild(folder: string): Promise<string> {
  const store = openStore(path.join(folder, 'data'));
  const { generation } = await reindex({
    store,
    indexesDir: path.join(folder, 'indexes'),
    modelDir: packagePaths.model,
    taxonomy: undefined,
    enrich: false,
    allowShrink: false,
    progress: silent,
  });
  store.close();
  return generation;
}

beforeAll(async () => {
  base = mkdtempSync(path.join(tmpdir(), 'shelfwright-degraded-'));
  const store = openStore(path.join(base, 'data'));
  store.transaction(() => {
    for (const product of smallCatalog()) store.products.upsert(product);
  });
  older = await rebuild(base);
  store.transaction(() => store.products.upsert(LAST));
  newer = await rebuild(base);
  store.close();
});

afterAll(() => rmSync(base, { recursive: true, force: true }));

function copy(into = path.join(temporaryFolder(), 'shop')): string {
  cpSync(base, into, { recursive: true });
  return into;
}

function copiedModel(): string {
  const dir = path.join(temporaryFolder(), 'model');
  cpSync(packagePaths.model, dir, { recursive: true });
  return dir;
}

const onnx = (dir: string) => path.join(dir, 'onnx', 'model_quantized.onnx');

function flip(file: string, at = 0.5): void {
  const bytes = readFileSync(file);
  const offset = Math.floor(bytes.length * at);
  bytes[offset] = (bytes[offset] ?? 0) ^ 1;
  rmSync(file);
  writeFileSync(file, bytes);
}

async function serve(folder: string, modelDir = packagePaths.model): Promise<FastifyInstance> {
  const service = await openService({
    dataDir: path.join(folder, 'data'),
    indexesDir: path.join(folder, 'indexes'),
    modelDir,
    workers: 1,
    queryDays: 30,
  });
  const app = await buildApp({ service, webDir, logger: false });
  app.addHook('onClose', () => service.close());
  onTestFinished(() => app.close());
  return app;
}

const health = async (app: FastifyInstance) => {
  const { statusCode, body } = await app.inject({ url: '/health/ready' });
  return { status: statusCode, ...JSON.parse(body) };
};
const search = async (app: FastifyInstance, q: string) => {
  const { statusCode, body } = await app.inject({ url: `/v1/search?q=${encodeURIComponent(q)}` });
  expect(statusCode, body).toBe(200);
  const { mode, total, hits } = JSON.parse(body);
  return { mode, total, ids: hits.map(({ id }: { id: string }) => id) };
};
const write = (app: FastifyInstance, product: object) =>
  app.inject({ method: 'POST', url: '/v1/products', payload: product });
const degraded = async (app: FastifyInstance) =>
  /^shelfwright_degraded (\d)$/m.exec((await app.inject({ url: '/metrics' })).body)?.[1];
/** The whole catalog is found, including the newest product. */
async function expectServed(app: FastifyInstance, mode: 'hybrid' | 'lexical'): Promise<void> {
  expect(await search(app, '')).toMatchObject({ total: 49 });
  const found = await search(app, 'canvas tent');
  expect([found.ids[0], found.mode]).toEqual(['tent', mode]);
  expect(await health(app)).toMatchObject({ status: 200, ready: true, mode });
}

describe('without a usable model', () => {
  it('a healthy service reports no problem', async () => {
    const app = await serve(copy());
    await expectServed(app, 'hybrid');
    expect(await health(app)).toMatchObject({ generation: newer, reasons: [] });
    expect(await degraded(app)).toBe('0');
  });

  it.each([
    ['missing', (dir: string) => rmSync(onnx(dir)), /lacks onnx/],
    ['flipped', (dir: string) => flip(onnx(dir)), /does not match sha256\.txt/],
    ['truncated', (dir: string) => truncateSync(onnx(dir), 1_000_000), /does not match sha256\.txt/],
    [
      'rubbish without checksums',
      (dir: string) => {
        rmSync(path.join(dir, 'sha256.txt'));
        writeFileSync(onnx(dir), 'rubbish');
      },
      /another model|could not be run/,
    ],
  ])(
    '%s: searches are lexical, writes are accepted, and health gives the reason',
    async (_name, harm, why) => {
      const modelDir = copiedModel();
      harm(modelDir);
      const app = await serve(copy(), modelDir);
      await expectServed(app, 'lexical');
      expect((await health(app)).reasons).toEqual([expect.stringMatching(why)]);
      expect(await degraded(app)).toBe('1');
      expect((await write(app, { id: 'new', title: 'Hammock' })).statusCode).toBe(200);
      expect((await search(app, 'hammock')).ids).toEqual(['new']);
    },
  );

  it('threads that die while the model is damaged: lexical, then hybrid again without intervention', async () => {
    const modelDir = copiedModel();
    const folder = copy();
    const workers = new Set<Worker>();
    const keep = (worker: Worker) => workers.add(worker);
    process.on('worker', keep);
    onTestFinished(() => {
      process.off('worker', keep);
    });
    const app = await serve(folder, modelDir);
    await expectServed(app, 'hybrid');
    const whole = readFileSync(onnx(modelDir));
    flip(onnx(modelDir));
    const ends = [...workers].map((worker) => once(worker, 'exit'));
    for (const worker of workers) worker.postMessage('close');
    await Promise.all(ends);
    expect((await search(app, 'something to sleep in outdoors')).mode).toBe('lexical');
    expect(await health(app)).toMatchObject({
      status: 200,
      mode: 'lexical',
      reasons: [expect.stringMatching(/by words only: .*does not match sha256\.txt/)],
    });
    expect((await write(app, { id: 'new', title: 'Hammock' })).statusCode).toBe(200);
    expect((await search(app, 'hammock')).ids[0]).toBe('new');
    rmSync(onnx(modelDir));
    writeFileSync(onnx(modelDir), whole);
    await expect
      .poll(async () => (await search(app, 'hanging bed between two trees')).mode, { timeout: 20_000 })
      .toBe('hybrid');
    await expect.poll(async () => (await health(app)).reasons, { timeout: 10_000 }).toEqual([]);
    expect(await degraded(app)).toBe('0');
  });

  it('a model other than that of the generation: lexical until a reindex', async () => {
    const modelDir = copiedModel();
    rmSync(path.join(modelDir, 'sha256.txt'));
    // ONNX is read as protocol buffers: an unknown field at the end changes the checksum and nothing else.
    writeFileSync(
      onnx(modelDir),
      Buffer.concat([readFileSync(onnx(modelDir)), Buffer.from([0xfa, 0x3f, 1, 0])]),
    );
    const app = await serve(copy(), modelDir);
    await expectServed(app, 'lexical');
    expect((await health(app)).reasons).toEqual([expect.stringMatching(/built with another model/)]);
  });
});

describe('a damaged generation', () => {
  const files = [
    'vectors.f32',
    'vectors-quantized.bin',
    'graph-links.bin',
    'lexical.bin',
    'columns.bin',
    'documents.bin',
    'manifest.json',
  ];

  it.each(files)('%s flipped: the previous generation serves, with all later writes', async (file) => {
    const folder = copy();
    flip(path.join(folder, 'indexes', newer, file));
    const app = await serve(folder);
    await expectServed(app, 'hybrid');
    const { generation, reasons } = await health(app);
    expect([generation, reasons]).toEqual([
      older,
      [expect.stringMatching(new RegExp(`${newer} is skipped: .*${file}`))],
    ]);
    expect(await degraded(app)).toBe('1');
    expect((await write(app, { id: 'new', title: 'Hammock' })).statusCode).toBe(200);
    const refused = await app.inject({ method: 'POST', url: `/v1/generations/${newer}/activate` });
    expect(refused.statusCode).not.toBe(200);
    expect((await health(app)).generation).toBe(older);
  });

  it.each([
    ['vectors.f32', 'lexical', /words only: the vectors of generation/],
    ['lexical.bin', 'hybrid', /read from the store/],
    ['manifest.json', 'hybrid', /read from the store/],
  ] as const)('%s missing and no other generation: the catalog is still served', async (file, mode, why) => {
    const folder = copy();
    const indexes = path.join(folder, 'indexes');
    rmSync(path.join(indexes, older), { recursive: true });
    rmSync(path.join(indexes, newer, file));
    const app = await serve(folder);
    if (mode === 'hybrid')
      await expect.poll(async () => (await health(app)).mode, { timeout: 10_000 }).toBe(mode);
    await expectServed(app, mode);
    expect((await health(app)).reasons.at(-1)).toMatch(why);
    expect((await write(app, { id: 'new', title: 'Hammock' })).statusCode).toBe(200);
    expect((await search(app, 'hammock')).ids[0]).toBe('new');
    expect(readFileSync(path.join(indexes, 'current'), 'utf8').trim()).toBe(newer);
    const second = await rebuild(folder);
    await expect.poll(async () => (await health(app)).generation, { timeout: 10_000 }).toBe(second);
    expect(await health(app)).toMatchObject({ mode: 'hybrid', reasons: [] });
  });

  it.each([
    ['names one that is gone', '20200101-000000-abcd\n', /20200101-000000-abcd is skipped/],
    ['is rubbish', 'rubbish', /expected a generation id/],
  ])(
    'current %s: the newest intact generation serves, and a reindex repairs it',
    async (_name, text, why) => {
      const folder = copy();
      writeFileSync(path.join(folder, 'indexes', 'current'), text);
      const app = await serve(folder);
      await expectServed(app, 'hybrid');
      const { generation, reasons } = await health(app);
      expect([generation, reasons[0]]).toEqual([newer, expect.stringMatching(why)]);
      const third = await rebuild(folder);
      await expect.poll(async () => (await health(app)).generation, { timeout: 10_000 }).toBe(third);
      expect((await health(app)).reasons).toEqual([]);
    },
  );

  it('is not a target of a rollback', async () => {
    const folder = copy();
    flip(path.join(folder, 'indexes', older, 'columns.bin'));
    const where = ['--data', path.join(folder, 'data'), '--indexes', path.join(folder, 'indexes')];
    const { code, stderr } = await runInProcess(['generations', 'rollback', ...where]);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/no whole generation before .*columns\.bin/)]);
    expect(readFileSync(path.join(folder, 'indexes', 'current'), 'utf8').trim()).toBe(newer);
  });
});

describe('a damaged store', () => {
  it('overwritten with garbage: the start fails and says what to do', async () => {
    const folder = copy();
    const store = path.join(folder, 'data', 'store.sqlite');
    writeFileSync(store, Buffer.alloc(100_000, 7));
    await expect(serve(folder)).rejects.toThrow(/could not be opened .*shelfwright restore/);
  });

  it('with damaged pages: the generation is served and requests that need the pages are refused', async () => {
    const folder = copy();
    const file = path.join(folder, 'data', 'store.sqlite');
    const store = new Sqlite(file);
    store.pragma('wal_checkpoint(truncate)');
    const size = Number(store.pragma('page_size', { simple: true }));
    const roots = store
      .prepare("select rootpage from sqlite_master where name in ('products', 'changes')")
      .pluck()
      .all()
      .map(Number);
    expect(roots).toHaveLength(2);
    store.close();
    const bytes = readFileSync(file);
    for (const root of roots) bytes.fill(0xff, (root - 1) * size, root * size);
    writeFileSync(file, bytes);
    const app = await serve(folder);
    await expectServed(app, 'hybrid');
    const refused = await write(app, { id: 'new', title: 'Hammock' });
    expect([refused.statusCode, refused.json().detail]).toEqual([
      503,
      expect.stringMatching(/store is damaged .*restore/),
    ]);
    expect((await health(app)).reasons.join(' ')).toMatch(
      /without what was written last.*|Writes are refused/,
    );
    expect(await degraded(app)).toBe('1');
  });
});

const missing = mountObstacle();
describe.skipIf(missing !== undefined)(
  `a disk (skipped where it cannot be mounted: ${missing ?? 'it can'})`,
  () => {
    it('that is read-only: searches are answered, writes refused with a message', async () => {
      const folder = copy();
      onTestFinished(makeReadOnly(folder));
      const app = await serve(folder);
      await expectServed(app, 'hybrid');
      expect((await health(app)).reasons[0]).toMatch(/Writes are refused: the store .* cannot be written/);
      const calls = [
        { method: 'POST', url: '/v1/products', payload: { id: 'new', title: 'Hammock' } },
        { method: 'PATCH', url: '/v1/products/tent', payload: { price: 1 } },
        { method: 'DELETE', url: '/v1/products/tent' },
        { method: 'POST', url: '/v1/reindex', payload: {} },
      ] as const;
      for (const call of calls) {
        const { statusCode, body } = await app.inject(call);
        expect([call.url, statusCode, JSON.parse(body).detail]).toEqual([
          call.url,
          503,
          expect.stringMatching(/cannot be written; make its disk/),
        ]);
      }
      await expectServed(app, 'hybrid');
      const where = ['--data', path.join(folder, 'data'), '--indexes', path.join(folder, 'indexes')];
      const found = await runInProcess(['search', 'canvas tent', '--json', ...where]);
      expect(JSON.parse(found.stdout).hits[0].id).toBe('tent');
      const imported = await runInProcess(['import', 'catalogs/demo.jsonl', ...where]);
      expect([imported.code, imported.stderr]).toEqual([
        1,
        expect.stringMatching(/store .* could not be opened/),
      ]);
    });

    it('that is read-only for generations: everything but jobs works', async () => {
      const folder = copy();
      onTestFinished(makeReadOnly(path.join(folder, 'indexes')));
      const app = await serve(folder);
      await expectServed(app, 'hybrid');
      expect((await write(app, { id: 'new', title: 'Hammock' })).statusCode).toBe(200);
      expect((await search(app, 'hammock')).ids[0]).toBe('new');
      await expect
        .poll(async () => (await health(app)).reasons)
        .toEqual([expect.stringMatching(/^Jobs wait: The lock .* could not be taken/)]);
    });

    it('that is full: writes are refused with 507, no acknowledged write is lost, and free space is enough to recover', async () => {
      const disk = new SmallDisk(32 << 20);
      onTestFinished(() => disk.close());
      const folder = copy(path.join(disk.dir, 'shop'));
      const app = await serve(folder);
      const before = await search(app, 'red dress');
      disk.fill();
      const acknowledged: string[] = [];
      let refused: { statusCode: number; headers: object; body: string } | undefined;
      for (let row = 0; row < 200 && refused === undefined; row++) {
        const id = `full-${row}`;
        const answer = await write(app, { id, title: `zebra ${row}`, description: 'x'.repeat(20_000) });
        if (answer.statusCode === 200) acknowledged.push(id);
        else refused = answer;
      }
      expect(refused).toMatchObject({ statusCode: 507, headers: { 'retry-after': expect.any(String) } });
      expect(JSON.parse(refused?.body ?? '').detail).toMatch(/disk is full, so this was not written/);
      expect((await health(app)).reasons.join(' ')).toMatch(/Writes are refused: The disk is full/);
      expect(await search(app, 'red dress')).toEqual(before);
      const failing = rebuild(folder);
      await expect(failing).rejects.toThrow(/disk is full/);
      const left = readdirSync(path.join(folder, 'indexes')).filter((name) => /^\.(?!.*\.lock)/.test(name));
      expect(left).toEqual([]);
      expect((await health(app)).generation).toBe(newer);
      disk.freeSpace();
      await expect.poll(async () => (await health(app)).reasons, { timeout: 10_000 }).toEqual([]);
      expect((await write(app, { id: 'after', title: 'zebra after' })).statusCode).toBe(200);
      for (const id of acknowledged)
        expect((await app.inject({ url: `/v1/products/${id}` })).statusCode).toBe(200);
      expect(await rebuild(folder)).not.toBe(newer);
    });
  },
);
