import type { StallRequest } from './drawRequests.js';

const NDJSON_TYPE = { 'content-type': 'application/x-ndjson' };
const JSON_TYPE = { 'content-type': 'application/json' };
const MANY = 900;

/** Filters of keys: many products pass, few, and some by words. */
export const KEY_FILTERS = [
  'price < 150',
  "category = 'Goods > mug'",
  "attributes.color = 'red' AND NOT _text = 'jacket'",
];

/** Requests of which each is the first to need something: a map, a table, a column, a vocabulary. */
export function firstRequests(other: string): StallRequest[] {
  const writes = (id: string): StallRequest[] => [
    post(`the first write of a new product (${id})`, '/v1/products', row({ id: `new-${id}` }), NDJSON_TYPE),
    post(`the first write of a known product (${id})`, '/v1/products', row({ id }), NDJSON_TYPE),
    { ...post(`the first price (${id})`, `/v1/products/${id}`, '{"price":3}', JSON_TYPE), method: 'PATCH' },
    get('the first search after a write', '/v1/search?q=red%20mug&facets=*'),
    get('the first completion after a write', '/v1/suggest?q=wab'),
    { what: 'the first deletion', method: 'DELETE', url: `/v1/products/${id}`, headers: {} },
  ];
  return [
    ...writes('p-3'),
    ...readRequests(),
    post('switch to another generation', `/v1/generations/${other}/activate`, '{}', JSON_TYPE),
    ...writes('p-4'),
    ...readRequests(),
  ];
}

/** The same for searches, completions and the like. */
export function readRequests(): StallRequest[] {
  const list = (write: (n: number) => string): string =>
    Array.from({ length: MANY }, (_, n) => write(n)).join(', ');
  return [
    get('the first search', '/v1/search?q=red%20mug'),
    get('the first completion', '/v1/suggest?q=wa'),
    get('the first correction', '/v1/search?q=fernhil%20kettel'),
    get('all facets', '/v1/search?q=&facets=*&category_tree=5&group=true'),
    get('the first order by title', '/v1/search?q=&sort=title:asc&per_page=250'),
    get('the first order by a text', '/v1/search?q=&sort=attributes.note:desc'),
    search('the first long list of values', `attributes.note IN [${list((n) => `'value ${n}'`)}]`),
    search('the first long list of codes', `attributes.model IN [${list((n) => `'M-${n}'`)}]`),
    search('the first long list of categories', `category IN [${list((n) => `'goods > mug > w${n}'`)}]`),
    search(
      'the first units',
      list((n) => `attributes.length < '${n} kg'`)
        .replaceAll(', ', ' OR ')
        .slice(0, 15_000)
        .replace(/ OR [^']*('[^']*)?$/, ''),
    ),
    search('the first conditions', Array.from({ length: 700 }, (_, n) => `price > ${n}`).join(' OR ')),
    search('the first words', "_text = 'mug' AND NOT _text = 'jacket'"),
    search('the first drafts', 'price > 1', '&status=all'),
    get('the first neighbours', '/v1/products/p-9/similar?explain=true'),
    get(
      'the first ranges',
      '/v1/search?q=&facet_ranges=price:10,attributes.weight:10,attributes.released:10',
    ),
    get('the first facet values', `/v1/search?q=&facets=attributes.note&facet_query=attributes.note:wab`),
    get('the first product', '/v1/products/p-11'),
  ];
}

function row(product: object): string {
  return JSON.stringify({
    ...product,
    title: 'Red enamel mug of a kind never seen',
    attributes: { note: 'new' },
  });
}

function get(what: string, url: string): StallRequest {
  return { what, method: 'GET', url, headers: {} };
}

function search(what: string, filter: string, more = ''): StallRequest {
  return get(what, `/v1/search?q=&filter=${encodeURIComponent(filter)}${more}`);
}

function post(what: string, url: string, payload: string, headers: Record<string, string>): StallRequest {
  return { what, method: 'POST', url, headers, payload };
}
