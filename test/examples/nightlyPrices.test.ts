import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { indexedCatalog } from '../support/indexedCatalog.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { runExample, serveFolders } from './runExample.js';

const WAIT = { timeout: 20_000 };
const HAS_CURL = spawnSync('curl', ['--version']).status === 0;

it('nightly-prices merges a price file, which the running service answers with, and says what happened', async () => {
  const folders = indexedCatalog();
  const address = await serveFolders(folders);
  const folder = temporaryFolder();
  const write = (name: string, text: string): string => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  process.env.QUARANTINE = path.join(folder, 'quarantine.jsonl');
  onTestFinished(() => {
    delete process.env.QUARANTINE;
  });
  const run = (file: string) => runExample('sh', ['examples/nightly-prices.sh', file], { folders });
  const found = async (filter: string) => {
    const answer = await fetch(`${address}/v1/search?filter=${encodeURIComponent(filter)}`);
    const { hits }: { hits: { product: Record<string, unknown> }[] } = JSON.parse(await answer.text());
    return hits.map(({ product }) => product);
  };

  const good = await run(
    write('prices.csv', 'id,price,stock\nw-dress-0,7.50,3\nk-dress-0,7.50,0\n,1.00,1\n'),
  );
  expect(good.code, good.stdout + good.stderr).toBe(0);
  expect(good.stdout).toMatch(
    /^\d{4}-\d\d-\d\dT[\d:]+Z prices: ok, but rows are in \S+: 3 rows: 0 imported, 2 updated, .* 1 in quarantine/,
  );
  expect(readFileSync(process.env.QUARANTINE, 'utf8')).toContain('"field":"id"');
  await expect.poll(() => found('price = 7.5'), WAIT).toHaveLength(2);
  expect(await found('price = 7.5 AND stock = 3')).toEqual([
    expect.objectContaining({ id: 'w-dress-0', title: 'red dress for women', brand: 'Fernhill' }),
  ]);

  const broken = await run(
    write('empty.csv', `id,price\n${Array.from({ length: 48 }, (_, n) => `${idOf(n)},`).join('\n')}\n`),
  );
  expect(broken.code).toBe(1);
  expect(broken.stdout).toMatch(/prices: failed with 1: .*--allow-clear/);
  expect(await found('price = 7.5')).toHaveLength(2);

  if (!HAS_CURL) return;
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/prices.csv?day=1' ? 200 : 404;
    response.end('id,price\nw-dress-0,8.25\nnew-1,3\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const at = server.address();
  const origin = `http://127.0.0.1:${typeof at === 'object' && at !== null ? at.port : 0}`;
  const fetched = await run(`${origin}/prices.csv?day=1`);
  expect(fetched.stdout).toMatch(/ok: 2 rows: 1 imported, 1 updated/);
  expect(fetched.stdout).toContain('warning: the file names products that the catalog did not have');
  await expect.poll(() => found('price = 8.25'), WAIT).toHaveLength(1);
  const missing = await run(`${origin}/nothing.csv`);
  expect([missing.code, missing.stdout]).toEqual([
    1,
    expect.stringContaining('failed: could not be fetched'),
  ]);
}, 180_000);

/** The ids of the small catalog. */
function idOf(number: number): string {
  const garments = ['dress', 'shirt', 'jacket', 'skirt', 'jumper', 'coat'];
  return `${number % 2 === 0 ? 'w' : 'k'}-${garments[Math.floor(number / 8)]}-${Math.floor(number / 2) % 4}`;
}
