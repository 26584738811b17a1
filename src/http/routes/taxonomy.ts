import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { jobSchema } from '../../domain/job.js';
import { taxonomyRequestSchema } from '../../service/jobs/jobRequests.js';
import type { Service } from '../../service/service.js';
import { editSchema } from '../../taxonomy/edit/editTaxonomy.js';
import { idempotencyHeader, idempotencyKeyOf } from '../idempotencyKey.js';
import { HttpError } from '../problem.js';

const MAX_EDITS = 200;
const MAX_VALUES = 1000;

const finding = z.object({
  severity: z.enum(['error', 'warning']),
  rule: z.string(),
  where: z.string(),
  message: z.string(),
});
const draftAnswer = z.object({
  draft: z
    .object({
      edits: z.array(z.string()).describe('In words, in their order.'),
      revision: z.string().describe('Changes with each edit.'),
      outdated: z.boolean().describe('Another taxonomy governs by now; the draft can only be discarded.'),
      version: z.string().nullable().describe('Name of the next version, unless another one is given.'),
      findings: z.array(finding).describe('All errors, and the warnings that the draft adds.'),
      changes: z.array(z.string()).describe('The difference to the version that governs.'),
    })
    .nullable(),
});
const treeAnswer = z.object({
  version: z.string().nullable().describe('Null if no taxonomy governs yet.'),
  owner: z.string().nullable(),
  categories: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      parent: z.string().nullable(),
      products: z.int().describe('Products filed under it itself, not under a narrower category.'),
    }),
  ),
  migrations: z
    .array(z.object({ id: z.int(), from: z.string(), to: z.string(), at: z.string() }))
    .describe('The latest publications, newest first; the newest can be undone.'),
});
const categoryAnswer = z.object({
  id: z.string(),
  name: z.string(),
  path: z.string(),
  aliases: z.array(z.string()),
  attributes: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      type: z.string(),
      aliases: z.array(z.string()),
      required: z.boolean(),
      unit: z.string().nullable(),
      values: z.array(z.object({ name: z.string(), aliases: z.array(z.string()) })),
      value_count: z.int().describe(`At most ${MAX_VALUES} values are listed.`),
    }),
  ),
});
const proposalsAnswer = z.object({
  proposals: z.array(
    z.object({
      attribute: z.string(),
      name: z.string().describe('Name of the attribute.'),
      value: z.string(),
      count: z.int().describe('Number of products with the value.'),
      examples: z.array(z.string()),
      nearest: z.string().nullable().describe('The listed value that is most like it.'),
    }),
  ),
});

const NO_DRAFT = 'none';
const if_revision = z
  .string()
  .max(100)
  .optional()
  .describe(
    `The revision of the draft that this is based on, ${NO_DRAFT} for no draft: 409 if it is another one.`,
  );

/** /v1/taxonomy: the taxonomy that governs the shop, and edits of it in a draft until they are published. */
export const taxonomyRoutes: FastifyPluginAsyncZod<{ service: Service }> = async (app, { service }) => {
  const tags = ['taxonomy'];
  const config = { scope: 'write' as const };
  /** So that nobody changes what somebody else has changed meanwhile. */
  const requireRevision = (wanted: string | undefined): void => {
    const revision = service.taxonomies.draft()?.revision ?? NO_DRAFT;
    if (wanted !== undefined && wanted !== revision)
      throw new HttpError(
        409,
        'Somebody edited the draft meanwhile: look at it again, and repeat the change.',
      );
  };
  const draftOf = () => {
    const draft = service.taxonomies.draft();
    if (draft === undefined) return { draft: null };
    const { edits, findings, changes, version = null, ...rest } = draft;
    return { draft: { ...rest, version, edits: [...edits], findings: [...findings], changes: [...changes] } };
  };

  app.get(
    '/v1/taxonomy',
    {
      config,
      schema: {
        operationId: 'getTaxonomy',
        summary: 'Get the categories with the numbers of their products',
        description: 'With the edits of the draft, if there is one.',
        tags,
        response: { 200: treeAnswer },
      },
    },
    async () => {
      const current = service.taxonomies.current();
      return {
        version: current?.version ?? null,
        owner: current?.owner ?? null,
        categories: [...(await service.taxonomies.counts())],
        migrations: service.taxonomies
          .migrations()
          .map(({ id, from, to, appliedAt }) => ({ ...{ id, from, to }, at: appliedAt })),
      };
    },
  );
  app.get(
    '/v1/taxonomy/categories/:id',
    {
      config: { ...config, errors: [404] },
      schema: {
        operationId: 'getCategory',
        summary: 'Get a category with the attributes that its products carry, and their values',
        tags,
        params: z.object({ id: z.string().min(1) }),
        response: { 200: categoryAnswer },
      },
    },
    async ({ params }) => {
      const found = service.taxonomies.category(params.id);
      if (found === undefined)
        throw new HttpError(
          404,
          `There is no category ${JSON.stringify(params.id)}; /v1/taxonomy lists them.`,
        );
      const { category, path, attributes } = found;
      return {
        ...{ id: category.id, name: category.name, path, aliases: category.aliases },
        attributes: attributes.map(({ attribute, required }) => {
          const { id, name, type, aliases } = attribute;
          const values = attribute.type === 'enum' ? attribute.values : [];
          return {
            ...{ id, name, type, aliases, required },
            unit: (attribute.type === 'number+unit' ? attribute.unit : undefined) ?? null,
            values: values.slice(0, MAX_VALUES),
            value_count: values.length,
          };
        }),
      };
    },
  );
  app.get(
    '/v1/taxonomy/proposals',
    {
      config,
      schema: {
        operationId: 'listProposals',
        summary: 'List frequent values of the products that the taxonomy does not list',
        tags,
        response: { 200: proposalsAnswer },
      },
    },
    async () => ({
      proposals: (await service.taxonomies.proposals()).map(({ nearest, examples, ...proposal }) => ({
        ...proposal,
        examples: [...examples],
        nearest: nearest?.value ?? null,
      })),
    }),
  );
  app.get(
    '/v1/taxonomy/draft',
    {
      config,
      schema: {
        operationId: 'getTaxonomyDraft',
        summary: 'Get the edits that are not published, what is wrong with them, and the difference',
        tags,
        response: { 200: draftAnswer },
      },
    },
    async () => draftOf(),
  );
  app.get(
    '/v1/taxonomy/draft/products',
    {
      config,
      schema: {
        operationId: 'countDraftProducts',
        summary: 'Count the products that each edit of the draft is about',
        description:
          'Those of the category or below it, those with a value of the attribute, or those with the value; filled values count.',
        tags,
        response: { 200: z.object({ edits: z.array(z.int()).describe('In the order of the edits.') }) },
      },
    },
    async () => ({ edits: [...(await service.taxonomies.touched())] }),
  );
  app.post(
    '/v1/taxonomy/draft/edits',
    {
      config: { ...config, errors: [409] },
      schema: {
        operationId: 'editTaxonomy',
        summary: 'Add edits to the draft, all or none; starts a draft if there is none',
        tags,
        body: z.strictObject({ edits: z.array(editSchema).min(1).max(MAX_EDITS), if_revision }),
        response: { 200: draftAnswer },
      },
    },
    async ({ body }) => {
      requireRevision(body.if_revision);
      service.taxonomies.edit(body.edits);
      return draftOf();
    },
  );
  app.post(
    '/v1/taxonomy/draft/undo',
    {
      config: { ...config, errors: [409] },
      schema: {
        operationId: 'undoTaxonomyEdit',
        summary: 'Take the last edit of the draft back',
        tags,
        querystring: z.strictObject({ if_revision }),
        response: { 200: draftAnswer },
      },
    },
    async ({ query }) => {
      requireRevision(query.if_revision);
      service.taxonomies.undoEdit();
      return draftOf();
    },
  );
  app.delete(
    '/v1/taxonomy/draft',
    {
      config: { ...config, errors: [409] },
      schema: {
        operationId: 'discardTaxonomyDraft',
        summary: 'Discard the draft',
        tags,
        querystring: z.strictObject({ if_revision }),
        response: { 200: draftAnswer },
      },
    },
    async ({ query }) => {
      requireRevision(query.if_revision);
      service.taxonomies.discard();
      return draftOf();
    },
  );
  app.post(
    '/v1/taxonomy/jobs',
    {
      config,
      schema: {
        operationId: 'publishTaxonomy',
        summary:
          'Start a job that publishes the draft, counts what that would change, or undoes the last publication',
        description:
          'The report of the job has the facts that change, and the values of products that the new version does not know. Searches and filled values follow at the next reindex.',
        tags,
        headers: idempotencyHeader,
        body: taxonomyRequestSchema,
        response: { 202: jobSchema },
      },
    },
    async (request, reply) => {
      const job = service.jobs.submit('taxonomy', request.body, idempotencyKeyOf(request, request.body));
      return reply.code(202).header('location', `/v1/jobs/${job.id}`).send(job);
    },
  );
};
