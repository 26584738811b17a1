import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
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

test('lines come whole and in order', async () => {
  const { writer, lines } = toFile();
  const given = Array.from({ length: 5000 }, (_, n) => `line ${n} ${'ü'.repeat(n % 50)}`);
  for (const [n, line] of given.entries()) {
    writer.write(`${line}\n`);
    if (n % 700 === 0) await new Promise(setImmediate);
  }
  await expect.poll(lines).toHaveLength(given.length);
  expect(lines()).toEqual(given);
});

test('what is too much at once is left out and counted', async () => {
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

test('a reader that has stopped reading keeps nobody waiting, and at the end lines that wait are written', async () => {
  const code = `
    import { LineWriter } from ${JSON.stringify(new URL('../../../src/http/logging/lineWriter.js', import.meta.url).href)};
    process.stderr.isTTY;
    const writer = new LineWriter(2, 1_000_000);
    const started = performance.now();
    for (let n = 0; n < 20_000; n++) writer.write('x'.repeat(99) + '\\n');
    await new Promise((resolve) => setTimeout(resolve, 300));
    console.log('alive');
    process.stdin.on('data', () => process.exit(0));
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], { stdio: 'pipe' });
  onTestFinished(() => void child.kill('SIGKILL'));
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
