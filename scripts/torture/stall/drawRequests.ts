import { seededRandom } from '../../../src/domain/seededRandom.js';
import { drawRequest } from '../fuzzRoutes/drawRequest.js';
import type { Operation } from '../fuzzRoutes/readOperations.js';
import { drawProduct } from './drawProduct.js';
import { drawParameter } from './drawQuery.js';
import { drawLength, drawText, pick, repeated, type Shape } from './drawText.js';

/** Characters: more than the service accepts, less than a string can have. */
const MAX_BODY = 64_000_000;

type Random = () => number;
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface StallRequest {
  readonly what: string;
  readonly method: Method;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload?: string;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const NDJSON_TYPE = { 'content-type': 'application/x-ndjson' };
/** Longest value in a URL, encoded up to nine times as long, and in a body. */
const MAX_IN_URL = 60_000;
const MAX_IN_BODY = 900_000;
const MAX_ROWS_BYTES = 7_000_000;
const POOL = new Map([['products', ['p-1', 'p-2', 'stall']]]);

/** Draws one request, or those that store and then find a product. */
export function drawRequests(operations: readonly Operation[], seed: number): StallRequest[] {
  const random = seededRandom(seed);
  const kind = random();
  if (kind < 0.35) return storeAndFind(random);
  if (kind < 0.45) return [manyRows(random)];
  if (kind < 0.5)
    return [
      oddBody(
        random,
        pick(
          random,
          operations.filter(({ body }) => body !== undefined),
        ),
      ),
    ];
  return [extremeRequest(random, pick(random, operations), seed)];
}

/** Stores a product, or a hundred of it, and searches, completes and compares with it in the index. */
function storeAndFind(random: Random): StallRequest[] {
  const { what, value } = drawProduct(random);
  const copies = pick(random, [1, 1, 20]);
  const rows: string[] = [];
  // A larger body is refused by its length alone.
  for (let n = 0, length = 0; n < copies && (n === 0 || length < MAX_BODY); n++) {
    rows.push(JSON.stringify({ ...value, id: n === 0 ? 'stall' : `stall-${n}` }));
    length += rows.at(-1)?.length ?? 0;
  }
  const words = wordsOf(value);
  const get = (url: string): StallRequest => ({
    what: `GET ${url.slice(0, 60)} after ${what}`,
    method: 'GET',
    url,
    headers: {},
  });
  const stored: StallRequest =
    random() < 0.5
      ? {
          what: `store ${copies} × ${what}`,
          method: 'POST',
          url: '/v1/products',
          headers: NDJSON_TYPE,
          payload: rows.join('\n'),
        }
      : {
          what: `store ${copies} × ${what} in a list`,
          method: 'POST',
          url: '/v1/products',
          headers: JSON_TYPE,
          payload: `[${rows.join(',')}]`,
        };
  return [
    stored,
    get(`/v1/search?q=${words}&facets=*&category_tree=20&group=true&explain=true`),
    get(`/v1/search?q=&per_page=250&sort=title:asc&facets=category,brand`),
    get(`/v1/suggest?q=${words.slice(0, 12)}&limit=50`),
    get('/v1/products/stall'),
    get('/v1/products/stall/similar?explain=true'),
    { what: `enrich ${what}`, method: 'POST', url: '/v1/enrich', headers: JSON_TYPE, payload: rows[0] ?? '' },
    { what: `delete ${what}`, method: 'DELETE', url: '/v1/products/stall', headers: {} },
  ];
}

function wordsOf(value: Readonly<Record<string, unknown>>): string {
  const text = String(
    value.title ?? value.description ?? value.brand ?? Object.values(Object(value.attributes))[0] ?? 'many',
  );
  return encodeURIComponent(Buffer.from(text.slice(0, 60)).toString());
}

/** As many small rows as fit. */
function manyRows(random: Random): StallRequest {
  const row = pick(random, [
    '{}',
    '{"id":"#"}',
    '{"id":"#","title":"mug #"}',
    '[]',
    '1',
    '""',
    '{"id":"#","attributes":{"a #":"b #"}}',
  ]);
  const count = drawLength(random, Math.floor(MAX_ROWS_BYTES / (row.length + 6)));
  const rows = Array.from({ length: count }, (_, n) => row.replaceAll('#', `m${n}`));
  const isLines = random() < 0.5;
  const url = pick(random, ['/v1/products', '/v1/enrich']);
  return {
    what: `${count} rows ${row} to ${url}${isLines ? ' as lines' : ''}`,
    method: 'POST',
    url,
    headers: isLines ? NDJSON_TYPE : JSON_TYPE,
    payload: isLines ? rows.join('\n') : `[${rows.join(',')}]`,
  };
}

/** A body that no schema describes: deep, long or wide. */
function oddBody(random: Random, { method, path }: Operation): StallRequest {
  const max = path === '/v1/products' || path === '/v1/enrich' ? MAX_ROWS_BYTES : MAX_IN_BODY;
  const unit = pick(random, [
    '[',
    '{"a":',
    '[],',
    '{},',
    '1,',
    '"a":1,',
    '"\\u0041",',
    '"__proto__":1,',
    ' ',
    '\n',
    '{"id":"a"}\n',
  ]);
  const length = drawLength(random, max);
  const opened = pick(random, ['', '[', '{', '{"q":"']);
  const payload = `${opened}${repeated(unit, length)}${pick(random, ['', ']', '}', '0]', '"}'])}`;
  return {
    what: `${method} ${path} with ${opened}${unit} to ${length}`,
    method: methodOf(method),
    url: path.replaceAll(/\{\w+\}/g, 'p-1'),
    headers: JSON_TYPE,
    payload,
  };
}

/** A valid request with one extreme value. */
function extremeRequest(random: Random, operation: Operation, seed: number): StallRequest {
  const drawn = drawRequest(operation, POOL, seed);
  const method = methodOf(operation.method);
  const parameter = operation.inQuery.length === 0 ? undefined : pick(random, operation.inQuery);
  if (operation.body !== undefined && drawn.payload !== undefined) {
    const { what, value } = inBody(random, drawn.payload);
    return {
      what: `${method} ${operation.path} with ${what}`,
      method,
      url: drawn.url,
      headers: JSON_TYPE,
      payload: value,
    };
  }
  const max = random() < 0.5 ? 10_000 : MAX_IN_URL;
  const { what, value } = drawParameter(random, parameter?.name ?? 'id', max);
  const encoded = encodeURIComponent(Buffer.from(value).toString());
  const [path = ''] = drawn.url.split('?');
  const url =
    parameter === undefined
      ? `${operation.path.replaceAll(/\{\w+\}/g, () => encoded)}`
      : `${path}?${parameter.name}=${encoded}`;
  return {
    what: `${method} ${operation.path} with ${parameter?.name ?? 'path'}: ${what}`,
    method,
    url,
    headers: {},
  };
}

/** The body with one of its members replaced. */
function inBody(random: Random, payload: string): Shape<string> {
  const body = parsed(payload);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return drawText(random, MAX_IN_BODY);
  const names = Object.keys(body);
  const name = names.length === 0 || random() < 0.1 ? 'q' : pick(random, names);
  const max = random() < 0.5 ? 10_000 : MAX_IN_BODY;
  const list = random() < 0.2;
  const { what, value } = drawParameter(random, name, list ? 100 : max);
  const count = drawLength(random, Math.floor(max / (value.length + 3)));
  const replaced = list ? Array.from({ length: count }, () => value) : value;
  return {
    what: `${name}: ${list ? `${count} times ` : ''}${what}`,
    value: JSON.stringify({ ...body, [name]: replaced }),
  };
}

/** Undefined for a body that was drawn malformed. */
function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}

function methodOf(method: string): Method {
  if (method === 'GET' || method === 'POST' || method === 'PUT' || method === 'PATCH' || method === 'DELETE')
    return method;
  throw new Error(`unexpected method ${method}`);
}
