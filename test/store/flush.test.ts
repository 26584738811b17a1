import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { QueryLog } from '../../src/store/queryLog.js';
import { Sqlite } from '../../src/store/sqlite.js';
import { replaceFlush } from '../support/replaceFlush.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const NORMAL = 1;
const FULL = 2;

/** A store, and how many of its products a power failure would leave: those committed before the last flush began. */
async function onADisk(pauses: () => number) {
  const store = openStore(temporaryFolder());
  const reader = openStore(path.dirname(store.path));
  const disk = { products: 0, flushes: 0 };
  onTestFinished(() => {
    reader.close();
    store.close();
  });
  await replaceFlush(async (real, inode) => {
    expect(inode).toBe(statSync(`${store.path}-wal`).ino);
    const committed = reader.products.count();
    for (let pause = pauses(); pause > 0; pause--) await turn();
    await real();
    disk.products = committed;
    disk.flushes++;
  });
  return { store, disk };
}

it('answers a durable write only when a flush that began after its commit has ended, however writes overlap', async () => {
  let pauses: readonly number[] = [];
  let flush = 0;
  const { store, disk } = await onADisk(() => pauses[flush++ % pauses.length] ?? 0);
  let written = 0;
  const write = fc.record({ durable: fc.boolean(), pause: fc.nat(4) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(write, { minLength: 1, maxLength: 8 }),
      fc.array(fc.nat(9), { minLength: 1, maxLength: 4 }),
      async (writes, ticks) => {
        pauses = ticks;
        const before = disk.flushes;
        const answers = [];
        for (const { durable, pause } of writes) {
          for (let n = 0; n < pause; n++) await turn();
          const nth = ++written;
          const answer = store.transactionAsync(() => store.products.upsert({ id: `p${nth}` }), durable);
          answers.push(answer.then(() => durable && expect(disk.products).toBeGreaterThanOrEqual(nth)));
        }
        await Promise.all(answers);
        const durable = writes.filter((one) => one.durable).length;
        expect(disk.flushes - before).toBeLessThanOrEqual(durable);
      },
    ),
    { numRuns: 40 },
  );
  expect(disk.flushes).toBeGreaterThan(0);
});

it('does not acknowledge a write whose flush failed, and flushes the next one', async () => {
  const store = openStore(temporaryFolder());
  onTestFinished(() => store.close());
  const outcomes = [new Error('EIO: i/o error, fdatasync'), undefined];
  await replaceFlush(async (real) => {
    const outcome = outcomes.shift();
    if (outcome !== undefined) throw outcome;
    await real();
  });
  const write = (id: string) => store.transactionAsync(() => store.products.upsert({ id }));
  await expect(write('a')).rejects.toThrow('EIO');
  expect(await write('b')).toBe('inserted');
  expect(outcomes).toEqual([]);
});

it('flushes each commit of a blocking write, before and after others; counts of searches may be lost', async () => {
  const pragma = vi.spyOn(Sqlite.prototype, 'pragma');
  onTestFinished(() => pragma.mockRestore());
  const store = openStore(temporaryFolder());
  const queryLog = new QueryLog(store.path, 1000);
  onTestFinished(() => {
    queryLog.close();
    store.close();
  });
  const [connection, logging, ...others] = [...new Set(pragma.mock.contexts)];
  if (!(connection instanceof Sqlite && logging instanceof Sqlite)) throw new Error('no connections');
  expect(others).toEqual([]);
  const synchronous = (of = connection) => of.pragma('synchronous', { simple: true });
  expect(synchronous(logging)).toBe(NORMAL);
  expect(store.transaction(() => synchronous())).toBe(FULL);
  // Its flush follows, on another thread.
  expect(await store.transactionAsync(() => synchronous())).toBe(NORMAL);
  expect(store.transaction(() => synchronous())).toBe(FULL);
  const failing = store.transactionAsync(() => {
    throw new RangeError('no');
  });
  await expect(failing).rejects.toThrow(RangeError);
  expect(store.transaction(() => synchronous())).toBe(FULL);
});

const missing = straceObstacle();

it.skipIf(missing !== undefined)(
  `the system flushes the log between each commit and its answer (${missing ?? 'strace can be used'})`,
  () => {
    const folder = temporaryFolder();
    const calls = path.join(folder, 'calls');
    const script = `
      const { openStore } = await import(${JSON.stringify(pathToFileURL('dist/src/store/open.js').href)});
      const { writeSync } = await import('node:fs');
      const store = openStore(${JSON.stringify(path.join(folder, 'data'))});
      for (const id of ['a', 'b', 'c']) {
        store.transaction(() => store.products.upsert({ id }));
        writeSync(1, 'answer ');
        await store.transactionAsync(() => store.products.upsert({ id: id + id }));
        writeSync(1, 'answer ');
      }
      store.close();`;
    const strace = ['-f', '-y', '-e', 'trace=pwrite64,write,fdatasync,fsync', '-o', calls];
    const node = [process.execPath, '--input-type=module', '-e', script];
    expect(execFileSync('strace', [...strace, ...node], { encoding: 'utf8' })).toBe('answer '.repeat(6));
    expect(answersIn(readFileSync(calls, 'utf8'))).toEqual(Array(6).fill('flushed'));
  },
);

/** Whether the log was written and flushed when each answer was given, by the calls that strace lists. */
function answersIn(calls: string): string[] {
  const answers = [];
  /** The process ids of the flushes that began after the last write. */
  let flushing = new Set<string>();
  let state = 'not written';
  for (const line of calls.split('\n')) {
    const [pid = ''] = line.split(' ', 1);
    if (/\bpwrite64\(.*-wal>/.test(line)) {
      state = 'not flushed';
      flushing = new Set();
    } else if (/\bf(?:data)?sync\(.*-wal>/.test(line)) flushing.add(pid);
    if (/\bf(?:data)?sync\b.*= 0$/.test(line) && flushing.delete(pid)) state = 'flushed';
    if (/\bwrite\(1\b.*"answer /.test(line)) {
      answers.push(state);
      state = 'not written';
    }
  }
  return answers;
}

/** Why the calls of a process cannot be listed here; undefined if they can. */
function straceObstacle(): string | undefined {
  const { status, error } = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']);
  if (status === 0) return undefined;
  return error === undefined ? 'strace may not trace processes here' : 'strace is not installed';
}
