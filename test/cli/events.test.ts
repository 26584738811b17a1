import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { LearnedStore } from '../../src/learning/learnedStore.js';
import { runInProcess } from '../support/runInProcess.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const at = '2026-11-30T12:00:00Z';
const click = (id: string) => ({
  action_name: 'click',
  timestamp: at,
  query_id: 'q-1',
  event_attributes: { object: { object_id: id }, position: { ordinal: 2 } },
});

/** A folder with a file, and commands of `events` over its data. */
function folderWith(name: string, lines: readonly string[]) {
  const folder = temporaryFolder();
  const file = path.join(folder, name);
  writeFileSync(file, lines.join('\n'));
  const data = path.join(folder, 'data');
  const events = async (...args: string[]) => {
    const { code, stdout, output } = await runInProcess(['events', ...args, '--data', data]);
    return { code, stdout, output };
  };
  const asJson = async (...args: string[]) => JSON.parse((await events(...args, '--json')).stdout);
  return { file, events, asJson, dataDir: data };
}

test('a file of UBI is imported once, with its searches; lines that are none are named', async () => {
  const { file, events, asJson } = folderWith('events.jsonl', [
    JSON.stringify({ index: { _index: 'ubi_queries' } }),
    JSON.stringify({ query_id: 'q-1', user_query: 'Red Mug', client_id: 'c-1', timestamp: at }),
    ...[click('a'), click('a'), click('b')].map((event) => JSON.stringify(event)),
    JSON.stringify({ ...click('c'), timestamp: 'yesterday' }),
    'no json',
  ]);
  const first = await events('import', file);
  expect(first.code).toBe(3);
  expect(first.output).toContain(`${file}:6: timestamp: found "yesterday"; expected a date and time`);
  expect(first.output).toContain(`${file}:7: the line is not JSON`);
  expect(first.output).toContain('3 events stored and 1 searches, 0 were stored before, 2 lines refused.');
  expect(await asJson('import', file)).toMatchObject({ stored: 0, duplicate: 3, refused: 2 });
  expect(await asJson('status')).toMatchObject({ events: 3, searches: 1, actions: { click: 3 } });

  const { stdout } = await events('export');
  const exported = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(exported.map(({ action, objectId, position }) => [action, objectId, position])).toEqual([
    ['click', 'a', 2],
    ['click', 'a', 2],
    ['click', 'b', 2],
  ]);
});

test('orders are imported once, and cleared', async () => {
  const { file, events, asJson, dataDir } = folderWith('orders.csv', [
    'Order ID,Date,Product ID,Quantity,Price,Client ID',
    'A-1,2026-11-29,p1,2,"1,299.00",c-1',
    'A-1,2026-11-29,p2,1,5.50,c-1',
    'A-2,2026-11-30,p1,none,1299,',
  ]);
  const { code, output } = await events('import', file);
  expect([code, output]).toEqual([3, expect.stringContaining('found "none"; expected a number above 0')]);
  expect(await asJson('import', file)).toMatchObject({ stored: 0, duplicate: 2 });
  expect(await asJson('status')).toMatchObject({ events: 2, actions: { purchase: 2 } });
  expect(await asJson('clear', '--before', '2026-01-01', '--yes')).toEqual({ events: 0, searches: 0 });
  const unasked = await events('clear');
  expect([unasked.code, unasked.output]).toEqual([
    2,
    expect.stringMatching(/^shelfwright: Delete all events.*add --yes\.\n$/),
  ]);
  expect(await asJson('status')).toMatchObject({ events: 2 });
  expect((await runInProcess(['learn', '--data', dataDir, '--indexes', `${dataDir}/none`])).code).toBe(0);
  expect(readdirSync(`${dataDir}/learned`)).toContain('judgments.tsv');
  expect(await asJson('clear', '--yes')).toEqual({ events: 2, searches: 0 });
  expect(existsSync(`${dataDir}/learned`)).toBe(false);
  const learned = new LearnedStore(dataDir);
  expect(learned.retrainings()).toEqual([]);
  learned.close();
  expect((await events('status')).stdout).toContain('0 events');
  const wrong = await events('clear', '--before', 'monday', '--yes');
  expect([wrong.code, wrong.output]).toEqual([2, expect.stringContaining('expected a day such as')]);
});
