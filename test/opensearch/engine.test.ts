import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { UnavailableError } from '../../src/domain/errors.js';
import { Engine, type EngineConnection } from '../../src/opensearch/engine.js';
import { engineNames } from '../../src/opensearch/engineNames.js';
import { describeOpenSearch, sharedEngine } from '../support/openSearch.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const connection: EngineConnection = {
  urls: ['http://127.0.0.1:9'],
  user: undefined,
  certificate: undefined,
  timeoutSeconds: 1,
  prefix: 'shop',
  layout: { shards: 1, replicas: 0 },
};

/** A server that answers every request alike; what it was asked. */
async function answering(
  status: number,
  body: string,
): Promise<{ url: string; asked: { path: string; authorization: string | undefined }[] }> {
  const asked: { path: string; authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', authorization: request.headers.authorization });
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return { asked, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}` };
}

async function problemOf(given: Partial<EngineConnection>): Promise<unknown> {
  const engine = await Engine.open({ ...connection, ...given });
  onTestFinished(() => engine.close());
  return engine
    .ask(z.object({ version: z.object({ number: z.string() }) }), { method: 'GET', path: [] })
    .catch((error: unknown) => error);
}

it('says where no engine is', async () => {
  const error = await problemOf({});
  expect(error).toBeInstanceOf(UnavailableError);
  expect(String(error)).toMatch(
    /at http:\/\/127.0.0.1:9 cannot be reached \(.*\): start it, or check engine.urls\.$/,
  );
});

it('says when a node is too slow', async () => {
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  expect(String(await problemOf({ urls: [url], timeoutSeconds: 0.1 }))).toMatch(
    /did not answer GET \/ within 0.1 seconds/,
  );
});

it('says when the password is wrong, without the password', async () => {
  const { url, asked } = await answering(401, '{"error": "no"}');
  const engine = await Engine.open({
    ...connection,
    urls: [url],
    user: { name: 'shop', password: 's3cret' },
  });
  onTestFinished(() => engine.close());
  const error = await engine.ask(z.unknown(), { method: 'GET', path: ['a b', '../x'] }).catch(String);
  expect(error).toMatch(/refuses GET \/a%20b\/..%2Fx to the user shop \(401\): check engine.user/);
  expect(error).not.toContain('s3cret');
  expect(asked).toEqual([
    { path: '/a%20b/..%2Fx', authorization: `Basic ${Buffer.from('shop:s3cret').toString('base64')}` },
  ]);
});

it('says when something else answers', async () => {
  const { url } = await answering(200, '{"hello": 1}');
  expect(String(await problemOf({ urls: [url] }))).toMatch(/without what is expected \(version:/);
});

it('trusts a node by its certificate only', async () => {
  const folder = temporaryFolder();
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=node', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2'];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, ...subject],
    { stdio: 'ignore' },
  );
  const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"version": {"number": "2.19.1"}}'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : '';
  const urls = [`https://127.0.0.1:${port}`];
  expect(String(await problemOf({ urls }))).toMatch(
    /cannot be trusted \(.*\): check engine.certificate_file/,
  );
  expect(String(await problemOf({ urls: [`http://127.0.0.1:${port}`] }))).toMatch(/cannot be reached/);
  expect(await problemOf({ urls, certificate: readFileSync(cert, 'utf8') })).toHaveProperty('version');
});

it('goes to the next node where one does not answer', async () => {
  const { url } = await answering(200, '{"version": {"number": "2.19.1"}}');
  for (let i = 0; i < 4; i++)
    expect(await problemOf({ urls: ['http://127.0.0.1:9', url] })).toEqual({ version: { number: '2.19.1' } });
});

it('names only indexes of its own', () => {
  const names = engineNames('shop');
  expect(names.index('20261121-110203-7f3a')).toBe('shop_v1_20261121-110203-7f3a');
  expect(names.generationOf('shop_v1_20261121-110203-7f3a')).toBe('20261121-110203-7f3a');
  for (const other of ['shop_v1_x', 'shop2_v1_20261121-110203-7f3a', 'shop_v2_20261121-110203-7f3a'])
    expect(names.generationOf(other)).toBeUndefined();
  for (const id of ['*', '../_all', 'a,b', '20261121-110203-7f3a,x', ''])
    expect(() => names.index(id)).toThrow(/is no generation id/);
});

describeOpenSearch('an engine', () => {
  const opened = sharedEngine();

  it('answers, and says what it refuses', async () => {
    const engine = opened();
    const { version } = await engine.ask(z.object({ version: z.object({ number: z.string() }) }), {
      method: 'GET',
      path: [],
    });
    expect(version.number).toBe('2.19.1');
    const wrong = {
      method: 'POST',
      path: [engine.names.current, '_search'],
      body: { query: { no: 1 } },
    } as const;
    await expect(engine.ask(z.unknown(), wrong)).rejects.toThrow(
      /refused POST \/test-[0-9a-f]{10}-current\/_search \(400, parsing_exception, \[no\] query malformed/,
    );
    const none = { method: 'GET', path: [engine.names.current], unless: [404] } as const;
    expect(await engine.request(z.unknown(), none)).toBeUndefined();
  });
});
