import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { apiTypes } from '../../scripts/docs/apiTypes.js';
import { serving } from './serving.js';

const operation = z.looseObject({
  operationId: z.string(),
  summary: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  responses: z.record(z.string(), z.unknown()),
});
const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({
    schemas: z.record(z.string(), z.unknown()),
    responses: z.record(z.string(), z.unknown()),
    securitySchemes: z.record(z.string(), z.unknown()),
  }),
});

async function servedDocument() {
  const app = await serving();
  return documentSchema.parse((await app.inject({ url: '/docs/json' })).json());
}

test('openapi.json is the document that the service serves; npm run docs writes it', async () => {
  expect(JSON.parse(readFileSync('openapi.json', 'utf8'))).toEqual(await servedDocument());
});

test('the types that the page uses are those of the document; npm run docs writes them', async () => {
  expect(readFileSync('web/apiTypes.d.ts', 'utf8')).toBe(
    await apiTypes(readFileSync('openapi.json', 'utf8')),
  );
});

test('a product has its known fields, and others', async () => {
  const { schemas } = (await servedDocument()).components;
  expect(schemas.Product).toMatchObject({
    required: ['id'],
    additionalProperties: {},
    properties: {
      title: { type: 'string', description: expect.any(String) },
      price: { type: 'number', minimum: 0 },
      _shelfwright: { properties: { facts: { items: { $ref: '#/components/schemas/Fact' } } } },
    },
  });
  expect(schemas.Hit).toMatchObject({ properties: { product: { $ref: '#/components/schemas/Product' } } });
});

test('the document describes every route', async () => {
  const { paths } = await servedDocument();
  expect(Object.keys(paths).sort()).toEqual([
    '/1/events',
    '/1/indexes/{index}/facets/{facet}/query',
    '/1/indexes/{index}/queries',
    '/health/live',
    '/health/ready',
    '/v1/audit',
    '/v1/audit/categories',
    '/v1/audit/duplicates',
    '/v1/audit/findings',
    '/v1/changes',
    '/v1/completeness',
    '/v1/decisions',
    '/v1/decisions/{decision}',
    '/v1/enrich',
    '/v1/enrich/files',
    '/v1/enrich/jobs',
    '/v1/events',
    '/v1/experiments',
    '/v1/experiments/duration',
    '/v1/experiments/offers',
    '/v1/experiments/{name}/adopt',
    '/v1/experiments/{name}/report',
    '/v1/experiments/{name}/stop',
    '/v1/fields/{field}/values',
    '/v1/fixes',
    '/v1/generations',
    '/v1/generations/{id}/activate',
    '/v1/import',
    '/v1/jobs',
    '/v1/jobs/{id}',
    '/v1/jobs/{id}/cancel',
    '/v1/jobs/{id}/events',
    '/v1/jobs/{id}/files/{file}',
    '/v1/jobs/{id}/quarantine',
    '/v1/keys',
    '/v1/keys/{id}',
    '/v1/lab/compare',
    '/v1/lab/evaluate',
    '/v1/mappings',
    '/v1/mappings/{name}',
    '/v1/multi-search',
    '/v1/products',
    '/v1/products/{id}',
    '/v1/products/{id}/complements',
    '/v1/products/{id}/similar',
    '/v1/quality',
    '/v1/queries',
    '/v1/ranking/undo',
    '/v1/ranking/versions',
    '/v1/reindex',
    '/v1/retrainings',
    '/v1/rules',
    '/v1/rules/lint',
    '/v1/rules/preview',
    '/v1/rules/rollback',
    '/v1/rules/versions',
    '/v1/rules/versions/{version}',
    '/v1/search',
    '/v1/settings',
    '/v1/similar',
    '/v1/spellings',
    '/v1/spellings/apply',
    '/v1/spellings/runs',
    '/v1/spellings/undo',
    '/v1/status',
    '/v1/suggest',
    '/v1/suggestions',
    '/v1/suggestions/decide',
    '/v1/suggestions/{group}',
    '/v1/synonyms/suggestions',
    '/v1/taxonomy',
    '/v1/taxonomy/categories/{id}',
    '/v1/taxonomy/draft',
    '/v1/taxonomy/draft/edits',
    '/v1/taxonomy/draft/undo',
    '/v1/taxonomy/jobs',
    '/v1/taxonomy/proposals',
    '/v1/uploads/preview',
  ]);
});

test('the document names the media types of a product write and the bounds of a parameter', async () => {
  const { paths } = await servedDocument();
  expect(paths['/v1/products']?.post).toMatchObject({
    requestBody: { content: { 'application/json': {}, 'application/x-ndjson': {} } },
  });
  expect(paths['/v1/search']?.get?.parameters).toContainEqual(
    expect.objectContaining({
      name: 'per_page',
      in: 'query',
      schema: { type: 'integer', minimum: 1, maximum: 250 },
    }),
  );
});

test('every operation has an id of its own, the scope of its key and its errors as problem+json', async () => {
  const { paths, components } = await servedDocument();
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, one]) => ({ ...one, path, method })),
  );
  for (const { summary, path, method } of operations) expect(summary, `${method} ${path}`).not.toBe('');
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(operations.length);
  expect(Object.keys(components.securitySchemes)).toEqual(['bearer', 'apiKey']);
  for (const { path, operationId, security, responses } of operations) {
    if (path.startsWith('/health/')) {
      expect([operationId, security]).toEqual([operationId, undefined]);
      continue;
    }
    expect(security, operationId).toHaveLength(2);
    expect(Object.keys(responses), operationId).toEqual(expect.arrayContaining(['401', '403', '429', '503']));
    expect(responses['401']).toEqual({ $ref: '#/components/responses/Unauthorized' });
  }
  expect(components.responses.NotFound).toMatchObject({
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  });
  const scopeOf = (id: string) =>
    operations.find(({ operationId }) => operationId === id)?.security?.[0]?.bearer;
  expect(['search', 'upsertProducts', 'startReindex'].map(scopeOf)).toEqual([
    ['search'],
    ['write'],
    ['admin'],
  ]);
});

test('every reference of the document resolves', async () => {
  const document = await servedDocument();
  const references = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g);
  for (const [reference, kind = '', name = ''] of references)
    expect(Object(document.components)[kind], reference).toHaveProperty(name);
});

test('the docs page is served', async () => {
  const app = await serving();
  expect((await app.inject({ url: '/docs/' })).statusCode).toBe(200);
});
