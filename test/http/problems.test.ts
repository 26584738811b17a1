import { connect } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BusyError, UnavailableError } from '../../src/domain/errors.js';
import { listen } from '../../src/http/server.js';
import { serving } from './serving.js';

const PROBLEM = 'application/problem+json; charset=utf-8';

test('an unexpected error does not reveal its message', async () => {
  const app = await serving({ search: () => Promise.reject(new Error('SQLITE_CORRUPT in /home/secret')) });
  const response = await app.inject({ url: '/v1/search' });
  expect(response.statusCode).toBe(500);
  expect(response.headers['content-type']).toBe(PROBLEM);
  expect(response.body).not.toMatch(/SQLITE|secret|at /);
});

test('unavailable is 503, and busy has Retry-After too', async () => {
  const busy = await serving({
    patch: () => {
      throw new BusyError('Another process is writing.');
    },
  });
  const later = await busy.inject({ method: 'PATCH', url: '/v1/products/c', payload: { price: 1 } });
  expect([later.statusCode, later.headers['retry-after']]).toEqual([503, '5']);
  expect(later.json()).toMatchObject({ detail: 'Another process is writing.' });
  const bare = await serving({ enrich: () => Promise.reject(new UnavailableError('No model.')) });
  const never = await bare.inject({ method: 'POST', url: '/v1/enrich', payload: [{ id: '1' }] });
  expect([never.statusCode, never.headers['retry-after']]).toEqual([503, undefined]);
});

test.each([
  ['GET', '/v1/nothing', undefined, '', 404],
  ['PUT', '/v1/products/c', 'application/json', '{}', 405],
  ['DELETE', '/v1/search', undefined, '', 405],
  ['POST', '/health/ready', undefined, '', 405],
  ['POST', '/', undefined, '', 404],
  ['GET', '/v1/products', undefined, '', 405],
  ['GET', '/docs/nothing', undefined, '', 404],
  ['GET', '/%zz', undefined, '', 400],
  ['GET', '/v1/search?page=0', undefined, '', 400],
  ['GET', '/v1/search?filter=brand', undefined, '', 400],
  ['GET', '/v1/search?q=a&q=b', undefined, '', 400],
  ['POST', '/v1/products', 'application/json', '[{"id":"x"},', 400],
  ['POST', '/v1/products', 'application/json', '[{},3]', 400],
  ['POST', '/v1/products', 'application/x-ndjson', '{"id":\n', 400],
  ['POST', '/v1/products', undefined, '', 400],
  ['POST', '/v1/products', 'application/json', `[${'1,'.repeat(20_000_000)}1]`, 413],
  ['PATCH', '/v1/products/c', 'application/json', '{"price":-1}', 400],
  ['PATCH', '/v1/products/c', 'text/csv', 'price\n1', 415],
  ['POST', '/v1/enrich', 'application/json', '{"id":', 400],
  ['POST', '/v1/enrich', 'application/x-ndjson', 'no JSON', 400],
  ['POST', '/v1/enrich', 'text/plain', 'x', 415],
  ['GET', '/no-such-file.js', undefined, '', 404],
  ['GET', '/v1/products/%zz', undefined, '', 400],
  ['GET', `/v1/products/${'x'.repeat(1500)}`, undefined, '', 404],
  ['POST', '/v1/search', 'application/json', '{"q":', 400],
  ['POST', '/v1/search', 'application/json', '{"__proto__":{"q":"x"}}', 400],
  ['POST', '/v1/search', 'application/json', '', 400],
  ['POST', '/v1/search', undefined, '', 400],
  ['POST', '/v1/search', 'text/plain', '{"q":"a"}', 415],
  ['POST', '/v1/search', 'application/x-ndjson', '{"q":"a"}', 415],
  ['POST', '/v1/products', 'application/x-www-form-urlencoded', 'id=1', 415],
  ['POST', '/v1/products', 'application/json', '3', 400],
  ['POST', '/v1/search', 'application/json', JSON.stringify({ q: 'a'.repeat(2_000_000) }), 413],
  ['POST', '/v1/generations/none/activate', undefined, '', 404],
] as const)('case %$: is answered as problem+json', async (method, url, type, payload, status) => {
  const app = await serving();
  const headers = type === undefined ? {} : { 'content-type': type };
  const response = await app.inject({ method, url, headers, ...(payload !== '' && { payload }) });
  expect(response.statusCode).toBe(status);
  expect(response.headers['content-type']).toBe(PROBLEM);
  const problem = response.json();
  expect(problem).toMatchObject({ type: 'about:blank', status, errors: expect.any(Array) });
  expect(problem.detail).toMatch(/^[A-Z].*\.$|: /);
  expect(problem.detail).not.toMatch(/FST_|\bat .*\.js/);
});

test('405 lists the supported methods', async () => {
  const app = await serving();
  const response = await app.inject({ method: 'PUT', url: '/v1/products/c?x=1' });
  expect(response.headers.allow).toBe('DELETE, GET, HEAD, PATCH');
  expect(response.json().detail).toBe(
    'The path /v1/products/c does not support PUT; it supports DELETE, GET, HEAD, PATCH.',
  );
});

test.each(['/v1/products/none', '/v1/nothing', '/v1/search?page=0', '/v1/products/%zz'])(
  'HEAD %s is answered like GET, without the body',
  async (url) => {
    const app = await serving();
    const get = await app.inject({ url });
    const head = await app.inject({ method: 'HEAD', url });
    expect([head.statusCode, head.headers['content-type']]).toEqual([get.statusCode, PROBLEM]);
  },
);

test('HEAD of an existing resource has no body', async () => {
  const app = await serving();
  for (const url of ['/', '/v1/search', '/v1/products/c', '/health/live']) {
    const head = await app.inject({ method: 'HEAD', url });
    expect([head.statusCode, head.body]).toEqual([200, '']);
  }
});

test('a request that the HTTP parser rejects is answered as problem+json too', async () => {
  const app = await serving();
  const address = await listen(app, { host: '127.0.0.1', port: 0, guarded: false });
  const { port } = new URL(address);
  const answerTo = (request: string): Promise<string> =>
    new Promise((resolve) => {
      let answer = '';
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(request));
      socket.on('data', (chunk) => {
        answer += String(chunk);
      });
      socket.on('close', () => resolve(answer));
    });
  for (const [request, status] of [
    [`GET /v1/search?q=${'a'.repeat(1_100_000)} HTTP/1.1\r\nhost: localhost\r\n\r\n`, 400],
    [`GET / HTTP/1.1\r\nhost: localhost\r\ncookie: ${'a'.repeat(1_100_000)}\r\n\r\n`, 400],
    ['nonsense\r\n\r\n', 400],
  ] as const) {
    const [head = '', body = ''] = (await answerTo(request)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head.toLowerCase()).toContain(`content-type: ${PROBLEM}`);
    expect(head.toLowerCase()).toContain(`content-length: ${Buffer.byteLength(body)}`);
    expect(JSON.parse(body)).toMatchObject({ type: 'about:blank', status, errors: [] });
  }
  await app.close();
});

const name = fc.oneof(
  fc.constantFrom(
    'q',
    'filter',
    'facets',
    'facet_limit',
    'sort',
    'page',
    'per_page',
    'understand',
    'ignore',
    'explain',
    '__proto__',
    'constructor',
    'q[]',
  ),
  fc.string(),
);
const parameters = fc.array(
  fc.tuple(
    name,
    fc.oneof(fc.string({ unit: 'binary' }), fc.integer().map(String), fc.constantFrom('', 'true', '250')),
  ),
  { maxLength: 6 },
);
const rawQuery = fc.oneof(
  parameters.map((pairs) =>
    pairs.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join('&'),
  ),
  fc.string({ unit: fc.constantFrom('%', '&', '=', 'q', '[', ']', '2', 'F', '+', ',', ':', '0') }),
);

test('no query string causes a 5xx', async () => {
  const app = await serving();
  await fc.assert(
    fc.asyncProperty(
      rawQuery,
      fc.constantFrom('/v1/search', '/v1/products/c/similar'),
      async (query, path) => {
        const response = await app.inject({ url: `${path}?${query}` });
        expect(response.statusCode).toBeLessThan(500);
      },
    ),
    { numRuns: 300 },
  );
});

test('no body causes a 5xx', async () => {
  const app = await serving();
  const shaped = fc.record(
    {
      q: fc.anything(),
      filter: fc.anything(),
      facets: fc.anything(),
      sort: fc.anything(),
      page: fc.anything(),
      id: fc.anything(),
      products: fc.anything(),
      price: fc.anything(),
      attributes: fc.anything(),
    },
    { requiredKeys: [] },
  );
  const text = fc.oneof(
    fc.json(),
    shaped.map(asJson),
    fc.array(shaped, { maxLength: 3 }).map(asJson),
    fc.string({ unit: 'binary' }),
  );
  const target = fc.constantFrom(
    ['POST', '/v1/search'] as const,
    ['POST', '/v1/products'] as const,
    ['PATCH', '/v1/products/c'] as const,
    ['POST', '/v1/enrich'] as const,
  );
  const type = fc.constantFrom('application/json', 'application/x-ndjson', 'text/plain', 'nonsense', '');
  await fc.assert(
    fc.asyncProperty(target, type, text, async ([method, url], contentType, payload) => {
      const headers = { 'content-type': contentType };
      const response = await app.inject({ method, url, headers, payload: payload });
      expect(response.statusCode).toBeLessThan(500);
    }),
    { numRuns: 500 },
  );
});

test('no path causes a 5xx', async () => {
  const app = await serving();
  const segment = fc.oneof(
    fc.string({ unit: 'binary' }).map((id) => encodeURIComponent(id)),
    fc.string({ unit: fc.constantFrom('%', '2', 'F', '.', ':', '*', 'a') }),
  );
  await fc.assert(
    fc.asyncProperty(segment, fc.constantFrom('GET', 'DELETE'), async (id, method) => {
      const response = await app.inject({ method, url: `/v1/products/${id}` });
      expect(response.statusCode).toBeLessThan(500);
    }),
    { numRuns: 200 },
  );
});

test('every id survives its encoded path', async () => {
  const seen: string[] = [];
  const app = await serving({
    original(id) {
      seen.push(id);
      return { id };
    },
  });
  const id = fc.string({ unit: 'binary', minLength: 1, maxLength: 50 });
  await fc.assert(
    // URL parsers remove dot segments.
    fc.asyncProperty(
      id.filter((text) => !/^\.{1,2}$/.test(text)),
      async (wanted) => {
        const response = await app.inject({ url: `/v1/products/${encodeURIComponent(wanted)}` });
        expect(response.json()).toEqual({ id: wanted });
        expect(seen.at(-1)).toBe(wanted);
      },
    ),
    { numRuns: 300 },
  );
});

function asJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch {
    return 'null';
  }
}

test('a browser that asks for an unknown page gets one, and a program a problem', async () => {
  const app = await serving();
  const accept = 'text/html,application/xhtml+xml,*/*;q=0.8';
  const page = await app.inject({ url: '/nothing/here', headers: { accept } });
  expect([page.statusCode, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
  expect(page.body).toMatch(/<h1>There is no page at this address<\/h1>.*href="\/desk"/s);
  for (const [url, headers] of [
    ['/nothing/here', { accept: '*/*' }],
    ['/v1/nothing', { accept }],
  ] as const) {
    const refused = await app.inject({ url, headers });
    expect([refused.statusCode, refused.headers['content-type']]).toEqual([404, PROBLEM]);
  }
});
