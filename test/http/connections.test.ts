import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { limitsSchema } from '../../src/configuration/limits.js';
import { makeKey, openApiKeys } from '../../src/service/apiKeys.js';
import { openStore } from '../../src/store/open.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { serving } from './serving.js';

const MAX_CONNECTIONS = 3;

/** A service that requires a key, listening; `asked` counts how often it looked for one. */
async function listening() {
  const store = openStore(path.join(temporaryFolder(), 'data'));
  makeKey(store, { name: 'one', scope: 'admin', filter: undefined });
  const access = openApiKeys(store);
  let asked = 0;
  const needed = () => {
    asked++;
    return access.needed();
  };
  const app = await serving(
    { access: { needed, check: (token) => access.check(token) } },
    { limits: limitsSchema.parse({ max_connections: MAX_CONNECTIONS }) },
  );
  await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(async () => {
    await app.close();
    store.close();
  });
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const open = async (): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    onTestFinished(() => void socket.destroy());
    await once(socket, 'connect');
    return socket;
  };
  return { open, asked: () => asked };
}

/** What comes until the other side closes. */
async function answer(socket: Socket, request: string | Buffer): Promise<string> {
  let text = '';
  socket.on('data', (data) => {
    text += String(data);
  });
  const closed = once(socket, 'close');
  socket.write(request);
  await closed;
  return text;
}

const PING = 'GET /v1/search?q=mug HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n';

it('connections beyond the limit are closed before anything is read, and places become free', async () => {
  const { open, asked } = await listening();
  const held = [await open(), await open(), await open()];
  // A connection counts when the service has accepted it.
  await new Promise((resolve) => setTimeout(resolve, 100));
  const before = asked();
  expect(await answer(await open(), PING)).toBe('');
  expect(asked()).toBe(before);
  for (const socket of held.slice(0, 2)) {
    socket.destroy();
    await once(socket, 'close');
  }
  await expect.poll(async () => answer(await open(), PING), { timeout: 5000 }).toMatch(/^HTTP\/1\.1 401 /);
});

it('a head beyond the limit is refused before a key is looked for', async () => {
  const { open, asked } = await listening();
  const before = asked();
  const long = 'a'.repeat(140_000);
  const inHeader = `GET /v1/search HTTP/1.1\r\nhost: localhost\r\nx-api-key: ${long}\r\n\r\n`;
  const inUrl = `GET /v1/search?q=${long} HTTP/1.1\r\nhost: localhost\r\n\r\n`;
  const many = Array.from({ length: 20_000 }, (_, n) => `x-${n}: 1\r\n`).join('');
  const inNumber = `GET /v1/search HTTP/1.1\r\nhost: localhost\r\n${many}\r\n`;
  for (const request of [inHeader, inUrl, inNumber])
    expect(await answer(await open(), request)).toMatch(/^HTTP\/1\.1 400 [\s\S]*longer than 128 KB/);
  expect(asked()).toBe(before);
  expect(await answer(await open(), PING)).toMatch(/^HTTP\/1\.1 401 /);
  expect(asked()).toBeGreaterThan(before);
});
