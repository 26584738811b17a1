import { connect } from 'node:net';
import { setTimeout as rest } from 'node:timers/promises';
import type { DrawnRequest } from './drawRequest.js';

const MAX_MS = 5000;

/** The answer on a socket; `status` is 0 if the connection was closed without one. */
export interface RawAnswer {
  readonly status: number;
  readonly answer: string;
  readonly milliseconds: number;
}

/** The request as bytes, usually with an error that only the HTTP parser sees. */
export function rawOf({ method, url, headers, payload = '' }: DrawnRequest, random: () => number): string {
  const bytes = Buffer.from(payload, 'utf8').toString('latin1');
  const lines = [
    'host: localhost',
    'connection: close',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  const head = (first: string, extra: readonly string[]): string =>
    `${[first, ...lines, ...extra].join('\r\n')}\r\n\r\n`;
  const first = `${method} ${url} HTTP/1.1`;
  const length = `content-length: ${bytes.length}`;
  const valid = head(first, [length]) + bytes;
  const variants: readonly (() => string)[] = [
    () => valid,
    () => valid.slice(0, Math.floor(random() * valid.length)),
    () => head(first, [length, 'content-length: 1']) + bytes,
    () => head(first, ['transfer-encoding: chunked', length]) + bytes,
    () => `${head(first, ['transfer-encoding: chunked'])}zz\r\n${bytes}\r\n0\r\n\r\n`,
    () => head(first, [`content-length: ${bytes.length + 10}`]) + bytes,
    () => head(first, ['content-length: -1']) + bytes,
    () => head(`${method} ${url} HTTP/9.9`, [length]) + bytes,
    () => head(`${method} ${decodeURI(url.replaceAll('%', ''))}\u0001 HTTP/1.1`, [length]) + bytes,
    () => head(`NONSENSE ${url} HTTP/1.1`, [length]) + bytes,
    () => head(first, [`x: ${'y'.repeat(70_000)}`, length]) + bytes,
    () => head(first, ['no colon here', length]) + bytes,
    () => head(first, ['a\u0000b: c', length]) + bytes,
    () => `\u0016\u0003\u0001\u0002\u0000${valid}`,
    () => valid.replaceAll('\r\n', '\n'),
    () => Array.from({ length: 200 }, () => String.fromCharCode(Math.floor(random() * 256))).join(''),
  ];
  return variants[Math.floor(random() * variants.length)]?.() ?? valid;
}

/** Sends bytes, half-closes the connection, and waits until the service closes it. */
export async function sendRaw(port: number, bytes: string): Promise<RawAnswer> {
  const started = performance.now();
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1');
  });
  // A refused request is answered before all of it is read, so writing may fail.
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => resolve());
  });
  socket.end(Buffer.from(bytes, 'latin1'));
  const timeout = new AbortController();
  await Promise.race([
    closed,
    rest(2 * MAX_MS, undefined, { signal: timeout.signal }).catch(() => undefined),
  ]);
  timeout.abort();
  socket.destroy();
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1] ?? 0);
  return { status, answer, milliseconds: performance.now() - started };
}
