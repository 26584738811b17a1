import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../support/temporaryFolder.js';

/** How a process ends that sets a deadline and then runs this code. */
function endOf(code: string): Promise<unknown[]> {
  const module = new URL('../../src/http/stopDeadline.js', import.meta.url).href;
  const script = path.join(temporaryFolder(), 'process.mjs');
  writeFileSync(
    script,
    `import { StopDeadline } from ${JSON.stringify(module)};
const deadline = new StopDeadline();
const waiting = setTimeout(() => {}, 20_000);
await deadline.ready;
clearTimeout(waiting);
deadline.start(400);
${code}`,
  );
  const child = spawn(process.execPath, [script], { stdio: 'inherit' });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return once(child, 'exit');
}

it('ends a process whose event loop is blocked, and no other', async () => {
  const blocked = endOf('setTimeout(() => { for (;;) {} }, 50);');
  const released = endOf('deadline.release(); setTimeout(() => {}, 900);');
  const done = endOf('setTimeout(() => {}, 50);');
  expect(await blocked).toEqual([null, 'SIGKILL']);
  expect(await released).toEqual([0, null]);
  expect(await done).toEqual([0, null]);
});
