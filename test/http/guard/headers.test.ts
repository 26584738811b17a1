import { expect, test } from 'vitest';
import { limitsSchema } from '../../../src/configuration/limits.js';
import { serving } from '../serving.js';

const FRONT = 'https://shop.example';

test('every answer has headers against framing, sniffing and loading from other hosts', async () => {
  const app = await serving();
  for (const url of ['/', '/icon.svg', '/v1/search?q=mug', '/v1/search?page=x', '/nothing', '/health/live']) {
    const { headers } = await app.inject({ url });
    expect(headers, url).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringMatching(/^default-src 'none';.*frame-ancestors 'none'$/),
    });
    expect(headers).not.toHaveProperty('strict-transport-security');
    expect(headers).not.toHaveProperty('x-powered-by');
  }
});

test('the content security policy of the docs allows their own scripts, with and without TLS', async () => {
  const app = await serving();
  const page = await app.inject({ url: '/docs/' });
  expect(page.statusCode).toBe(200);
  const policy = String(page.headers['content-security-policy']);
  expect(policy).toMatch(/script-src 'self'/);
  expect(policy).toMatch(/style-src 'self'/);
  expect(policy).not.toMatch(/upgrade-insecure-requests/);
  const files = [...page.body.matchAll(/(?:src|href)="\.?\/?((?:docs\/)?static\/[^"]+)"/g)].map(
    ([, file = '']) => file,
  );
  expect(files.length).toBeGreaterThan(2);
  for (const file of files) {
    const url = file.startsWith('docs/') ? `/${file}` : `/docs/${file}`;
    expect((await app.inject({ url })).statusCode, url).toBe(200);
  }
});

test('without a list of origins no answer has a CORS header', async () => {
  const app = await serving();
  for (const method of ['GET', 'OPTIONS'] as const) {
    const { headers } = await app.inject({
      method,
      url: '/v1/search?q=mug',
      headers: { origin: FRONT, 'access-control-request-method': 'GET' },
    });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  }
});

test('pages of listed origins may search, and no others; errors are readable there too', async () => {
  const app = await serving({}, { limits: limitsSchema.parse({ cors_origins: [FRONT] }) });
  const request = (url: string, origin: string) => app.inject({ url, headers: { origin } });
  for (const url of ['/v1/search?q=mug', '/v1/search?page=x', '/v1/products/none']) {
    const { headers } = await request(url, FRONT);
    expect(headers['access-control-allow-origin']).toBe(FRONT);
    expect(headers.vary).toBe('origin');
  }
  for (const origin of ['https://evil.example', 'null', `${FRONT}.evil.example`, 'http://shop.example']) {
    const { headers } = await request('/v1/search?q=mug', origin);
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    expect(headers.vary).toBe('origin');
  }
  const preflight = await app.inject({
    method: 'OPTIONS',
    url: '/v1/search',
    headers: {
      origin: FRONT,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'x-api-key',
    },
  });
  expect(preflight.statusCode).toBe(204);
  expect(preflight.headers['access-control-allow-methods']).toBe('GET, HEAD, POST');
  expect(preflight.headers['access-control-allow-headers']).toContain('x-api-key');
  const write = await app.inject({
    method: 'POST',
    url: '/v1/products',
    headers: { origin: FRONT, 'sec-fetch-site': 'cross-site' },
    payload: [{ id: 'n', title: 'New mug' }],
  });
  expect(write.statusCode).toBe(403);
});

test('a list of origins accepts only origins', () => {
  for (const origin of ['*', 'shop.example', 'https://shop.example/', 'https://*.example'])
    expect(limitsSchema.safeParse({ cors_origins: [origin] }).success, origin).toBe(false);
});
