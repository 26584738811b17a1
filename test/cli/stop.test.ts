import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { copyOfDemo, whereIn } from '../support/demo.js';
import { runShelfwright, startShelfwright } from '../support/runShelfwright.js';
import { demo } from '../support/sharedDemo.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

async function served(...more: string[]) {
  const where = whereIn(copyOfDemo(demo, temporaryFolder()));
  const { child, ended, output } = startShelfwright(['serve', '--port', '0', ...more, ...where]);
  onTestFinished(() => void child.kill('SIGKILL'));
  await expect.poll(output, { timeout: 60_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+/);
  const address = /http:\/\/127\.0\.0\.1:\d+/.exec(output())?.[0] ?? '';
  const open = async (text: string): Promise<Socket> => {
    const socket = connect(Number(new URL(address).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.resume();
    await once(socket, 'connect');
    socket.write(text);
    return socket;
  };
  return { where, child, ended, address, open };
}

it('SIGTERM stops a service within ten seconds, even with a running job and hanging clients', async () => {
  const { where, child, ended, address, open } = await served('--json');
  const job = await fetch(`${address}/v1/reindex`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ enrich: true }),
  });
  const at = address + job.headers.get('location');
  const state = async () => /"state":"(\w+)"/.exec(await (await fetch(at)).text())?.[1];
  await expect.poll(state, { timeout: 10_000, interval: 20 }).toBe('running');
  const head = 'POST /v1/products HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\ncontent-type:';
  await open(`${head} application/json\r\n\r\n[{"id":"half`);
  await open(`${head} application/x-ndjson\r\n\r\n{"id":"first","title":"zebra"}\n{"id":`);
  await open('GET /v1/search?q=');
  await open('');
  await new Promise((resolve) => setTimeout(resolve, 300));

  const signalledAt = performance.now();
  child.kill('SIGTERM');
  // A terminal and npm both forward the signal.
  child.kill('SIGTERM');
  const { code, stdout, stderr } = await ended;
  expect(performance.now() - signalledAt).toBeLessThan(10_000);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ address });
  const lines = stderr
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  expect(lines).toContainEqual(expect.objectContaining({ msg: 'stopping', signal: 'SIGTERM' }));
  expect(lines).toContainEqual(
    expect.objectContaining({ msg: 'request', method: 'POST', route: '/v1/reindex', status: 202 }),
  );
  const jobs = await runShelfwright(['jobs', '--json', ...where]);
  // The job is done if it was faster than the hanging clients; otherwise it is queued for the next start.
  expect(jobs.stdout).toMatch(/"state": ?"(?:queued|done)"/);
}, 90_000);

it('while stopping, it finishes running requests and refuses new ones', async () => {
  const { child, ended, address, open } = await served();
  const body = JSON.stringify(
    Array.from({ length: 60 }, (_, n) => ({ id: `late-${n}`, title: `zebra number ${n} in stripes` })),
  );
  const running = fetch(`${address}/v1/products`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  // Keeps the service running while the other request ends.
  const half = await open(
    'POST /v1/search HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 13\r\n\r\n{"q":',
  );
  let answer = '';
  half.on('data', (chunk) => {
    answer += String(chunk);
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  child.kill('SIGTERM');
  expect((await running).status).toBe(200);
  await expect(fetch(`${address}/health/live`)).rejects.toThrow();
  half.write('"zebra"}GET /v1/search?q=late HTTP/1.1\r\nhost: localhost\r\n\r\n');
  await once(half, 'close');
  const [first = '', second] = answer.split(/(?=HTTP\/1\.1 )/);
  expect(first).toMatch(/^HTTP\/1\.1 200 .*connection: close/is);
  // Either the connection closed after the first answer, or the second answer is a refusal.
  if (second !== undefined) expect(second).toMatch(/^HTTP\/1\.1 503 .*is stopping/s);
  expect((await ended).code).toBe(0);
}, 90_000);

it('a second signal stops a service at once', async () => {
  const { child, ended, open } = await served();
  await open(
    'POST /v1/search HTTP/1.1\r\nhost: localhost\r\ncontent-length: 12\r\ncontent-type: application/json\r\n\r\n{',
  );
  await new Promise((resolve) => setTimeout(resolve, 200));
  child.kill('SIGINT');
  await new Promise((resolve) => setTimeout(resolve, 1_300));
  expect(child.exitCode).toBeNull();
  const signalledAt = performance.now();
  child.kill('SIGINT');
  const { code, stderr } = await ended;
  expect(performance.now() - signalledAt).toBeLessThan(3_000);
  expect(code).toBe(1);
  expect(stderr).toContain('"why":"second signal"');
}, 90_000);
