import { expect, it } from 'vitest';
import { maskSecrets } from '../../src/configuration/maskSecrets.js';

it.each([
  ['monitoring.webhook', 'https://hooks.example.org/services/T0/B0/xyz', 'https://hooks.example.org/***'],
  ['monitoring.webhook_url', 'https://me:pw@hooks.example.org/', 'https://hooks.example.org/***'],
  ['monitoring.webhook', 'https://hooks.example.org?key=1', 'https://hooks.example.org/***'],
  ['monitoring.webhook', 'http://127.0.0.1:9000/', 'http://127.0.0.1:9000/'],
  ['monitoring.webhook', 'not a url', '***'],
  ['monitoring.webhook', 'mailto:me@example.org', '***'],
  ['monitoring.webhook', '', ''],
  ['monitoring.webhook', null, null],
  ['limits.cors_origins', ['https://me:p@w@shop.example.org/x'], ['https://***@shop.example.org/x']],
  ['limits.cors_origins', ['https://shop.example.org/@here'], ['https://shop.example.org/@here']],
  [
    'webhooks.endpoints',
    [
      {
        url: 'https://hooks.example.org/T0/xyz',
        secret: 'a long secret',
        secret_file: '/run/s',
        events: ['job.finished'],
      },
    ],
    [
      {
        url: 'https://hooks.example.org/***',
        secret: '***',
        secret_file: '/run/s',
        events: ['job.finished'],
      },
    ],
  ],
  ['webhooks.endpoints', '[{url: http://127.0.0.1/x, secret: a long secret}]', '***'],
  ['server.data', './data', './data'],
  ['server.port', 3000, 3000],
])('%s: %j is shown as %j', (path, value, shown) => {
  expect(maskSecrets(path, value)).toEqual(shown);
});
