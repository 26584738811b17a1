import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { lockImport } from '../../../src/catalog/import/lockImport.js';
import { jobsSchema } from '../../../src/configuration/jobs.js';
import { packagePaths } from '../../../src/configuration/packagePaths.js';
import type { Job } from '../../../src/domain/job.js';
import { JobQueue } from '../../../src/service/jobs/jobQueue.js';
import { openImports } from '../../../src/service/jobs/openImports.js';
import { openStore } from '../../../src/store/open.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

function shop() {
  const folder = temporaryFolder();
  const dataDir = path.join(folder, 'data');
  const feeds = path.join(folder, 'feeds');
  mkdirSync(feeds);
  const store = openStore(dataDir);
  onTestFinished(() => store.close());
  const settings = jobsSchema.parse({ import_folder: feeds });
  const where = { dataDir, indexesDir: path.join(folder, 'indexes'), modelDir: packagePaths.model };
  const queue = new JobQueue(store, where, settings);
  onTestFinished(() => queue.close());
  return { dataDir, feeds, store, queue, imports: openImports(dataDir, queue, settings) };
}

async function* bytes(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

const hasEnded = ({ finished }: Job) => finished !== null;

async function until(queue: JobQueue, id: string, holds: (job: Job) => boolean): Promise<Job> {
  for (;;) {
    const job = queue.get(id);
    if (job !== undefined && holds(job)) return job;
    if (job !== undefined && hasEnded(job)) throw new Error(`the job has ended: ${JSON.stringify(job)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const plain = { full: false, replace: false, allow_shrink: false, allow_clear: false, preview: false };

/** Child processes of this process that run a job. */
function workers(): number[] {
  const tasks = `/proc/${process.pid}/task`;
  return readdirSync(tasks)
    .flatMap((task) => readFileSync(path.join(tasks, task, 'children'), 'utf8').split(' '))
    .filter((pid) => pid.trim() !== '' && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('jobWorker'))
    .map(Number);
}

it('imports an upload, keeps its quarantine file and removes the upload', async () => {
  const { dataDir, store, queue, imports } = shop();
  const file = 'id,title,price\n1,Mug,5\n,Jug,2\n3,Cup,1\n';
  const { id } = await imports.ofUpload(bytes(file), { format: 'csv', ...plain }, () => undefined);
  const job = await until(queue, id, hasEnded);
  expect(job).toMatchObject({
    ...{ kind: 'import', state: 'done', attempts: 1 },
    report: { rows: 3, imported: 2, updated: 0, unchanged: 0, deleted: 0, quarantined: 1 },
  });
  expect([...store.products.eachId()]).toEqual(['1', '3']);
  const bad = (await imports.quarantine(id)?.toArray())?.map(String).join('');
  expect(JSON.parse(bad ?? '')).toMatchObject({ line: 3, field: 'id' });
  expect(readdirSync(path.join(dataDir, 'uploads'))).toEqual([]);
});

it('imports a file of the import folder, behind the shrink guard, and leaves it', async () => {
  const { feeds, store, queue, imports } = shop();
  store.transaction(() => {
    for (let i = 0; i < 10; i++) store.products.upsert({ id: `old-${i}`, title: 'vase' });
  });
  writeFileSync(path.join(feeds, 'all.jsonl'), '{"id":"old-1","title":"vase"}\n');
  const request = { ...plain, file: 'all.jsonl', full: true };
  const guarded = await imports.ofFile({ ...request, allow_shrink: false });
  expect((await until(queue, guarded.id, hasEnded)).error).toMatch(/would delete 9 of 10.*allow_shrink/);
  expect(store.products.count()).toBe(10);
  const meant = await imports.ofFile({ ...request, allow_shrink: true });
  expect(await until(queue, meant.id, hasEnded)).toMatchObject({ report: { unchanged: 1, deleted: 9 } });
  expect(existsSync(path.join(feeds, 'all.jsonl'))).toBe(true);
  await expect(imports.ofFile({ ...request, file: '../x', allow_shrink: true })).rejects.toThrow(/leads out/);
});

it('fails on an unreadable file without naming paths of the service', async () => {
  const { dataDir, queue, imports } = shop();
  const { id } = await imports.ofUpload(
    bytes('no,header\n1,2\n'),
    { format: 'csv', ...plain },
    () => undefined,
  );
  const job = await until(queue, id, hasEnded);
  expect(job.state).toBe('failed');
  expect(job.error).not.toContain(dataDir);
  expect(readdirSync(path.join(dataDir, 'uploads'))).toEqual([]);
});

it('resumes after its process is killed repeatedly, and counts like an uninterrupted import', {
  timeout: 180_000,
}, async () => {
  const { store, queue, imports } = shop();
  store.transaction(() => {
    for (let i = 0; i < 50; i++) store.products.upsert({ id: `p${i}`, title: `thing ${i}`, price: 1 });
    store.products.upsert({ id: 'gone', title: 'vase' });
  });
  const rows = Array.from({ length: 20_000 }, (_, i) =>
    JSON.stringify({
      ...(i % 500 !== 77 && { id: `p${i}` }),
      ...{ title: `thing ${i}`, price: i < 20 ? 2 : 1 },
    }),
  );
  const how = { ...plain, format: 'jsonl', full: true } as const;
  const { id } = await imports.ofUpload(bytes(rows.join('\n')), how, () => undefined);
  for (const [killed, reached] of [3000, 9000].entries()) {
    await until(queue, id, ({ progress }) => progress?.step === 'import' && (progress.done ?? 0) >= reached);
    for (const pid of workers()) process.kill(pid, 'SIGKILL');
    // Not until it is queued: it may be queued and started again between two looks.
    await until(queue, id, ({ attempts }) => attempts === killed + 2);
    // Newer than the file: the resumed import must not overwrite it.
    if (reached === 3000) store.transaction(() => store.products.patch('p1', { price: 99 }));
  }
  const job = await until(queue, id, hasEnded);
  expect(job).toMatchObject({
    ...{ state: 'done', attempts: 3 },
    report: { rows: 20_000, imported: 19_910, updated: 20, unchanged: 30, deleted: 1, quarantined: 40 },
  });
  expect(store.products.count()).toBe(19_960);
  expect(store.products.get('p1')?.price).toBe(99);
});

it('waits while a command imports into the same store, and can be cancelled while it waits', async () => {
  const { dataDir, store, queue, imports } = shop();
  const unlock = lockImport(store);
  const send = () =>
    imports.ofUpload(bytes('id,title\n1,Mug\n'), { format: 'csv', ...plain }, () => undefined);
  const first = await send();
  await until(queue, first.id, ({ progress }) => progress?.step === 'wait');
  queue.cancel(first.id);
  expect((await until(queue, first.id, hasEnded)).state).toBe('cancelled');
  const second = await send();
  await until(queue, second.id, ({ progress }) => progress?.step === 'wait');
  unlock();
  expect((await until(queue, second.id, hasEnded)).state).toBe('done');
  expect(readdirSync(path.join(dataDir, 'uploads'))).toEqual([]);
});

it('says what a full import would do and to which products, and does none of it', async () => {
  const { store, queue, imports } = shop();
  store.transaction(() => {
    for (let at = 0; at < 30; at++)
      store.products.upsert({ id: `p${at}`, title: `Mug ${at}`, brand: 'Aro', attributes: { color: 'Red' } });
  });
  const before = [...store.products.each()];
  const last = store.changes.last();
  const rows = Array.from({ length: 25 }, (_, at) => `p${at},Mug ${at},`);
  const file = `id,title,color\n${rows.join('\n')}\nnew,Jug,Blue\n,Vase,\n`;
  const how = { format: 'csv', ...plain, full: true } as const;
  const send = async (options: object) => {
    const { id } = await imports.ofUpload(bytes(file), { ...how, ...options }, () => undefined);
    return until(queue, id, hasEnded);
  };
  const preview = await send({ preview: true });
  expect(preview).toMatchObject({
    state: 'done',
    report: {
      ...{ preview: true, rows: 27, imported: 1, updated: 25, unchanged: 0, deleted: 5, quarantined: 1 },
      ...{ stored: 30, cleared: { 'attributes.color': 25 } },
      stops: { shrink: false, clear: [{ field: 'attributes.color', cleared: 25, filled: 30 }] },
    },
  });
  expect(preview.report?.deleting).toEqual(
    [25, 26, 27, 28, 29].map((at) => ({ id: `p${at}`, title: `Mug ${at}` })),
  );
  expect(preview.report?.losing).toHaveLength(25);
  expect(preview.report?.losing).toContainEqual({
    ...{ id: 'p7', title: 'Mug 7', isNew: false },
    changes: [{ field: 'attributes.color', before: 'Red', after: '' }],
  });
  expect([...store.products.each()]).toEqual(before);
  expect(store.changes.last()).toBe(last);
  // Complete rows also lose what the file has no column for, which no check stops.
  const replacing = await send({ preview: true, replace: true });
  expect(replacing.report).toMatchObject({ cleared: { brand: 25, 'attributes.color': 25 } });
  // The import does what its preview said.
  expect((await send({})).error).toMatch(/would clear 25 of 30 values of attributes\.color/);
  const done = await send({ allow_clear: true });
  const counts = ['rows', 'imported', 'updated', 'unchanged', 'deleted', 'quarantined', 'cleared'];
  for (const count of counts) expect(done.report?.[count], count).toEqual(preview.report?.[count]);
});

it('says beforehand that the shrink guard would stop an import, as it does', async () => {
  const { store, queue, imports } = shop();
  store.transaction(() => {
    for (let at = 0; at < 10; at++) store.products.upsert({ id: `p${at}`, title: `Mug ${at}` });
  });
  const send = async (preview: boolean, kept: number) => {
    const file = `id\n${Array.from({ length: kept }, (_, at) => `p${at}`).join('\n')}\n`;
    const how = { format: 'csv', ...plain, full: true, preview } as const;
    return until(queue, (await imports.ofUpload(bytes(file), how, () => undefined)).id, hasEnded);
  };
  expect((await send(true, 8)).report).toMatchObject({ deleted: 2, stops: { shrink: false } });
  expect((await send(true, 1)).report).toMatchObject({ deleted: 9, stops: { shrink: true, clear: [] } });
  expect((await send(false, 1)).error).toMatch(/would delete 9 of 10/);
  expect((await send(false, 8)).report).toMatchObject({ deleted: 2 });
});
