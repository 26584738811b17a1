import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { buildApp } from '../../src/http/app.js';
import { openService } from '../../src/service/openService.js';
import { openStore } from '../../src/store/open.js';
import { copyOfDemo } from '../support/demo.js';
import { demo } from '../support/sharedDemo.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { serving, webDir } from './serving.js';

/** Serves a copy of the demo catalog. */
async function served() {
  const folder = copyOfDemo(demo, temporaryFolder());
  const where = { dataDir: path.join(folder, 'data'), indexesDir: path.join(folder, 'indexes') };
  const service = await openService({ ...where, modelDir: packagePaths.model, workers: 1 });
  const app = await buildApp({ service, webDir, logger: false });
  onTestFinished(async () => {
    await app.close();
    await service.close();
  });
  const get = async (url: string) => (await app.inject({ url })).json();
  const send = async (method: 'POST' | 'PUT', url: string, payload: object) => {
    const { statusCode, body } = await app.inject({ method, url, payload });
    return { status: statusCode, body: JSON.parse(body) };
  };
  const found = async (
    more = '',
  ): Promise<{ total: number; ids: string[]; rules?: string[]; redirect?: string }> => {
    const { total, hits, rules, redirect } = await get(`/v1/search?q=rain+jacket${more}`);
    return { total, ids: hits.map(({ id }: { id: string }) => id), rules, redirect };
  };
  return { dataDir: where.dataDir, app, get, send, found };
}

const hiding = (id: string) => ({
  format: 1,
  rules: [{ id: 'jackets', when: { query: 'rain jackets' }, then: { hide: [id], redirect: '/rain' } }],
});

it('publishes, checks the version, lists and rolls back, each effective in the next search', async () => {
  const { app, get, send, found } = await served();
  const before = await found();
  const [first = '', second = ''] = before.ids;
  expect(await get('/v1/rules')).toEqual({
    version: 0,
    note: 'no rules',
    text: 'format: 1\nrules: []\n',
    findings: [],
  });
  expect(await get('/v1/rules/versions')).toEqual({ versions: [] });

  const one = await send('PUT', '/v1/rules', {
    rules: hiding(first),
    by: 'Dana',
    note: 'recalled',
    if_version: 0,
  });
  expect(one).toMatchObject({
    status: 200,
    body: { version: 1, by: 'Dana', note: 'recalled', findings: [] },
  });
  const hidden = await found();
  expect([hidden.total, hidden.rules, hidden.redirect]).toEqual([before.total - 1, ['jackets'], '/rain']);
  expect(hidden.ids).not.toContain(first);

  const late = await send('PUT', '/v1/rules', { rules: hiding(second), by: 'Eve', if_version: 0 });
  expect(late).toMatchObject({
    status: 409,
    body: { detail: expect.stringMatching(/^Version 1 of the rules is current/) },
  });
  const yaml = `format: 1\nrules:\n  - id: pinned\n    when: { query: { contains: jacket } }\n    then: { pin: { id: ${second}, position: 1 } }\n`;
  expect((await send('PUT', '/v1/rules', { rules: yaml, by: 'Eve', if_version: 1 })).body.version).toBe(2);
  expect(await found()).toMatchObject({
    total: before.total,
    ids: [second, first, ...before.ids.slice(2)],
    rules: ['pinned'],
  });
  expect(await get('/v1/rules')).toMatchObject({ version: 2, by: 'Eve', text: yaml });

  expect((await send('POST', '/v1/rules/rollback', { to: 1, by: 'Dana' })).body).toMatchObject({
    version: 3,
    note: 'version 1 again',
  });
  expect(await found()).toEqual(hidden);
  expect((await send('POST', '/v1/rules/rollback', { to: 0, by: 'Dana' })).body).toMatchObject({
    version: 4,
    note: 'no rules',
  });
  expect(await found()).toEqual(before);
  expect(await send('POST', '/v1/rules/rollback', { to: 9, by: 'Dana' })).toMatchObject({
    status: 400,
    body: { detail: 'There is no version 9 of the rules; there are 0 (no rules) to 4.' },
  });
  const { versions } = await get('/v1/rules/versions');
  expect(versions.map(({ version, by }: { version: number; by: string }) => [version, by])).toEqual([
    [4, 'Dana'],
    [3, 'Dana'],
    [2, 'Eve'],
    [1, 'Dana'],
  ]);
  expect((await get('/v1/rules/versions/2')).text).toBe(yaml);
  expect((await app.inject({ url: '/v1/rules/versions/5' })).statusCode).toBe(404);
});

it('refuses rules with errors with the findings, and keeps the current rules', async () => {
  const { send, found, get } = await served();
  const before = await found();
  const bad =
    'format: 1\nrules:\n  - id: a\n    then: { hide: brand == 3 }\n  - id: a\n    then: { pni: [] }\n';
  const refused = await send('PUT', '/v1/rules', { rules: bad, by: 'Dana' });
  expect(refused).toMatchObject({
    status: 400,
    body: {
      errors: [{ field: 'rules.a.then.pni', reason: expect.stringContaining('nearest is pin') }],
      findings: [{ severity: 'error', kind: 'unknown-key', line: 6 }],
    },
  });
  const worse = bad.replace('pni', 'hide').replace('[]', 'price > 3');
  expect((await send('POST', '/v1/rules/lint', { rules: worse })).body).toMatchObject({
    rules: 0,
    errors: 2,
    findings: [
      { kind: 'filter', line: 4 },
      { kind: 'duplicate-id', line: 5 },
    ],
  });
  expect((await get('/v1/rules')).version).toBe(0);
  expect(await found()).toEqual(before);
});

it.each([
  [{ by: 'Dana' }, 'rules'],
  [{ rules: 3, by: 'Dana' }, 'rules'],
  [{ rules: { format: 1, rules: [] } }, 'by'],
  [{ rules: { format: 1, rules: [] }, by: 'Dana', if_version: -1 }, 'if_version'],
])('answers %j with 400 that names %s', async (payload, field) => {
  const app = await serving();
  const answer = await app.inject({ method: 'PUT', url: '/v1/rules', payload });
  expect([answer.statusCode, answer.json().errors[0].field]).toEqual([400, field]);
  await app.close();
});

it('answers 400 to rules that are nested too deeply', async () => {
  const { app } = await served();
  for (const rules of [
    `{"rules": ${'['.repeat(5000)}${']'.repeat(5000)}}`,
    JSON.stringify('['.repeat(100_000)),
  ]) {
    const payload = `{"by": "Dana", "rules": ${rules}}`;
    const answer = await app.inject({
      method: 'PUT',
      url: '/v1/rules',
      payload,
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.statusCode).toBe(400);
  }
});

it('previews a page, also for another time, and publishes nothing', async () => {
  const { send, found, get } = await served();
  const before = await found('&per_page=5');
  const [a = '', b = '', c = '', d = '', e = ''] = before.ids;
  const rules = {
    format: 1,
    rules: [{ id: 'r', when: { from: '2030-01-01' }, then: { hide: [b], pin: { id: e, position: 1 } } }],
  };
  const search = { q: 'rain jacket', per_page: 5 };
  const now = await send('POST', '/v1/rules/preview', { rules, search });
  expect(now).toMatchObject({ status: 200, body: { changes: { in: [], out: [], moved: [] }, findings: [] } });
  const { status, body } = await send('POST', '/v1/rules/preview', {
    rules,
    search,
    at: '2030-02-01T00:00:00Z',
  });
  expect(status).toBe(200);
  const after: string[] = body.with_rules.hits.map(({ id }: { id: string }) => id);
  expect(after.slice(0, 4)).toEqual([e, a, c, d]);
  expect(body.now.hits.map(({ id }: { id: string }) => id)).toEqual(before.ids);
  expect([body.now.total, body.with_rules.total]).toEqual([before.total, before.total - 1]);
  expect(body.changes).toEqual({
    in: [{ id: after[4], to: 5 }],
    out: [{ id: b, from: 2 }],
    moved: [
      { id: e, from: 5, to: 1 },
      { id: a, from: 1, to: 2 },
    ],
  });
  const wrong = await send('POST', '/v1/rules/preview', { rules: { format: 2 }, search });
  expect(wrong).toMatchObject({ status: 400, body: { findings: [{ kind: 'format' }] } });
  const where = await send('POST', '/v1/rules/preview', { rules, search: { page: 0 } });
  expect(where).toMatchObject({ status: 400, body: { errors: [{ field: 'search.page' }] } });
  expect((await get('/v1/rules')).version).toBe(0);
  expect(await found('&per_page=5')).toEqual(before);
});

it('works with rules about a deleted product and with rules of a newer format', async () => {
  const { app, send, found, get, dataDir } = await served();
  const before = await found();
  const [first = '', second = ''] = before.ids;
  const rules = {
    format: 1,
    rules: [
      { id: 'r', then: { pin: { id: second, position: 1 }, hide: "attributes.color = 'Ultraviolet'" } },
    ],
  };
  expect((await send('PUT', '/v1/rules', { rules, by: 'Dana' })).body.findings).toEqual([]);
  expect((await found()).ids.slice(0, 2)).toEqual([second, first]);
  await app.inject({ method: 'DELETE', url: `/v1/products/${second}` });
  expect(await found()).toMatchObject({ total: before.total - 1 });
  expect((await get('/v1/rules')).findings).toMatchObject([{ severity: 'warning', kind: 'unknown-product' }]);

  const store = openStore(dataDir);
  const entry = { at: new Date().toISOString(), by: 'Zoe', note: '' };
  store.transaction(() => store.published.add('rules', { ...entry, text: 'format: 7\nrules: []\n' }));
  const after = await found();
  expect([after.total, after.rules]).toEqual([before.total - 1, undefined]);
  expect((await get('/health/ready')).reasons).toContainEqual(expect.stringContaining('found format 7'));
  store.close();
});
