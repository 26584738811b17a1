import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Scope } from '../../src/domain/apiKey.js';
import { buildApp } from '../../src/http/app.js';
import { makeKey, openApiKeys, reopen, revokeKey } from '../../src/service/apiKeys.js';
import type { Service } from '../../src/service/service.js';
import { openStore } from '../../src/store/open.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { memoryService } from './memoryService.js';
import { at, products, webDir } from './serving.js';

async function guarded(exposed = false, shop = products, overrides: Partial<Service> = {}) {
  const store = openStore(path.join(temporaryFolder(), 'data'));
  onTestFinished(() => store.close());
  const app = await buildApp({
    service: memoryService(shop, { ...overrides, access: openApiKeys(store) }),
    webDir,
    logger: false,
    exposed,
  });
  const key = (scope: Scope, filter?: string) => makeKey(store, { name: 'test', scope, filter });
  const ask = (
    token: string | undefined,
    url: string,
    method: 'GET' | 'POST' | 'DELETE' = 'GET',
    payload?: object,
  ) =>
    app.inject({
      url,
      method,
      ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
      ...(payload !== undefined && { payload }),
    });
  return { store, app, key, ask };
}

test('a key is required as soon as one exists, except for health', async () => {
  const { key, ask } = await guarded();
  expect((await ask(undefined, '/v1/search?q=mug')).statusCode).toBe(200);
  const { token } = key('search');
  const refused = await ask(undefined, '/v1/search?q=mug');
  expect(refused.statusCode).toBe(401);
  expect(refused.headers['www-authenticate']).toBe('Bearer');
  expect(refused.json().detail).toMatch(/needs a key/);
  expect((await ask(token, '/v1/search?q=mug')).statusCode).toBe(200);
  expect((await ask(undefined, '/health/ready')).statusCode).toBe(200);
  expect((await ask(undefined, '/metrics')).statusCode).toBe(401);
});

test('a key does what its scope says and no more', async () => {
  const { key, ask } = await guarded();
  const may = async (scope: Scope) => {
    const { token } = key(scope);
    const codes = [
      await ask(token, '/v1/search?q=mug'),
      await ask(token, '/v1/products', 'POST', [{ id: 'n', title: 'New mug' }]),
      await ask(token, '/v1/reindex', 'POST'),
    ];
    return codes.map(({ statusCode }) => statusCode < 300);
  };
  expect(await may('search')).toEqual([true, false, false]);
  expect(await may('write')).toEqual([true, true, false]);
  expect(await may('admin')).toEqual([true, true, true]);
});

test('keys can be created and revoked while the service runs, and a wrong key is refused', async () => {
  const { store, key, ask } = await guarded();
  const first = key('admin');
  const second = key('admin');
  revokeKey(store, first.key.id);
  expect((await ask(first.token, '/v1/jobs')).statusCode).toBe(401);
  expect((await ask(second.token, '/v1/jobs')).statusCode).toBe(200);
  const forged = `${second.token.slice(0, -1)}${second.token.endsWith('A') ? 'B' : 'A'}`;
  for (const wrong of [forged, 'sw_', '', "' or 1=1", `sw_${second.key.id}_`]) {
    expect((await ask(wrong, '/v1/jobs')).statusCode).toBe(401);
  }
  expect(() => revokeKey(store, first.key.id)).toThrow(/no valid key/);
});

test('on an exposed service, revoking the last key does not open it', async () => {
  const { store, key, ask } = await guarded(true);
  const { key: only } = key('search');
  revokeKey(store, only.id);
  expect((await ask(undefined, '/v1/search?q=mug')).statusCode).toBe(401);
});

test('revoking the last key does not open the service; reopening is a step of its own', async () => {
  const { store, key, ask } = await guarded();
  const { key: only } = key('admin');
  expect(() => reopen(store)).toThrow(/valid keys/);
  revokeKey(store, only.id);
  expect((await ask(undefined, '/v1/search?q=mug')).statusCode).toBe(401);
  expect(store.keys.list()).toMatchObject([{ id: only.id, revoked: expect.any(String) }]);
  expect(reopen(store)).toBe(1);
  expect((await ask(undefined, '/v1/search?q=mug')).statusCode).toBe(200);
  expect(store.keys.list()).toEqual([]);
});

test('the stored hash of a key is not a credential', async () => {
  const { store, key } = await guarded();
  const { token } = key('search');
  const secret = token.split('_').slice(2).join('_');
  expect(secret.length).toBeGreaterThan(40);
  expect(JSON.stringify(store.keys.list())).not.toContain(secret);
  expect(store.keys.get(token.split('_')[1] ?? '')?.hash.toString('latin1')).not.toContain(secret);
});

test("a key's filter holds whatever the filter of the request is", async () => {
  const { store, key, ask } = await guarded();
  const { token } = key('search', "attributes.color = 'Red'");
  const ids = async (url: string) => (await ask(token, url)).json().hits.map(({ id }: { id: string }) => id);
  expect(await ids('/v1/search?q=')).toEqual(['ü %2F?#']);
  expect(await ids(`/v1/search?q=&filter=${encodeURIComponent("category = 'Kitchen > Mugs'")}`)).toEqual([
    'ü %2F?#',
  ]);
  expect(await ids(`/v1/search?q=&filter=${encodeURIComponent("brand = 'x' OR id = 'c'")}`)).toEqual([]);
  const leading = await ask(token, `/v1/search?q=&filter=${encodeURIComponent("id = 'c') OR (id = 'c'")}`);
  expect(leading.statusCode).toBe(400);
  expect((await ask(token, at('c'))).statusCode).toBe(404);
  expect((await ask(token, at('ü %2F?#'))).statusCode).toBe(200);
  expect(() => makeKey(store, { name: '', scope: 'search', filter: 'brand =' })).toThrow(/filter/);
});

test('no key with a filter writes or administers, not even one from an older version', async () => {
  const { store, key, ask } = await guarded();
  for (const scope of ['write', 'admin'] as const)
    expect(() => key(scope, "id = 'c'")).toThrow(/scope search only, not/);
  const { key: old, token } = key('search', "id = 'c'");
  const { hash } = store.keys.get(old.id) ?? {};
  const former = { ...old, id: '00000000000a', scope: 'admin' as const };
  store.keys.add(former, hash ?? Buffer.alloc(32));
  const formerToken = token.replace(old.id, former.id);
  expect((await ask(formerToken, '/v1/search?q=')).statusCode).toBe(200);
  expect((await ask(formerToken, at('c'), 'DELETE')).statusCode).toBe(403);
  const refused = await ask(formerToken, '/v1/reindex', 'POST');
  expect([refused.statusCode, refused.json().detail]).toEqual([403, expect.stringMatching(/has a filter/)]);
});

test('a key for searching gets what the enricher noted only if it asks for it', async () => {
  const asked: (readonly string[] | undefined)[] = [];
  const { key, ask } = await guarded(false, products, {
    search: async (request) => {
      asked.push(request.fields);
      return memoryService(products).search(request);
    },
  });
  const search = key('search').token;
  const admin = key('admin').token;
  await ask(search, '/v1/search?q=mug');
  await ask(search, '/v1/search', 'POST', { q: 'mug' });
  await ask(search, '/v1/search?q=mug&fields=title,_shelfwright');
  await ask(admin, '/v1/search?q=mug');
  expect(asked).toEqual([['*'], ['*'], ['title', '_shelfwright'], undefined]);
});

test('GET of a product leaves out what the enricher noted for a key for searching, unless it asks for it', async () => {
  const noted = {
    id: 'n',
    title: 'Mug',
    brand: 'Fernhill',
    attributes: { color: 'Red', size: 'L' },
    _shelfwright: { facts: [] },
  };
  const { key, ask } = await guarded(false, [noted]);
  const get = async (scope: Scope, query = '') =>
    (await ask(key(scope).token, `/v1/products/n${query}`)).json();
  const { _shelfwright, ...shown } = noted;
  expect(await get('search')).toEqual(shown);
  expect(await get('search', '?markup=strip')).toEqual(shown);
  expect(await get('search', '?fields=*,_shelfwright')).toEqual(noted);
  expect(await get('write')).toEqual(noted);
  expect(await get('admin', '?fields=title,attributes.color,stock')).toEqual({
    id: 'n',
    title: 'Mug',
    attributes: { color: 'Red' },
  });
});

test('GET of a product answers everything to anybody where no key is required', async () => {
  const noted = { id: 'n', title: 'Mug', _shelfwright: { facts: [] } };
  const { ask } = await guarded(false, [noted]);
  expect((await ask(undefined, '/v1/products/n')).json()).toEqual(noted);
});
