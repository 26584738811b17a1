import path from 'node:path';
import { expect, it } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { copyOfDemo, whereIn } from '../support/demo.js';
import { hashFiles } from '../support/hashFiles.js';
import { runInProcess } from '../support/runInProcess.js';
import { runShelfwright } from '../support/runShelfwright.js';
import { demo } from '../support/sharedDemo.js';
import { fileOf, temporaryFolder } from '../support/temporaryFolder.js';

const rules = 'format: 1\nrules: []\n';

/** Commands that also run as a process, whose end might write too. */
const AS_PROCESS = new Set(['similar', 'status', 'rules preview', 'queries list', 'synonyms suggest']);

/** Read-only commands, with a text that each must print. */
const commands: readonly (readonly [name: string, args: () => readonly string[], prints: RegExp])[] = [
  ['search', () => ['search', 'two-person tent'], /\[tent\]/],
  ['suggest', () => ['suggest', 'dre'], /suggestions in/],
  ['similar', () => ['similar', 'tent'], /similar to tent/],
  [
    'evaluate search',
    () => ['evaluate', 'search', '--judgments', fileOf('.tsv', 'query\tproduct_id\tgrade\ntent\ttent\t1\n')],
    /1 of 1 queries/,
  ],
  ['rules preview', () => ['rules', 'preview', fileOf('.yaml', rules), 'dress'], /found now/],
  ['status', () => ['status'], /job +reindex queued/],
  ['rules list', () => ['rules', 'list'], /No rules yet/],
  ['rules show', () => ['rules', 'show'], /rules: \[\]/],
  ['rules lint', () => ['rules', 'lint', fileOf('.yaml', rules)], /0 errors/],
  ['queries list', () => ['queries', 'list'], /query log/],
  ['queries zero', () => ['queries', 'zero'], /query log/],
  ['synonyms suggest', () => ['synonyms', 'suggest'], /No search without hits/],
  ['generations list', () => ['generations', 'list'], /products/],
  ['jobs list', () => ['jobs', 'list'], /waiting {2}reindex {2}queued/],
  ['keys list', () => ['keys', 'list'], /No key yet/],
  ['review list', () => ['review', 'list'], /suggestions wait/],
  ['review log', () => ['review', 'log'], /Nothing was decided/],
  ['audit', () => ['audit', fileOf('.jsonl', '{"id":"a","title":"Mug"}\n')], /1 row/],
  [
    'evaluate enrichment',
    () => ['evaluate', 'enrichment', '--gold', fileOf('.jsonl', '{"id":"tent","category":"Tents"}\n')],
    /1 labelled rows/,
  ],
];

it.each(commands)(
  '%s changes no file of the store or the indexes, and starts no queued job',
  async (name, args, prints) => {
    const folder = copyOfDemo(demo, temporaryFolder());
    const dataDir = path.join(folder, 'data');
    const store = openStore(dataDir);
    store.transaction(() => {
      store.jobs.add('waiting', 'reindex', { enrich: true, allow_shrink: false });
      store.products.upsert({ id: 'tent', title: 'Two-person tent', price: 90 });
    });
    store.close();
    const before = hashFiles(dataDir, path.join(folder, 'indexes'));
    const run = AS_PROCESS.has(name) ? runShelfwright : runInProcess;
    const { code, stdout, stderr } = await run([...args(), ...whereIn(folder)]);
    expect([code, stdout], stderr).toEqual([0, expect.stringMatching(prints)]);
    expect(hashFiles(dataDir, path.join(folder, 'indexes'))).toEqual(before);
    const after = openStore(dataDir);
    expect(after.jobs.get('waiting')).toMatchObject({ state: 'queued', attempts: 0, started: null });
    after.close();
  },
);
