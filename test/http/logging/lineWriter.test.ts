import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync, readFileSync, readSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { LineWriter } from '../../../src/http/logging/lineWriter.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

function toFile(max?: number): { writer: LineWriter; lines: () => string[] } {
  const file = path.join(temporaryFolder(), 'log');
  const descriptor = openSync(file, 'a');
  const writer = new LineWriter(descriptor, max);
  onTestFinished(() => {
    writer.release();
    closeSync(descriptor);
  });
  return { writer, lines: () => readFileSync(file, 'utf8').split('\n').slice(0, -1) };
}

test('lines are written whole and in order', async () => {
  const { writer, lines } = toFile();
  const given = Array.from({ length: 5000 }, (_, n) => `line ${n} ${'ü'.repeat(n % 50)}`);
  for (const [n, line] of given.entries()) {
    writer.write(`${line}\n`);
    if (n % 700 === 0) await new Promise(setImmediate);
  }
  await expect.poll(lines).toHaveLength(given.length);
  expect(lines()).toEqual(given);
});

test('lines beyond the buffer are dropped and counted', async () => {
  const { writer, lines } = toFile(100);
  for (let n = 0; n < 50; n++) writer.write(`number ${n % 10}\n`);
  await expect.poll(lines).not.toHaveLength(0);
  await new Promise((resolve) => setTimeout(resolve, 50));
  writer.write('later\n');
  await expect.poll(() => lines().at(-1)).toBe('later');
  const [lost] = lines().filter((line) => line.includes('log lines left out'));
  const kept = lines().filter((line) => line.startsWith('number')).length;
  expect(JSON.parse(lost ?? '')).toMatchObject({ level: 'warn', lost: 50 - kept });
  expect(kept).toBeLessThan(20);
});

test('a stalled reader does not block the process, and buffered lines are written at exit', async () => {
  const child = start(`
    for (let n = 0; n < 20_000; n++) writer.write('x'.repeat(99) + '\\n');
    await new Promise((resolve) => setTimeout(resolve, 300));
    console.log('alive');
    process.stdin.on('data', () => process.exit(0));
  `);
  child.stderr.pause();
  const [word] = await once(child.stdout, 'data');
  expect(String(word)).toBe('alive\n');
  child.stdin.write('end\n');
  let read = '';
  child.stderr.on('data', (chunk) => {
    read += String(chunk);
  });
  const [ended] = await once(child, 'close');
  expect(ended).toBe(0);
  expect(read.startsWith(`${'x'.repeat(99)}\n`)).toBe(true);
}, 30_000);

test('a stalled reader does not keep an idle process running', async () => {
  const child = start(`for (let n = 0; n < 20_000; n++) writer.write('x'.repeat(99) + '\\n');`);
  child.stderr.pause();
  expect(await once(child, 'exit')).toEqual([0, null]);
}, 30_000);

test('a closed reader does not stop the process, not even at exit', async () => {
  const child = start(`
    await new Promise((resolve) => process.stdin.once('data', resolve));
    process.stdin.pause();
    for (let n = 0; n < 20_000; n++) writer.write('x'.repeat(99) + '\\n');
    await new Promise((resolve) => setTimeout(resolve, 300));
    writer.write('last\\n');
  `);
  child.stderr.destroy();
  child.stdin.write('gone\n');
  expect(await once(child, 'exit')).toEqual([0, null]);
}, 30_000);

test('lines reach a reader that resumes, however many were dropped before', async () => {
  const fifo = path.join(temporaryFolder(), 'log');
  execFileSync('mkfifo', [fifo]);
  const read = (): number => openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
  const first = read();
  const descriptor = openSync(fifo, constants.O_WRONLY | constants.O_NONBLOCK);
  const writer = new LineWriter(descriptor, 1000);
  onTestFinished(() => {
    writer.release();
    closeSync(descriptor);
  });
  closeSync(first);
  for (let n = 0; n < 500; n++) {
    writer.write(`unread ${n}\n`);
    if (n % 10 === 0) await new Promise(setImmediate);
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  const second = read();
  onTestFinished(() => closeSync(second));
  const chunk = Buffer.alloc(10_000);
  // The lines of before may still wait for their failure, and one more is then dropped like them.
  const resumed = (): string => {
    writer.write('back\n');
    return readWaiting(second, chunk);
  };
  await expect.poll(resumed, { timeout: 20_000 }).toMatch(/^back$/m);
}, 30_000);

/** A process with a writer to its standard error, which does not wait for its reader. */
function start(code: string): ChildProcessWithoutNullStreams {
  const module = new URL('../../../src/http/logging/lineWriter.js', import.meta.url).href;
  const opened = `
    import { LineWriter } from ${JSON.stringify(module)};
    process.stderr.isTTY;
    const writer = new LineWriter(2, 1_000_000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', opened + code], { stdio: 'pipe' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

function readWaiting(descriptor: number, chunk: Buffer): string {
  try {
    return chunk.toString('utf8', 0, readSync(descriptor, chunk));
  } catch {
    return '';
  }
}
