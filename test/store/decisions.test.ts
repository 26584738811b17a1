import { expect, it } from 'vitest';
import type { NewDecision } from '../../src/store/decisions.js';
import { openStore } from '../../src/store/open.js';
import { Sqlite } from '../../src/store/sqlite.js';
import { factOf } from '../domain/fact.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const entry: NewDecision = {
  at: '2026-11-21T12:00:00.000Z',
  by: 'Dana',
  action: 'accept',
  field: 'attributes.color',
  value: 'Navy',
  corrected: undefined,
  undoes: undefined,
  group: 'g1',
  state: 's1',
  settled: 1,
  shown: { count: 1 },
};
const before = { ...factOf('attributes.color', 'Navy'), taxonomy: 't', model: 'm', decision: null };

it('can be appended to and read, but not updated, deleted from or overwritten', () => {
  const folder = temporaryFolder();
  const store = openStore(folder);
  const id = store.decisions.add(entry, [{ productId: 'a', before: [before] }]);
  const database = new Sqlite(`${folder}/store.sqlite`);
  for (const statement of [
    "update decisions set by = 'Eve'",
    'delete from decisions',
    `insert or replace into decisions select ${id}, at, 'Eve', action, field, value, corrected, undoes, suggestion_group, state, settled, shown from decisions`,
    "update decided_facts set before = '[]'",
    'delete from decided_facts',
    "insert or replace into decided_facts select decision, product_id, '[]' from decided_facts",
  ]) {
    expect(() => database.exec(statement)).toThrow(/append-only/);
  }
  database.close();
  expect(store.decisions.get(id)).toEqual({ ...entry, id, undoneBy: undefined });
  expect(store.decisions.facts(id)).toEqual([{ productId: 'a', before: [before] }]);
  store.close();
});

it('lists newest first, what is in force, and the outcomes of those', () => {
  const store = openStore(temporaryFolder());
  const facts = [{ productId: 'a', before: [{ ...before, confidence: 0.6 }] }];
  const first = store.decisions.add(entry, facts);
  const second = store.decisions.add({ ...entry, action: 'reject', group: 'g2' }, facts);
  const person = [{ productId: 'a', before: [{ ...before, source: 'reviewer' as const }] }];
  const third = store.decisions.add({ ...entry, action: 'correct', corrected: 'Blue' }, person);
  expect(store.decisions.outcomes()).toEqual([
    { field: 'attributes.color', confidence: 0.6, right: true, category: undefined, settled: 1 },
    { field: 'attributes.color', confidence: 0.6, right: false, category: undefined, settled: 1 },
  ]);
  const undo = store.decisions.add({ ...entry, action: 'undo', undoes: first }, []);
  expect(store.decisions.page(2, 0).map(({ id }) => id)).toEqual([undo, third]);
  expect(store.decisions.page(9, 2).map(({ id, undoneBy }) => [id, undoneBy])).toEqual([
    [second, undefined],
    [first, undo],
  ]);
  expect(store.decisions.inForce('g1').map(({ id }) => id)).toEqual([third]);
  expect(store.decisions.outcomes()).toHaveLength(1);
  expect(() => store.decisions.add({ ...entry, action: 'undo', undoes: first }, [])).toThrow(/UNIQUE/);
  expect([store.decisions.count(), store.decisions.last()]).toEqual([4, 4]);
  store.close();
});
