import { once } from 'node:events';
import { connect } from 'node:net';
import path from 'node:path';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { describe, expect, it } from 'vitest';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { buildApp } from '../../src/http/app.js';
import { openService } from '../../src/service/openService.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { webDir } from './serving.js';

const QUERIES = 400;
/** Milliseconds; far more than any answer takes, and less than a query that hangs the service. */
const HANGS = 5000;

const SIGNS = [
  '"',
  "'",
  '`',
  '\\',
  '%',
  '%00',
  '%zz',
  '&',
  '=',
  '?',
  '#',
  ';',
  '--',
  '/*',
  '*',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '<',
  '>',
  '|',
  '^',
  '~',
  '$',
  '!',
  '@',
  '+',
  '-',
  '_',
  '.',
  ',',
  ':',
  '\0',
  '\u0001',
  '\u001b[31m',
  '\u007f',
  '\r\n',
  '\t',
  '\u00a0',
  '\u200b',
  '\u200d',
  '\u2028',
  '\u202e',
  '\u200f',
  '\ufeff',
  '\ufffd',
  '\uffff',
  '\ud800',
  '\udfff',
  '\ud83d',
  '👩‍👩‍👧‍👦',
  '🇩🇪',
  '🧦',
  'e\u0301\u0301\u0301',
  'ﷺ',
  'İ',
  'ß',
  'ŉ',
  'Ⅷ',
  '①',
  '²',
]; // prettier-ignore
const PHRASES = [
  "' OR '1'='1",
  "'; DROP TABLE products; --",
  'UNION SELECT * FROM facts',
  '(a+)+$',
  '.*.*.*.*=',
  '[^]*?\\1',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '{{7*7}}',
  '{"$gt": ""}',
  'NEAR(a b, 5)',
  'title:*',
  'AND OR NOT',
  '"unclosed',
  'a AND (b OR',
  'null',
  'undefined',
  'NaN',
  '__proto__',
  'constructor',
  'toString',
  '1e309',
  '-0',
  '0x1f',
  '٣٤٥',
  '99999999999999999999',
  '1,000.00',
  '10²',
  'نص عربي مع אותיות',
  '手机壳手机壳',
  'ꓕxǝʇ',
  'red mug',
  'linen',
  'FH-100/B',
  '13 inch',
  'under 50',
  'without sugar',
  '-case',
  'size 1/0',
]; // prettier-ignore

const piece = fc.oneof(
  fc.constantFrom(...SIGNS),
  fc.constantFrom(...PHRASES),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);
const glue = fc.constantFrom('', ' ', '  ', '\n');
const short = fc
  .tuple(fc.array(piece, { minLength: 1, maxLength: 12 }), glue)
  .map(([pieces, between]) => pieces.join(between));
const long = fc
  .tuple(short, fc.constantFrom(1_000, 1_001, 9_999, 10_001, 100_000))
  .map(([text, length]) => text.repeat(Math.ceil(length / Math.max(1, text.length))).slice(0, length));
const query = fc.oneof({ weight: 6, arbitrary: short }, { weight: 1, arbitrary: long });

const literal = fc.oneof(
  query,
  fc.double(),
  fc.bigInt(),
  fc.constantFrom('NaN', 'Infinity', "'", '', 'true'),
);
const deep = fc.integer({ min: 1, max: 3_000 });
const filter = fc.oneof(
  query,
  deep.map((depth) => `${'('.repeat(depth)}price < 1${')'.repeat(depth)}`),
  deep.map((depth) => `${'NOT '.repeat(depth)}price EXISTS`),
  deep.map((count) => Array.from({ length: count }, (_, i) => `price = ${i}`).join(' OR ')),
  fc
    .tuple(
      fc.constantFrom(
        'brand',
        'price',
        'category',
        'id',
        'title',
        '__proto__',
        '`constructor`',
        'attributes.',
      ),
      fc.constantFrom('=', '!=', '<', '>=', 'IN', 'LIKE', 'EXISTS', ''),
      literal,
      fc.boolean(),
    )
    .map(([field, operator, value, quoted]) => `${field} ${operator} ${quoted ? `'${value}'` : value}`),
);
const odd = fc.oneof(
  fc.constantFrom(
    '-1',
    '0',
    '1',
    '2',
    '1e9',
    '999999999999999',
    '9007199254740993',
    'NaN',
    '',
    ' 1',
    '0x10',
    '1.5',
  ),
  short,
);
const field = fc.oneof(fc.constantFrom('brand', '*', 'price', '__proto__', 'attributes.color', ',,,'), short);
const parameters = fc.record(
  {
    q: query,
    filter,
    facets: fc.oneof(field, fc.array(field, { maxLength: 3 })),
    sort: fc.oneof(
      field,
      field.map((name) => `${name}:asc`),
    ),
    page: odd,
    per_page: odd,
    facet_limit: odd,
    explain: odd,
    nonsense: short,
  },
  { requiredKeys: [] },
);
type SearchParameters = typeof parameters extends fc.Arbitrary<infer T> ? T : never;

/** Mostly one error at a time, so that later checks are reached too. */
const sparse = fc
  .tuple(
    parameters,
    query,
    fc.subarray(['filter', 'facets', 'sort', 'page', 'per_page', 'facet_limit'], { maxLength: 2 }),
  )
  .map(
    ([all, q, kept]): SearchParameters => ({
      q,
      ...Object.fromEntries(Object.entries(all).filter(([name]) => kept.includes(name))),
    }),
  );

/** The app over a few products, with the transformer that embeds the queries. */
async function opened(): Promise<{ app: FastifyInstance; close: () => Promise<void> }> {
  const folder = temporaryFolder();
  const service = await openService({
    dataDir: path.join(folder, 'data'),
    indexesDir: path.join(folder, 'indexes'),
    modelDir: packagePaths.model,
    workers: 1,
  });
  await service.upsert([
    { id: '1', title: 'Red enamel mug', brand: "O'Neil", category: 'Kitchen > Mugs', price: 12 },
    { id: '2', title: 'Blue linen shirt', brand: 'Fernhill', price: 30, sku: 'FH-100/B' },
    { id: '__proto__', title: 'Table lamp 13 inch', price: 5, attributes: { color: ['Red', 'White'] } },
    { id: 'ü %2F?#', title: '手机壳 🧦', attributes: { color: 'Blue', 'odd `name`': true } },
  ]);
  const app = await buildApp({ service, webDir, logger: false });
  const close = async (): Promise<void> => {
    await app.close();
    await service.close();
  };
  return { app, close };
}

describe('hostile searches', () => {
  it('are all answered 200 or 400, and none hangs', async () => {
    const { app, close } = await opened();
    const cases = fc.sample(fc.tuple(fc.oneof(sparse, sparse, parameters), fc.boolean()), {
      numRuns: QUERIES,
      seed: 20_261_121,
    });
    const statuses = new Map<number, number>();
    for (const [parameters, posted] of cases) {
      const started = performance.now();
      const { statusCode, body } = await app.inject(
        posted
          ? { method: 'POST', url: '/v1/search', payload: numbered(parameters) }
          : { url: `/v1/search?${queryString(parameters)}` },
      );
      const shown = JSON.stringify(parameters).slice(0, 300);
      expect([200, 400], `${posted ? 'POST' : 'GET'} ${shown}: ${body.slice(0, 300)}`).toContain(statusCode);
      expect(performance.now() - started, shown).toBeLessThan(HANGS);
      statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
    }
    // Guards the test itself: both outcomes must be common.
    expect(statuses.get(200)).toBeGreaterThan(QUERIES / 5);
    expect(statuses.get(400)).toBeGreaterThan(QUERIES / 5);
    await close();
  }, 300_000);

  it('are answered 200 or 400 on a socket too, where the HTTP parser comes first', async () => {
    const { app, close } = await opened();
    const address = await app.listen({ host: '127.0.0.1', port: 0 });
    const port = Number(new URL(address).port);
    const body = (text: string): string =>
      `POST /v1/search HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
    const get = (raw: string): string =>
      `GET /v1/search?${raw} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`;
    const requests = [
      get(`q=${'a'.repeat(100_000)}`),
      get(`q=${encodeURIComponent('手机壳 '.repeat(25_000))}`),
      get(`q=mug&filter=${encodeURIComponent("brand = 'x' OR ".repeat(7_000))}`),
      get('q=%ED%A0%80%00%zz%'),
      get('q=\u0001'),
      get('q=mug\udcff'),
      get('q=red mug'),
      get(`${'&'.repeat(50_000)}`),
      body(JSON.stringify({ q: 'a '.repeat(50_000) })),
      body('{"q": "\\ud800 mug"}'),
      body('{"q": "mug", "page": 1e999}'),
      body('{"q": "mug", "__proto__": {"filter": "x"}}'),
      body('['.repeat(100_000)),
      body('{"q": "\u0000"}'),
    ];
    for (const request of requests)
      expect([200, 400], request.slice(0, 200)).toContain(await statusOf(port, request));
    await close();
  });
});

/** As a browser writes it: lone surrogates are replaced. */
function queryString(parameters: SearchParameters): string {
  return new URLSearchParams(
    Object.entries(parameters).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, String(one)]),
    ),
  ).toString();
}

/** The parameters with numbers as JSON numbers. */
function numbered(parameters: SearchParameters): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      typeof value === 'string' && /page|limit/.test(name) && /^-?\d/.test(value) ? Number(value) : value,
    ]),
  );
}

async function statusOf(port: number, request: string): Promise<number> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += String(chunk);
  });
  // A refused request is answered before all of it is read, so writing may fail.
  socket.on('error', () => undefined);
  socket.write(Buffer.from(request, 'latin1'));
  await once(socket, 'close');
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
}
