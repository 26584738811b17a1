import { connect } from 'node:net';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { requestId } from '../../../src/http/logging/requestIds.js';
import { serving } from '../serving.js';

const UUID = /^[0-9a-f-]{36}$/;

test('a valid x-request-id is used in every kind of answer and in the body of errors', async () => {
  const app = await serving();
  for (const url of ['/', '/health/live', '/v1/search?q=mug', '/v1/search?page=x', '/nothing', '/%zz']) {
    const answer = await app.inject({ url, headers: { 'x-request-id': 'edge-01:7f.a' } });
    expect(answer.headers['x-request-id'], url).toBe('edge-01:7f.a');
    if (answer.statusCode >= 400) expect(answer.json().request_id).toBe('edge-01:7f.a');
    const own = await app.inject({ url });
    expect(own.headers['x-request-id'], url).toMatch(UUID);
  }
});

test('an invalid one, or one that is an API key, is replaced', () => {
  const idOf = (given: string) => requestId({ headers: { 'x-request-id': given } });
  for (const given of [
    '',
    ' ',
    'a b',
    'a"b',
    '{}',
    'a'.repeat(129),
    `sw_${'0'.repeat(12)}_x`,
    'ü',
    '\u001b[31m',
  ])
    expect(idOf(given), given).toMatch(UUID);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (given) => {
      expect(idOf(given)).toMatch(/^[\w.:~+/=@-]{1,128}$/);
    }),
  );
});

test('a malformed request gets an id too', async () => {
  const app = await serving();
  onTestFinished(() => app.close());
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const socket = connect(Number(new URL(address).port), '127.0.0.1');
  socket.write('nonsense\r\n\r\n');
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  const [, id] = /x-request-id: (.+)\r\n/.exec(answer) ?? [];
  expect(id).toMatch(UUID);
  expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ status: 400, request_id: id });
});
