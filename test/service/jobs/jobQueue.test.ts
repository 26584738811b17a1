import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listWithCurrent } from '../../../src/catalog/generations.js';
import { importCatalog } from '../../../src/catalog/import/importCatalog.js';
import { lockReindex } from '../../../src/catalog/reindex/lockReindex.js';
import { packagePaths } from '../../../src/configuration/packagePaths.js';
import type { Job } from '../../../src/domain/job.js';
import { silent } from '../../../src/domain/progress.js';
import { openSource } from '../../../src/formats/source.js';
import { searchRequestSchema } from '../../../src/search/searchRequest.js';
import { JobQueue } from '../../../src/service/jobs/jobQueue.js';
import { openService } from '../../../src/service/openService.js';
import { openStore } from '../../../src/store/open.js';
import { SharedVectors } from '../../support/sharedVectors.js';
import { smallCatalog } from '../../support/smallCatalog.js';
import { fileOf, temporaryFolder } from '../../support/temporaryFolder.js';

const BARE = { enrich: false, allow_shrink: false };

const vectors = new SharedVectors();

function shop(modelDir = packagePaths.model, shared = vectors) {
  const folder = temporaryFolder();
  const dataDir = path.join(folder, 'data');
  const indexesDir = path.join(folder, 'indexes');
  const store = openStore(dataDir);
  onTestFinished(() => store.close());
  shared.share(store);
  store.transaction(() => {
    for (const product of smallCatalog()) store.products.upsert(product);
  });
  const open = () => {
    const queue = new JobQueue(store, { dataDir, indexesDir, modelDir });
    onTestFinished(() => queue.close());
    return queue;
  };
  return { store, indexesDir, open };
}

async function until(queue: JobQueue, id: string, holds: (job: Job) => boolean): Promise<Job> {
  for (;;) {
    const job = queue.get(id);
    if (job !== undefined && holds(job)) return job;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const hasEnded = ({ finished }: Job) => finished !== null;

describe('jobs', () => {
  it('reindex in a child process with the same report as the command', async () => {
    const { indexesDir, open } = shop();
    const queue = open();
    const { id } = queue.submit('reindex', BARE);
    const job = await until(queue, id, hasEnded);
    expect(job).toMatchObject({ state: 'done', attempts: 1, error: null, report: { products: 48 } });
    const [generation] = await listWithCurrent(indexesDir);
    expect(generation).toMatchObject({ id: job.report?.generation, current: true, products: 48 });
  });

  it('with equal requests are one while queued, and the queue is bounded', async () => {
    const { store, open } = shop();
    const queue = open();
    const running = queue.submit('reindex', BARE);
    const waiting = queue.submit('reindex', BARE);
    expect(waiting.id).not.toBe(running.id);
    expect(queue.submit('reindex', BARE).id).toBe(waiting.id);
    for (let i = 0; i < 15; i++)
      store.jobs.add(`filler-${i}`, 'reindex', { enrich: false, allow_shrink: true, i });
    expect(() => queue.submit('reindex', { enrich: true, allow_shrink: false })).toThrow(
      /16 jobs are waiting/,
    );
  });

  it('fail with the message of the command, and leave nothing behind', async () => {
    const { indexesDir, open } = shop('/no/such/model');
    const queue = open();
    const job = await until(queue, queue.submit('reindex', BARE).id, hasEnded);
    expect(job.state).toBe('failed');
    expect(job.error).toMatch(/\/no\/such\/model/);
    expect(job.error).not.toMatch(/ at .*\.js/);
    expect((await readdir(indexesDir)).filter((name) => !name.startsWith('.'))).toEqual([]);
  });

  it('run one at a time, and can be cancelled while queued or running', async () => {
    const { indexesDir, open } = shop();
    const unlock = await lockReindex(indexesDir);
    const queue = open();
    const first = queue.submit('reindex', BARE);
    const second = queue.submit('reindex', { ...BARE, allow_shrink: true });
    queue.cancel(second.id);
    await until(queue, first.id, ({ progress }) => progress?.step === 'wait');
    unlock();
    expect((await until(queue, first.id, hasEnded)).state).toBe('done');
    expect((await until(queue, second.id, hasEnded)).state).toBe('cancelled');
    const third = queue.submit('reindex', BARE);
    await until(queue, third.id, ({ state }) => state === 'running');
    queue.cancel(third.id);
    const ended = await until(queue, third.id, hasEnded);
    expect(ended.state).toBe('cancelled');
    const left = (await readdir(indexesDir)).filter((name) => !name.startsWith('.') && name !== 'current');
    expect(left).toHaveLength(1);
  });

  it('interrupted by the end of their service run again, up to a number of attempts', async () => {
    const { store, open } = shop();
    store.jobs.add('cut-off', 'reindex', BARE);
    store.jobs.start('cut-off');
    store.jobs.add('hopeless', 'reindex', BARE);
    for (let i = 0; i < 3; i++) store.jobs.start('hopeless');
    const queue = open();
    expect(await until(queue, 'cut-off', hasEnded)).toMatchObject({ state: 'done', attempts: 2 });
    expect(queue.get('hopeless')).toMatchObject({ state: 'failed', attempts: 3 });
    expect(queue.get('hopeless')?.error).toMatch(/ended 3 times/);
  });

  it('running when the service stops are queued for the next start', async () => {
    const { store, open } = shop();
    const queue = open();
    const { id } = queue.submit('reindex', BARE);
    await until(queue, id, ({ state }) => state === 'running');
    await queue.close();
    expect(store.jobs.get(id)?.state).toBe('queued');
    expect(await until(open(), id, hasEnded)).toMatchObject({ state: 'done' });
  });

  it('let a command import while they reindex; its products are found after the switch', async () => {
    const { store, indexesDir, open } = shop();
    const queue = open();
    const { id } = queue.submit('reindex', BARE);
    await until(queue, id, ({ progress }) => progress !== null);
    const file = fileOf('.csv', 'id,title\nlate,Zebra\n');
    const report = await importCatalog(store, await openSource(file), {
      ...{ full: false, allowShrink: false, taxonomy: undefined, progress: silent },
      quarantine: `${file}.bad`,
    });
    expect(report.imported).toBe(1);
    expect((await until(queue, id, hasEnded)).state).toBe('done');
    const dataDir = path.dirname(store.path);
    const served = await openService({ dataDir, indexesDir, modelDir: '/none' });
    onTestFinished(() => served.close());
    expect((await served.search(searchRequestSchema.parse({ q: 'zebra' }))).hits[0]?.id).toBe('late');
    expect((await served.search(searchRequestSchema.parse({}))).total).toBe(49);
  });

  it('enrich the store by policy, and a reindex does not enrich again', async () => {
    const { store, open } = shop(packagePaths.model, new SharedVectors());
    const queue = open();
    const wrong = queue.submit('enrich', { fields: ['colour of the box'] });
    expect((await until(queue, wrong.id, hasEnded)).error).toMatch(/has no attribute 'colour of the box'/);
    const { id } = queue.submit('enrich', {});
    const job = await until(queue, id, hasEnded);
    expect(job).toMatchObject({ state: 'done', report: { products: 48, embedded: 48 } });
    const given = [...store.products.eachId()].flatMap((one) => store.facts.get(one));
    expect(given.length).toBeGreaterThan(0);
    const { applied, suggested } = job.report ?? {};
    expect([applied, suggested]).toEqual(
      ['applied', 'suggested'].map((status) => given.filter((fact) => fact.status === status).length),
    );
    const again = queue.submit('enrich', {});
    expect((await until(queue, again.id, hasEnded)).report).toMatchObject({ products: 0, embedded: 0 });
  });

  it('are run by one of several services over the same store', async () => {
    const { open } = shop();
    const [first, second] = [open(), open()];
    await new Promise((resolve) => setTimeout(resolve, 300));
    const { id } = second.submit('reindex', BARE);
    expect(await until(first, id, hasEnded)).toMatchObject({ state: 'done', attempts: 1 });
    expect(second.get(id)).toMatchObject({ state: 'done' });
  });
});
