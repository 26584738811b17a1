import { expect, onTestFinished, test } from 'vitest';
import { openShop } from './algolia/shop.js';

async function opened() {
  const shop = await openShop();
  onTestFinished(() => shop.close());
  return async (method: 'GET' | 'POST' | 'DELETE', url: string, key?: string, payload?: object) => {
    const headers = key === undefined ? {} : { 'x-api-key': key };
    const answer = await shop.app.inject({ method, url, headers, ...(payload !== undefined && { payload }) });
    return { status: answer.statusCode, body: answer.json() };
  };
}

test('the first key closes the service; keys are created, listed without their secrets, and revoked', async () => {
  const ask = await opened();
  expect(await ask('GET', '/v1/keys')).toEqual({ status: 200, body: { required: false, keys: [] } });
  const made = await ask('POST', '/v1/keys', undefined, { name: 'Owner', scope: 'admin' });
  expect(made).toMatchObject({
    status: 201,
    body: { name: 'Owner', scope: 'admin', filter: null, revoked: null },
  });
  const { key, ...owner } = made.body;
  expect((await ask('GET', '/v1/keys')).status).toBe(401);
  expect((await ask('GET', '/v1/keys', key)).body).toEqual({ required: true, keys: [owner] });

  const filter = "brand = 'Quill'";
  const shop = (await ask('POST', '/v1/keys', key, { name: 'Shop', filter })).body;
  expect(shop).toMatchObject({ scope: 'search', filter });
  expect((await ask('GET', '/v1/search?q=lamp', shop.key)).body.total).toBe(3);
  const listed = await ask('GET', '/v1/keys', key);
  expect(listed.body.keys.map(({ id }: { id: string }) => id)).toEqual([owner.id, shop.id]);
  expect(JSON.stringify(listed.body)).not.toContain(key.slice(-20));

  expect(await ask('DELETE', `/v1/keys/${shop.id}`, key)).toEqual({
    status: 200,
    body: { revoked: shop.id, last: false },
  });
  expect((await ask('GET', '/v1/search?q=lamp', shop.key)).status).toBe(401);
  const again = await ask('DELETE', `/v1/keys/${shop.id}`, key);
  expect([again.status, again.body.detail]).toEqual([
    404,
    `There is no valid key "${shop.id}"; /v1/keys lists all keys.`,
  ]);
  expect((await ask('DELETE', `/v1/keys/${owner.id}`, key)).body).toEqual({ revoked: owner.id, last: true });
  expect((await ask('GET', '/v1/keys', key)).status).toBe(401);
  expect((await ask('GET', '/v1/search?q=lamp')).status).toBe(401);
});

test('keys that cannot be are refused, and so are keys that may not manage keys', async () => {
  const ask = await opened();
  const bad = [
    [{ scope: 'write', filter: "brand = 'Quill'" }, 'filter'],
    [{ filter: 'brand ==' }, ''],
    // A mistyped field would hide nothing.
    [{ filter: "availabilty != 'out of stock'" }, 'filter'],
    [{ filter: "brand = 'Quill' OR NOT attributes.colr EXISTS" }, 'filter'],
    [{ scope: 'owner' }, 'scope'],
    [{ nmae: 'x' }, 'nmae'],
  ] as const;
  for (const [body, field] of bad) {
    const refused = await ask('POST', '/v1/keys', undefined, body);
    expect(refused.status).toBe(400);
    if (field !== '') expect(refused.body.errors[0].field).toBe(field);
  }
  const { key } = (await ask('POST', '/v1/keys', undefined, { scope: 'admin' })).body;
  for (const scope of ['search', 'write']) {
    const made = (await ask('POST', '/v1/keys', key, { scope })).body;
    const codes = [
      await ask('GET', '/v1/keys', made.key),
      await ask('POST', '/v1/keys', made.key, { scope: 'admin' }),
      await ask('DELETE', `/v1/keys/${made.id}`, made.key),
      await ask('GET', '/v1/settings', made.key),
    ].map(({ status }) => status);
    expect(codes).toEqual([403, 403, 403, 403]);
  }
});

test('settings are listed with their origin, and secrets are masked', async () => {
  const ask = await opened();
  const { status, body } = await ask('GET', '/v1/settings');
  expect(status).toBe(200);
  const server = body.sections.find(({ name }: { name: string }) => name === 'server');
  expect(server.settings).toContainEqual({
    path: 'server.port',
    description: 'Port to listen on; 0 takes a free one and prints it.',
    value: 3000,
    default: 3000,
    from: 'default',
    place: null,
    expected: 'a whole number from 0 to 65535',
    variable: 'SHELFWRIGHT_SERVER_PORT',
  });
});
