import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../support/temporaryFolder.js';

const BLOCK = 'for (;;) {}';

/** A process that makes a deadline, says so, and then runs this code. */
async function started(
  code: string,
  milliseconds = 400,
  before = '',
): Promise<{ child: ChildProcess; end: Promise<unknown[]> }> {
  const module = new URL('../../src/http/stopDeadline.js', import.meta.url).href;
  const script = path.join(temporaryFolder(), 'process.mjs');
  writeFileSync(
    script,
    `import { writeSync } from 'node:fs';
import { StopDeadline } from ${JSON.stringify(module)};
const deadline = new StopDeadline({ milliseconds: ${milliseconds}, sameSignal: 300 });
const waiting = setTimeout(() => {}, 20_000);
await deadline.ready;
clearTimeout(waiting);
${before}
writeSync(1, 'ready');
${code}`,
  );
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const end = once(child, 'exit');
  await once(child.stdout, 'data');
  return { child, end };
}

it('ends a process whose event loop is blocked, and no other', async () => {
  const blocked = await started(`deadline.start(); setTimeout(() => { ${BLOCK} }, 50);`);
  const released = await started('deadline.start(); deadline.release(); setTimeout(() => {}, 900);');
  const done = await started('deadline.start(); setTimeout(() => {}, 50);');
  expect(await blocked.end).toEqual([null, 'SIGKILL']);
  expect(await released.end).toEqual([0, null]);
  expect(await done.end).toEqual([0, null]);
});

it.each(['SIGTERM', 'SIGINT'] as const)(
  'sees a %s that arrives while the event loop is blocked',
  async (signal) => {
    const { child, end } = await started(BLOCK);
    child.kill(signal);
    expect(await end).toEqual([null, 'SIGKILL']);
  },
);

it('ends a blocked process soon after a second signal', async () => {
  const { child, end } = await started(BLOCK, 600_000);
  child.kill('SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(child.signalCode).toBeNull();
  child.kill('SIGTERM');
  expect(await end).toEqual([null, 'SIGKILL']);
});

it('leaves a process to its own handler that stops in time', async () => {
  const handler =
    "process.on('SIGTERM', () => { deadline.release(); setTimeout(() => process.exit(7), 2_500); });";
  const { child, end } = await started('setInterval(() => {}, 1000);', 2_000, handler);
  child.kill('SIGTERM');
  expect(await end).toEqual([7, null]);
});

it('leaves signals to others once it is released', async () => {
  const { child, end } = await started(
    "deadline.release(); setTimeout(() => process.stdout.write('released'), 300); setInterval(() => {}, 1000);",
  );
  await once(child.stdout ?? child, 'data');
  child.kill('SIGTERM');
  expect(await end).toEqual([null, 'SIGTERM']);
});
