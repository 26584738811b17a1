import fc from 'fast-check';
import { oddBody, oddMediaType, oddText, oddValue } from './hostile.js';
import type { Operation, Parameter } from './readOperations.js';
import { type Pool, validOf } from './valid.js';

/** A request as it is sent. */
export interface DrawnRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: string | undefined;
}

type Validity = 'valid' | 'nearly' | 'hostile';

/** Draws a request of an operation: valid, with one invalid part, or hostile. */
export function drawRequest(operation: Operation, pool: Pool, seed: number): DrawnRequest {
  const validity = fc.sample(fc.constantFrom<Validity>('valid', 'valid', 'nearly', 'hostile'), {
    numRuns: 1,
    seed,
  })[0];
  const [drawn] = fc.sample(requests(operation, pool, validity ?? 'valid'), { numRuns: 1, seed });
  if (drawn === undefined) throw new Error('fast-check drew nothing');
  return drawn;
}

function requests(operation: Operation, pool: Pool, validity: Validity): fc.Arbitrary<DrawnRequest> {
  // A nearly valid request has one invalid part.
  const parts = ['path', 'query', 'body', 'type'].filter(
    (part) =>
      (part !== 'path' || operation.inPath.length > 0) &&
      (operation.body !== undefined || part === 'query' || part === 'path'),
  );
  return fc.constantFrom(...parts).chain((wrong) => {
    const odd = (part: string): boolean =>
      validity === 'hostile' || (validity === 'nearly' && part === wrong);
    return fc
      .record({
        path: pathOf(operation, pool, odd('path')),
        query: queryOf(operation.inQuery, pool, odd('query')),
        body: bodyOf(operation, pool, odd('body')),
        type: typeOf(operation, odd('type')),
      })
      .map(
        ({ path, query, body, type }): DrawnRequest => ({
          method: operation.method,
          url: query === '' ? path : `${path}?${query}`,
          headers: body === undefined || type === '' ? {} : { 'content-type': type },
          payload: body,
        }),
      );
  });
}

function pathOf({ path, inPath }: Operation, pool: Pool, odd: boolean): fc.Arbitrary<string> {
  const values = inPath.map(({ name, schema }) =>
    odd ? oddText : validOf(schema, poolName(path, name), pool).map(String),
  );
  return fc
    .tuple(...values)
    .map((given) =>
      inPath.reduce(
        (sum, { name }, position) => sum.replace(`{${name}}`, () => encoded(given[position] ?? '') || '-'),
        path,
      ),
    );
}

/** Whether an id is of a product, a job or a generation depends on the path. */
function poolName(path: string, name: string): string {
  const of = /\/(\w+)\/\{id\}/.exec(path)?.[1];
  return name === 'id' && of !== undefined ? of : name;
}

function queryOf(parameters: readonly Parameter[], pool: Pool, odd: boolean): fc.Arbitrary<string> {
  const pairs = parameters.map(({ name, required, schema }) => {
    const valid = validOf(schema, name, pool).map((value) => [[name, String(value)]]);
    const given = required
      ? valid
      : fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: valid });
    if (!odd) return given;
    const wrong = oddText.map((text) => [[name, text]]);
    const twice = fc.tuple(oddText, valid).map(([text, one]) => [[name, text], ...one]);
    return fc.oneof(given, given, wrong, twice);
  });
  const unknown = odd
    ? fc.array(fc.tuple(oddText, oddText), { maxLength: 1 })
    : fc.constant<[string, string][]>([]);
  return fc
    .tuple(fc.tuple(...pairs), unknown)
    .map(([known, others]) =>
      [...known.flat(), ...others]
        .map(([name, value]) => `${encoded(name ?? '')}=${encoded(value ?? '')}`)
        .join('&'),
    );
}

function bodyOf({ body }: Operation, pool: Pool, odd: boolean): fc.Arbitrary<string | undefined> {
  if (body === undefined)
    return odd ? fc.option(oddBody, { nil: undefined, freq: 3 }) : fc.constant(undefined);
  const valid = validOf(body, '', pool);
  if (!odd) return valid.map((value) => JSON.stringify(value));
  const altered = fc
    .tuple(valid, oddText, oddValue, fc.nat())
    .map(([value, key, other, position]) => JSON.stringify(alter(value, key, other, position)));
  return fc.oneof({ weight: 3, arbitrary: altered }, { weight: 1, arbitrary: oddBody });
}

/** The value with one member replaced or added. */
function alter(value: unknown, key: string, other: unknown, position: number): unknown {
  if (Array.isArray(value)) {
    if (value.length === 0) return [other];
    const at = position % value.length;
    return value.map((one, i) => (i === at ? alter(one, key, other, position >>> 2) : one));
  }
  if (typeof value !== 'object' || value === null) return other;
  const keys = Object.keys(value);
  const name = keys[position % (keys.length + 1)] ?? key;
  return Object.fromEntries([...Object.entries(value), [name, other]]);
}

function typeOf({ mediaTypes }: Operation, odd: boolean): fc.Arbitrary<string> {
  const known = fc.constantFrom('application/json', ...mediaTypes);
  return odd ? fc.oneof(known, oddMediaType) : known;
}

/** Lone surrogates are encoded as the replacement character. */
function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}
