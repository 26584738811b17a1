import { expect, it } from 'vitest';
import { webhooksSchema } from '../../src/configuration/webhooks.js';

const secret = 'sixteen characters at least';

function problemOf(endpoint: Record<string, unknown>): string | undefined {
  return webhooksSchema.safeParse({ endpoints: [endpoint] }).error?.issues[0]?.message;
}

it.each(['https://shop.example/hooks', 'http://127.0.0.1:9000/x', 'http://app:8080/'])(
  '%s is accepted',
  (url) => {
    expect(problemOf({ url, secret })).toBeUndefined();
  },
);

it.each(['ftp://shop.example/', 'file:///etc/passwd', 'https://me:pw@shop.example/', 'shop.example', ''])(
  '%j is refused',
  (url) => {
    expect(problemOf({ url, secret })).toMatch(/^expected a url such as/);
  },
);

it('takes one secret, which is long enough', () => {
  const url = 'https://shop.example/';
  expect(problemOf({ url })).toMatch(/^expected one of secret, secret_file and secret_env/);
  expect(problemOf({ url, secret, secret_env: 'SECRET' })).toMatch(/^expected one of/);
  expect(problemOf({ url, secret: 'short' })).toMatch(/at least 16 characters/);
  expect(problemOf({ url, secret_file: '/run/secrets/hook' })).toBeUndefined();
  expect(problemOf({ url, secret, events: ['products.lost'] })).toBeDefined();
});

it('takes each url once', () => {
  const url = 'https://shop.example/';
  expect(
    webhooksSchema.safeParse({
      endpoints: [
        { url, secret },
        { url, secret },
      ],
    }).success,
  ).toBe(false);
});
