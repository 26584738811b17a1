import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { makeKey, openApiKeys } from '../../src/service/apiKeys.js';
import { openStore } from '../../src/store/open.js';
import { serving } from '../http/serving.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { source } from './source.js';

const { emptyState }: { emptyState(): object } = await source('storefront/state.ts');
const { searchFor }: { searchFor(state: object, signal: AbortSignal): Promise<{ total: number }> } =
  await source('storefront/requestOf.ts');
const {
  getProduct,
  complete,
}: {
  getProduct(id: string, signal: AbortSignal): Promise<{ id: string }>;
  complete(prefix: string, limit: number, signal: AbortSignal): Promise<unknown[]>;
} = await source('shared/api.ts');
const { keepKey }: { keepKey(typed: string): boolean } = await source('shared/key.ts');

const { signal } = new AbortController();
const all = () => searchFor(emptyState(), signal);
const WRONG = { name: 'Error', status: 401, wrong: true, message: expect.stringMatching(/not valid/) };
const MISSING = { name: 'Error', status: 401, wrong: false, message: expect.stringMatching(/with a key/) };

interface Asked {
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
}

/** A service that requires a key once one was made; the page's requests go to it. */
async function guarded() {
  const store = openStore(path.join(temporaryFolder(), 'data'));
  const app = await serving({ access: openApiKeys(store) });
  const sent: unknown[] = [];
  const stored = new Map<string, string>();
  vi.stubGlobal('fetch', async (url: string, { method = 'GET', headers = {}, body = '' }: Asked) => {
    sent.push(headers['x-api-key']);
    const answer = await app.inject({ url, method, headers, ...(method === 'POST' && { payload: body }) });
    return new Response(answer.body, { status: answer.statusCode });
  });
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => stored.set(name, value),
  });
  onTestFinished(() => {
    vi.unstubAllGlobals();
    store.close();
  });
  return { store, app, sent, stored };
}

test('the page asks for a key where one is required, and for another where it is wrong', async () => {
  const { store, sent, stored } = await guarded();
  expect(await all()).toMatchObject({ total: 3 });
  const { token } = makeKey(store, { name: 'page', scope: 'search', filter: undefined });
  await expect(all()).rejects.toMatchObject(MISSING);
  await expect(getProduct('c', signal)).rejects.toMatchObject(MISSING);
  expect(sent).toEqual([undefined, undefined, undefined]);

  expect(keepKey('sw_unknown_key')).toBe(true);
  await expect(all()).rejects.toMatchObject(WRONG);
  expect(keepKey(`  ${token}\n`)).toBe(true);
  expect(await all()).toMatchObject({ total: 3 });
  expect(await getProduct('c', signal)).toMatchObject({ id: 'c' });
  expect(await complete('mu', 8, signal)).toBeInstanceOf(Array);
  expect([...stored.values()]).toEqual([token]);

  // What cannot be sent as a header leaves the key as it was.
  for (const typed of ['', ' ', 'two words', 'schlüssel', 'a\u0000']) expect(keepKey(typed)).toBe(false);
  expect(await all()).toMatchObject({ total: 3 });
});

test('the key outlasts a reload of the page, and a browser without storage keeps it until then', async () => {
  const { stored } = await guarded();
  const load = (page: number): Promise<{ keepKey(typed: string): boolean; keyHeader(): object }> =>
    source(`shared/key.ts?page=${page}`);
  const [first, second, third] = await Promise.all([load(1), load(2), load(3)]);
  expect(first.keyHeader()).toEqual({});
  first.keepKey('sw_a');
  expect(second.keyHeader()).toEqual({ 'x-api-key': 'sw_a' });
  expect([...stored.values()]).toEqual(['sw_a']);

  const refuse = () => {
    throw new Error('storage is not allowed');
  };
  vi.stubGlobal('sessionStorage', { getItem: refuse, setItem: refuse });
  expect(third.keyHeader()).toEqual({});
  expect(third.keepKey('sw_b')).toBe(true);
  expect(third.keyHeader()).toEqual({ 'x-api-key': 'sw_b' });
});

test('the page and all its files are served without a key where one is required', async () => {
  const { store, app } = await guarded();
  makeKey(store, { name: 'page', scope: 'search', filter: undefined });
  expect((await app.inject({ url: '/v1/search' })).statusCode).toBe(401);
  const { body, headers } = await app.inject({ url: '/' });
  expect(headers['cache-control']).toBe('no-cache');
  const files = [...body.matchAll(/(?:src|href)="([^"?]*\.\w+)"/g)].map(([, file]) => file ?? '');
  expect(files.map((file) => file.replace(/-[\w-]{8}\./, '.')).sort()).toEqual([
    '/assets/shared.css',
    '/assets/shared.js',
    '/assets/storefront.css',
    '/assets/storefront.js',
    '/client.js',
    '/icon.svg',
  ]);
  for (const url of files) {
    const { statusCode, headers: own } = await app.inject({ url });
    const kept = url.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
    expect([url, statusCode, own['cache-control']]).toEqual([url, 200, kept]);
  }
});
