import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { REMOVALS } from '../../catalog/spellings/removeProducts.js';
import { jobSchema } from '../../domain/job.js';
import { attributeValueSchema, productSchema } from '../../domain/product.js';
import type { Service } from '../../service/service.js';
import { idempotencyHeader, idempotencyKeyOf } from '../idempotencyKey.js';
import { wholeNumber } from '../parameters.js';

const KINDS = ['category', 'contradiction', 'impossible', 'vocabulary'] as const;
const MAX_PER_PAGE = 100;
const MAX_CORRECTIONS = 1000;

const paging = {
  page: wholeNumber().optional().describe('From 1.'),
  per_page: wholeNumber(MAX_PER_PAGE).optional().describe('Default: 25.'),
};
const pageOf = ({
  page = 1,
  per_page = 25,
}: {
  page?: number | undefined;
  per_page?: number | undefined;
}) => ({
  page,
  per_page,
});
const counted = { total: z.int(), page: z.int(), per_page: z.int() };

const stateAnswer = z.object({
  running: jobSchema.nullable().describe('The audit that waits or runs.'),
  latest: jobSchema.nullable().describe('The last audit that is done; its report has the counts.'),
});
const findingsAnswer = z.object({
  ...counted,
  findings: z.array(
    z.object({
      kind: z.enum(KINDS),
      id: z.string(),
      field: z.string().nullable(),
      value: attributeValueSchema.nullable(),
      message: z.string().describe('The problem as a phrase that follows the id.'),
      suggestion: attributeValueSchema.nullable(),
      changed: z.boolean().describe('Whether the value was changed since the audit.'),
      product: productSchema.nullable().describe('As it is now; null if it was deleted since.'),
    }),
  ),
});
const duplicatesAnswer = z.object({
  ...counted,
  duplicates: z.array(
    z.object({
      ids: z.array(z.string()),
      score: z.number().describe('Probability that both are the same thing.'),
      reason: z.string(),
      products: z.array(productSchema.nullable()).describe('As they are now; null if deleted since.'),
    }),
  ),
});
const clustersAnswer = z.object({
  ...counted,
  clusters: z.array(
    z.object({
      ids: z.array(z.string()),
      keep: z
        .string()
        .nullable()
        .describe('The one with the most values; null if fewer than two are on sale.'),
      pairs: z.array(z.object({ ids: z.array(z.string()), score: z.number(), reason: z.string() })),
      products: z
        .array(productSchema.nullable())
        .describe('As they are now, with filled values; null if deleted since.'),
    }),
  ),
});
const removeBody = z.strictObject({
  removals: z
    .array(
      z.strictObject({
        keep: z.string().min(1).describe('The product of the cluster that stays.'),
        remove: z.array(z.string().min(1)).min(1).max(MAX_CORRECTIONS),
      }),
    )
    .min(1)
    .max(MAX_CORRECTIONS),
  how: z
    .enum(REMOVALS)
    .default('archive')
    .describe('Archived products stay stored, and searches do not find them. Default: archive.'),
  preview: z.boolean().default(true).describe('Whether only to count what would go. Default: true.'),
  by: z.string().trim().min(1).max(200).describe('Who removes them, for the list of runs.'),
});
const correctBody = z.strictObject({
  corrections: z
    .array(z.strictObject({ id: z.string().min(1), category: z.string().trim().min(1).max(1000) }))
    .min(1)
    .max(MAX_CORRECTIONS),
  preview: z.boolean().default(true).describe('Whether only to count what would change. Default: true.'),
  by: z.string().trim().min(1).max(200).describe('Who changes the values, for the list of runs.'),
});
const correctAnswer = z.object({
  products: z.int(),
  values: z.int(),
  run: z.int().nullable().describe('POST /v1/spellings/undo undoes it; null if nothing changed.'),
});

/** /v1/audit: what is wrong with the stored products, found by a job. */
export const auditRoutes: FastifyPluginAsyncZod<{ service: Service }> = async (app, { service }) => {
  const tags = ['audit'];
  const config = { scope: 'write' as const };
  app.post(
    '/v1/audit',
    {
      config,
      schema: {
        operationId: 'startAudit',
        summary: 'Start a job that looks for duplicates, wrong categories and wrong values',
        tags,
        headers: idempotencyHeader,
        response: { 202: jobSchema },
      },
    },
    async (request, reply) => {
      const job = service.audits.running() ?? service.jobs.submit('audit', {}, idempotencyKeyOf(request, {}));
      return reply.code(202).header('location', `/v1/jobs/${job.id}`).send(job);
    },
  );
  app.get(
    '/v1/audit',
    {
      config,
      schema: {
        operationId: 'getAudit',
        summary: 'Get the audit that runs, and the last one that is done',
        tags,
        response: { 200: stateAnswer },
      },
    },
    async () => ({ running: service.audits.running() ?? null, latest: service.audits.latest() ?? null }),
  );
  app.get(
    '/v1/audit/findings',
    {
      config,
      schema: {
        operationId: 'listFindings',
        summary: 'List what the last audit found of one kind',
        description: 'At most 10,000 findings of a kind are kept. Spellings are under /v1/spellings.',
        tags,
        querystring: z.strictObject({ kind: z.enum(KINDS), ...paging }),
        response: { 200: findingsAnswer },
      },
    },
    async ({ query }) => {
      const page = pageOf(query);
      const { total, findings } = service.audits.findings(query.kind, page);
      return {
        ...{ total, ...page },
        findings: findings.map(({ field, value, suggestion, product, ...finding }) => ({
          ...finding,
          kind: query.kind,
          field: field ?? null,
          value: value ?? null,
          suggestion: suggestion ?? null,
          product: product ?? null,
        })),
      };
    },
  );
  app.get(
    '/v1/audit/duplicates',
    {
      config,
      schema: {
        operationId: 'listDuplicates',
        summary: 'List the pairs of products that are probably the same thing',
        tags,
        querystring: z.strictObject(paging),
        response: { 200: duplicatesAnswer },
      },
    },
    async ({ query }) => {
      const page = pageOf(query);
      const { total, duplicates } = service.audits.duplicates(page);
      return {
        ...{ total, ...page },
        duplicates: duplicates.map(({ ids, products, ...duplicate }) => ({
          ...duplicate,
          ids: [...ids],
          products: products.map((product) => product ?? null),
        })),
      };
    },
  );
  app.get(
    '/v1/audit/clusters',
    {
      config,
      schema: {
        operationId: 'listDuplicateClusters',
        summary: 'List the products that are probably the same thing, all of a thing together',
        tags,
        querystring: z.strictObject(paging),
        response: { 200: clustersAnswer },
      },
    },
    async ({ query }) => {
      const page = pageOf(query);
      const { total, clusters } = service.audits.clusters(page);
      return {
        ...{ total, ...page },
        clusters: clusters.map(({ ids, keep, pairs }) => ({
          ids: [...ids],
          keep: keep ?? null,
          pairs: pairs.map((pair) => ({ ...pair, ids: [...pair.ids] })),
          products: ids.map((id) => service.product(id) ?? null),
        })),
      };
    },
  );
  app.post(
    '/v1/audit/duplicates/remove',
    {
      config,
      schema: {
        operationId: 'removeDuplicates',
        summary: 'Archive or delete duplicates, or count what would go',
        tags,
        body: removeBody,
        response: { 200: correctAnswer },
      },
    },
    async ({ body: { removals, ...how } }) => service.audits.removeDuplicates(removals, how),
  );
  app.post(
    '/v1/audit/categories',
    {
      config,
      schema: {
        operationId: 'correctCategories',
        summary: 'Give products other categories, or count what would change',
        tags,
        body: correctBody,
        response: { 200: correctAnswer },
      },
    },
    async ({ body: { corrections, ...how } }) => service.audits.correctCategories(corrections, how),
  );
};
