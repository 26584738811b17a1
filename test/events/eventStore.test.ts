import path from 'node:path';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import type { ShopEvent } from '../../src/events/event.js';
import { EventStore } from '../../src/events/eventStore.js';
import { Sqlite } from '../../src/store/sqlite.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const blank = {
  ...{ queryId: null, sessionId: null, clientId: null, objectId: null, position: null, quantity: null },
  ...{ price: null, orderId: null, attributes: null, key: null },
};
const event = (at: number, more: Partial<ShopEvent> = {}): ShopEvent => ({
  ...blank,
  at,
  action: 'click',
  ...more,
});

function open(folder: string): EventStore {
  const store = new EventStore(folder, 1000);
  onTestFinished(() => store.close());
  return store;
}

it('gives back what was stored, in the order in which it happened, also after it was opened again', async () => {
  const folder = temporaryFolder();
  const store = open(folder);
  const { salt } = store;
  const full = event(20, {
    ...{ queryId: 'q', objectId: 'a', position: 2, price: 1.5 },
    attributes: '{"device":"tv"}',
  });
  expect(await store.add([event(30), full, event(10)], 99)).toEqual([true, true, true]);
  const again = open(folder);
  expect(again.salt).toEqual(salt);
  expect([...again.between(10, 30)].map(({ id: _, ...one }) => one)).toEqual([event(10), full]);
  expect(again.totals()).toEqual({ events: 3, searches: 0, first: 10, last: 30, actions: { click: 3 } });
});

it('equals a list of events with different keys, whatever is added and deleted', async () => {
  const key = fc.option(fc.constantFrom('k1', 'k2', 'k3'), { nil: null });
  const one = fc.record({ at: fc.nat(50), key, action: fc.constantFrom('click', 'purchase') });
  const step = fc.oneof(
    fc.record({ add: fc.array(one, { maxLength: 6 }), received: fc.nat(20) }),
    fc.record({ deleteBefore: fc.nat(21) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.nat(50), fc.nat(50), async (steps, from, to) => {
      const store = open(temporaryFolder());
      let model: (ShopEvent & { received: number })[] = [];
      for (const now of steps) {
        if ('deleteBefore' in now) {
          const kept = model.filter(({ received }) => received >= now.deleteBefore);
          expect((await store.deleteBefore(now.deleteBefore)).events).toBe(model.length - kept.length);
          model = kept;
          continue;
        }
        const isNew = now.add.map((added) => {
          if (added.key !== null && model.some((known) => known.key === added.key)) return false;
          model.push({ ...event(added.at, added), received: now.received });
          return true;
        });
        expect(
          await store.add(
            now.add.map((added) => event(added.at, added)),
            now.received,
          ),
        ).toEqual(isNew);
      }
      const wanted = model.filter(({ at }) => at >= from && at < to).sort((a, b) => a.at - b.at);
      expect([...store.between(from, to)].map(({ at, action }) => [at, action])).toEqual(
        wanted.map(({ at, action }) => [at, action]),
      );
      expect(store.totals().events).toBe(model.length);
    }),
    { numRuns: 25 },
  );
});

it('deletes searches with the events, in parts', async () => {
  const store = open(temporaryFolder());
  const search = (queryId: string, at: number) => ({
    ...{ queryId, at, query: 'mug', total: 1, shown: ['a'], tookMs: 1, page: 1, filtered: false },
    ...{ clientId: 'c', experiment: null, variant: null, teams: null, fields: [], device: null },
  });
  await store.addSearches([search('q1', 10), search('q2', 20), search('q2', 30)]);
  await store.add(
    Array.from({ length: 12_000 }, (_, at) => event(at)),
    5,
  );
  expect(await store.deleteBefore(15)).toEqual({ events: 12_000, searches: 1 });
  expect(store.totals()).toMatchObject({ events: 0, searches: 1 });
});

it('refuses a file of another version with what to do', () => {
  const folder = temporaryFolder();
  open(folder);
  const file = new Sqlite(`${folder}/events.sqlite`);
  file.pragma('user_version = 9');
  file.close();
  expect(() => new EventStore(folder, 100)).toThrow(
    /events\.sqlite has version 9 of the format of events, and this version of Shelfwright reads 2: /,
  );
});

it('brings a file of the first format to the newest, with what it holds', async () => {
  const folder = temporaryFolder();
  const old = new Sqlite(path.join(folder, 'events.sqlite'));
  old.exec(`
    create table events (id integer primary key, received integer not null, at integer not null, action text not null,
      query_id text, session_id text, client_id text, object_id text, position integer, quantity real, price real,
      order_id text, attributes text, event_key text);
    create table searches (query_id text primary key, at integer not null, query text not null, total integer not null,
      shown text not null, took_ms real not null, page integer not null, filtered integer not null, client_id text,
      experiment text, variant text, teams text) without rowid;
    create table experiments (name text primary key, definition text not null, started integer not null, stopped integer)
      without rowid;
    create table secrets (name text primary key, value blob not null) without rowid;
    insert into searches values ('q', 5, 'mug', 1, '["a"]', 2, 1, 0, 'c', null, null, null);
    insert into experiments values ('one', '{}', 1, 2);
    insert into secrets values ('salt', x'0102');
    pragma user_version = 1;`);
  old.close();
  const store = open(folder);
  expect(store.salt).toEqual(Buffer.from([1, 2]));
  expect([...store.searchesBetween(0, 9)]).toMatchObject([{ queryId: 'q', fields: [], device: null }]);
  expect(store.experiments.list()).toEqual([
    { name: 'one', definition: '{}', started: 1, stopped: 2, baseline: null, stop_reason: null },
  ]);
  await store.importRanking('ours', new Map([['mug', ['b', 'a']]]));
  expect(store.rankings.of('ours', 'mug')).toEqual(['b', 'a']);
  open(folder);
  const newer = new Sqlite(path.join(folder, 'events.sqlite'));
  newer.pragma('user_version = 99');
  newer.close();
  expect(() => new EventStore(folder, 1000)).toThrow(/has version 99 of the format of events/);
});
