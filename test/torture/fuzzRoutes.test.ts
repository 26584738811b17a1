import { expect, it } from 'vitest';
import { z } from 'zod';
import { checkAnswer } from '../../scripts/torture/fuzzRoutes/checkAnswer.js';
import { readOperations, undocumented } from '../../scripts/torture/fuzzRoutes/readOperations.js';
import { testFuzzRoutes } from '../../scripts/torture/fuzzRoutes.js';

it('no route fails on random requests', async () => {
  const { figures, violations } = await testFuzzRoutes({
    rounds: 300,
    seed: 20_261_121,
    log: () => undefined,
  });
  expect(violations).toEqual([]);
  // Guards the test itself: both outcomes must be common.
  expect(figures.status200).toBeGreaterThan(60);
  expect(figures.status400).toBeGreaterThan(60);
  expect(figures.socketed).toBeGreaterThan(5);
}, 240_000);

const document = {
  paths: {
    '/v1/things/{id}': {
      get: {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: {
          200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } },
          204: {},
        },
      },
    },
  },
  components: {
    schemas: {
      Thing: {
        type: 'object',
        properties: {
          id: { type: 'string' },
          parts: { type: 'array', items: { $ref: '#/components/schemas/Thing' } },
        },
        required: ['id'],
      },
    },
  },
};

it('reports what is wrong with an answer', () => {
  const [operation] = readOperations(document);
  if (operation === undefined) throw new Error('nothing was read');
  const problem = { 'content-type': 'application/problem+json' };
  const judged = (status: number, body: unknown, headers = {}, milliseconds = 1) =>
    checkAnswer(operation, {
      status,
      headers,
      body: typeof body === 'string' ? body : JSON.stringify(body),
      milliseconds,
    });
  expect(judged(200, { id: 'a', parts: [{ id: 'b' }] })).toBeUndefined();
  expect(judged(200, { id: 'a', parts: [{ id: 3 }] })).toMatch(/does not match its schema: parts\.0\.id/);
  expect(judged(200, 'x')).toMatch(/not JSON/);
  expect(judged(204, '')).toBeUndefined();
  expect(judged(201, {})).toMatch(/not documented/);
  expect(judged(200, { id: 'a' }, {}, 6000)).toMatch(/took/);
  expect(judged(500, {})).toMatch(/fault/);
  expect(judged(503, {})).toMatch(/fault/);
  expect(judged(503, {}, { 'retry-after': '5' })).toBeUndefined();
  expect(judged(404, { status: 404, detail: 'There is no such thing.' }, problem)).toBeUndefined();
  expect(judged(404, { status: 404, detail: 'There is no such thing.' })).toMatch(/problem/);
  expect(judged(404, { status: 404, detail: 'Nope' }, problem)).toMatch(/sentence/);
  expect(judged(400, { status: 400, detail: `It is wrong: ${'x'.repeat(2000)}` }, problem)).toMatch(
    /2013 characters/,
  );
  expect(judged(400, { status: 400, detail: 'It went wrong\n    at f (/a/b.js:1:2)' }, problem)).toMatch(
    /reveals a stack trace/,
  );
});

it('lists routes that no document describes', () => {
  const printed = ['├── /v1/things (POST)', '│   └── /:id (GET, HEAD, DELETE)', '└── /metrics (GET)'].join(
    '\n',
  );
  expect(undocumented(printed, readOperations(document))).toEqual([
    'POST /v1/things',
    'DELETE /v1/things/{id}',
  ]);
  expect(() => readOperations({ paths: { '/x': { get: { responses: { 200: 3 } } } } })).toThrow(z.ZodError);
});
