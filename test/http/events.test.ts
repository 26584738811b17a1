import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { EventStore } from '../../src/events/eventStore.js';
import { buildApp } from '../../src/http/app.js';
import { makeKey } from '../../src/service/apiKeys.js';
import { openService } from '../../src/service/openService.js';
import { openStore } from '../../src/store/open.js';
import { indexedCatalog } from '../support/indexedCatalog.js';
import { webDir } from './serving.js';

const TIME = '2026-11-30T12:00:00Z';
const NDJSON = { 'content-type': 'application/x-ndjson' };

async function shop(retention_days = 30, logged: string[] = [], max_events = 100_000) {
  const folders = indexedCatalog();
  const service = await openService({
    ...folders,
    ...{ modelDir: packagePaths.model, workers: 1, queryDays: 30 },
    events: { retention_days, max_events },
  });
  const logger = { write: (line: string) => void logged.push(line) };
  const app = await buildApp({ service, webDir, logger });
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await app.close();
    await service.close();
  };
  onTestFinished(close);
  const post = async (body: string | object, headers: Record<string, string> = {}, url = '/v1/events') => {
    const { statusCode, body: text } = await app.inject({ method: 'POST', url, payload: body, headers });
    return { status: statusCode, answer: z.record(z.string(), z.unknown()).parse(JSON.parse(text)) };
  };
  const stored = () => {
    const store = new EventStore(folders.dataDir, 1000);
    try {
      return { events: [...store.between(0, Number.MAX_SAFE_INTEGER)], totals: store.totals() };
    } finally {
      store.close();
    }
  };
  const key = () => {
    const store = openStore(folders.dataDir);
    try {
      return makeKey(store, { name: 'page', scope: 'search', filter: undefined });
    } finally {
      store.close();
    }
  };
  return { app, post, stored, key, close, dataDir: folders.dataDir };
}

const click = (id: string, more: object = {}) => ({
  ...{ action_name: 'click', timestamp: TIME, client_id: 'c-1' },
  event_attributes: { object: { object_id: id }, position: { ordinal: 1 }, ...more },
});

test('one event, a list and lines are stored, each answered', async () => {
  const { post, stored } = await shop();
  expect(await post(click('a'))).toEqual({ status: 200, answer: { results: [{ status: 'stored' }] } });
  expect((await post([click('b'), click('c')])).answer.results).toHaveLength(2);
  expect((await post({ events: [click('d')] })).answer.results).toHaveLength(1);
  const lines = [click('e'), 'no event', click('f', { browser: 'x' }), { ...click('g'), timestamp: 'now' }];
  const text = `${lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')}\n`;
  const { status, answer } = await post(text, NDJSON);
  expect(status).toBe(200);
  expect(answer.results).toMatchObject([
    { status: 'stored' },
    { row: 2, status: 'refused', field: '' },
    { status: 'stored', dropped: ['event_attributes.browser'] },
    { row: 4, status: 'refused', field: 'timestamp' },
  ]);
  expect(stored().events.map(({ objectId }) => objectId)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});

test('an event that is sent again is stored once', async () => {
  const { post, stored } = await shop();
  const paid = click('a', { event_id: 'x1', quantity: 2, price: 5, order_id: 'o' });
  expect((await post([paid, paid])).answer.results).toEqual([{ status: 'stored' }, { status: 'duplicate' }]);
  expect((await post(paid)).answer.results).toEqual([{ status: 'duplicate' }]);
  expect(stored().totals.events).toBe(1);
});

test('a request of refused events only is refused, and so is one of too many', async () => {
  const { post, stored } = await shop();
  const refused = await post([{ action_name: 'click' }, 5]);
  expect(refused.status).toBe(400);
  expect(refused.answer.detail).toMatch(/^All 2 rows were refused; the first, row 1: timestamp: missing; /);
  const many = await post(Array.from({ length: 1001 }, () => click('a')));
  expect(many.status).toBe(400);
  expect(many.answer.detail).toMatch(/at most 1000 events per request/);
  expect(stored().totals.events).toBeLessThanOrEqual(1000);
});

test('events beyond what may be stored are refused, with what to do', async () => {
  const { post, stored } = await shop(30, [], 1000);
  const many = (from: number, count: number) =>
    Array.from({ length: count }, (_, place) => click(`p${from + place}`));
  expect((await post(many(0, 998))).status).toBe(200);
  const full = await post(many(998, 3));
  expect([full.status, full.answer.detail]).toEqual([
    503,
    expect.stringMatching(
      /^There are 998 events, and 1000 are allowed \(setting events\.max_events\): delete old ones/,
    ),
  ]);
  expect((await post(many(998, 2))).status).toBe(200);
  expect(stored().totals.events).toBe(1000);
});

test('events that are turned off are refused, and searches are answered', async () => {
  const { app, post, dataDir } = await shop(0);
  expect((await post(click('a'))).status).toBe(503);
  expect((await app.inject({ url: '/v1/search?q=mug&client_id=c-1' })).statusCode).toBe(200);
  expect(readdirSync(dataDir)).not.toContain('events.sqlite');
});

test('a search of a shopper with an id is recorded with what it showed, and its clicks are known by its query_id', async () => {
  const { app, post, stored, close } = await shop();
  const answers = [
    await app.inject({ url: '/v1/search?q=Dress&client_id=c-1&per_page=3' }),
    await app.inject({ method: 'POST', url: '/v1/search', payload: { q: 'desk', session_id: 's' } }),
  ].map((answer) => answer.json());
  const many = await app.inject({
    ...{ method: 'POST', url: '/v1/multi-search' },
    payload: { searches: [{ q: 'chair', client_id: 'c-1' }, { q: 'sofa' }] },
  });
  expect(many.json().results).toHaveLength(2);
  await app.inject({ url: '/v1/search?q=unknown+shopper' });
  await post({ ...click(answers[0].hits[0].id), query_id: answers[0].query_id });
  await close();
  const { events, totals } = stored();
  expect(totals.searches).toBe(3);
  expect(events[0]).toMatchObject({ queryId: answers[0].query_id, objectId: answers[0].hits[0].id });
});

test("Algolia's Insights are stored as events of ours, one for each object", async () => {
  const { post, stored } = await shop();
  const events = [
    {
      ...{ eventType: 'click', eventName: 'Hits Clicked', index: 'products', userToken: 'anonymous-1' },
      ...{ queryID: '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0', objectIDs: ['a'], positions: [4] },
      timestamp: Date.parse(TIME),
    },
    {
      ...{ eventType: 'conversion', eventSubtype: 'purchase', eventName: 'Bought', index: 'products' },
      ...{ userToken: 'anonymous-1', objectIDs: ['a', 'b'], currency: 'EUR' },
      objectData: [
        { price: 5, quantity: 1 },
        { price: '2.50', quantity: 3 },
      ],
    },
    { ...{ eventType: 'view', eventName: 'Hits Viewed', index: 'products' }, objectIDs: ['c'] },
  ];
  // Clients send JSON as text.
  const sent = await post(JSON.stringify({ events }), { 'content-type': 'text/plain' }, '/1/events');
  expect(sent).toEqual({ status: 200, answer: { status: 200, message: 'OK' } });
  expect(
    stored().events.map(({ action, objectId, position, price, quantity }) => [
      action,
      objectId,
      position,
      price,
      quantity,
    ]),
  ).toEqual([
    ['click', 'a', 4, null, null],
    ['purchase', 'a', 0, 5, 1],
    ['purchase', 'b', 0, 2.5, 3],
    ['impression', 'c', 0, null, null],
  ]);
  const mixed = { events: [{ eventType: 'hover' }, { ...events[2], objectIDs: ['d'] }] };
  const wrong = await post(mixed, {}, '/1/events');
  expect(wrong.status).toBe(422);
  expect(wrong.answer.detail).toMatch(
    /^1 of 2 events were refused, the others are stored; the first, events\.0/,
  );
  expect(stored().events.at(-1)).toMatchObject({ action: 'impression', objectId: 'd' });
});

test('the key of an Insights client is read from the address, as it writes it', async () => {
  const { app, post, key } = await shop();
  const { token } = key();
  const body = { events: [{ eventType: 'view', objectIDs: ['a'] }] };
  expect((await post(body, {}, '/1/events')).status).toBe(401);
  const sent = await post(body, {}, `/1/events?X-Algolia-Application-Id=shop&X-Algolia-API-Key=${token}`);
  expect(sent.status).toBe(200);
  expect((await app.inject({ url: `/v1/search?q=a&X-Algolia-API-Key=${token}` })).statusCode).toBe(401);
});

test('nothing that says who a shopper is can be found in anything stored or logged', async () => {
  const logged: string[] = [];
  const { app, post, close, dataDir } = await shop(30, logged);
  const secrets = {
    mail: 'ada.lovelace@shop.example',
    phone: '+491715550199',
    card: '4111 1111 1111 1111',
    address: '203.0.113.77',
    agent: 'Mozilla/5.0 (X11; TestAgent 99)',
    key: 'sw_search_0123456789abcdefghijklmnop',
    client: 'client-of-ada',
    session: 'session-of-ada',
    user: 'user-of-ada',
    order: 'order-4711-ada',
    cookie: 'cookie-of-ada',
  };
  const headers = {
    'user-agent': secrets.agent,
    'x-forwarded-for': secrets.address,
    cookie: `id=${secrets.cookie}`,
    authorization: `Bearer ${secrets.key}`,
  };
  const text = `${secrets.mail} ${secrets.phone} ${secrets.card} ${secrets.address}`;
  const event = {
    ...{ action_name: `note ${secrets.mail}`, timestamp: TIME, application: text.slice(0, 99) },
    ...{ client_id: secrets.client, session_id: secrets.session, user_id: secrets.user, message: text },
    ...{ query_id: secrets.mail, message_type: secrets.mail },
    event_attributes: {
      object: { object_id: secrets.mail, object_id_field: secrets.mail },
      position: { ordinal: 1, trail: [text] },
      ...{ order_id: secrets.order, event_id: secrets.mail, category: text },
      ...{ device: secrets.agent, ip: secrets.address, browser: secrets.agent, e_mail: secrets.mail },
    },
  };
  expect((await post(event, headers)).status).toBe(200);
  await post(
    { events: [{ eventType: 'click', userToken: secrets.mail, objectIDs: ['a'] }] },
    headers,
    '/1/events',
  );
  for (const q of [text, secrets.mail, `mug for ${secrets.phone}`, 'red lamp']) {
    const url = `/v1/search?${new URLSearchParams({ q, client_id: secrets.client, session_id: secrets.session })}`;
    expect((await app.inject({ url, headers })).statusCode).toBe(200);
  }
  // Also what SQLite has not moved from its log into the database.
  const beforeClosing = bytesOf(dataDir);
  await close();
  for (const stored of [beforeClosing, bytesOf(dataDir), logged.join('\n')]) {
    expect(stored.length).toBeGreaterThan(500);
    for (const [name, secret] of Object.entries(secrets))
      expect(stored.toLowerCase().includes(secret.toLowerCase()), name).toBe(false);
    expect(stored.includes('4111')).toBe(false);
  }
});

function bytesOf(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name)).toString('latin1'))
    .join('\n');
}
