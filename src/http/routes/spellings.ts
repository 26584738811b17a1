import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { SPELLING_KINDS } from '../../audit/betterSpellings.js';
import { DEFAULT_KINDS } from '../../catalog/spellings/applySpellings.js';
import type { Service } from '../../service/service.js';
import { commaList, listOrCommas } from '../parameters.js';
import { HttpError } from '../problem.js';

const kind = z.enum(SPELLING_KINDS, { error: `expected one of ${SPELLING_KINDS.join(', ')}` });
const kinds = z.array(kind);
const KINDS =
  'spelling: another spelling or an alias of the value; typo: one letter off a frequent value; unit: a measure in another unit. Default: spelling,typo.';

const listQuery = z.strictObject({
  fields: commaList.optional().describe('Only these fields, such as brand,attributes.color.'),
  kinds: commaList.pipe(kinds).optional().describe(KINDS),
});
const applyBody = z.strictObject({
  fields: listOrCommas.optional().describe('Only these fields, such as brand and attributes.color.'),
  kinds: listOrCommas.pipe(kinds).optional().describe(KINDS),
  changes: z
    .array(
      z.strictObject({
        field: z.string().min(1).max(200),
        from: z.string().min(1).max(10_000),
        to: z.string().trim().min(1).max(1000),
      }),
    )
    .min(1)
    .max(5000)
    .optional()
    .describe('Change exactly these values, instead of those that the audit suggests.'),
  preview: z.boolean().default(true).describe('Whether only to count what would change. Default: true.'),
  by: z.string().trim().min(1).max(200).describe('Who changes the values, for the list of runs.'),
});
const undoBody = z.strictObject({ run: z.number().int().min(1) });

const clusters = z
  .array(
    z.object({
      field: z.string(),
      value: z.string().describe('What the values should be.'),
      spellings: z.array(z.object({ text: z.string(), kind, count: z.number().int() })).readonly(),
      count: z.number().int().describe('Number of values to change.'),
      uses: z.number().int().describe('Number of values that are written so already.'),
    }),
  )
  .readonly();
const runs = z
  .array(
    z.object({
      run: z.number().int(),
      at: z.string(),
      by: z.string(),
      changes: z.number().int(),
      undone: z.string().nullable(),
    }),
  )
  .describe('The changes made, newest first.');
const listAnswer = z.object({ clusters, runs });
const applyAnswer = z.object({
  clusters,
  products: z.number().int(),
  values: z.number().int(),
  run: z.number().int().nullable().describe('Use it to undo the change; null if nothing changed.'),
});
const undoAnswer = z.object({
  run: z.number().int(),
  restored: z.number().int(),
  kept: z.number().int().describe('Values that were changed since: they stay.'),
});

/** /v1/spellings: values written in several ways, and changing them in bulk. */
export const spellingRoutes: FastifyPluginAsyncZod<{ service: Service }> = async (app, { service }) => {
  const tags = ['spellings'];
  const config = { scope: 'write' as const };

  app.get(
    '/v1/spellings',
    {
      config,
      schema: {
        operationId: 'listSpellings',
        summary: 'List the values that are written in several ways',
        tags,
        querystring: listQuery,
        response: { 200: listAnswer },
      },
    },
    async ({ query }) =>
      service.spellings.list({ fields: query.fields, kinds: query.kinds ?? DEFAULT_KINDS }),
  );
  app.get(
    '/v1/spellings/runs',
    {
      config,
      schema: {
        operationId: 'listSpellingRuns',
        summary: 'List the bulk changes made, newest first',
        tags,
        response: { 200: z.object({ runs }) },
      },
    },
    async () => ({ runs: service.spellings.runs() }),
  );
  app.post(
    '/v1/spellings/apply',
    {
      config,
      schema: {
        operationId: 'applySpellings',
        summary:
          'Give values the spelling that the audit suggests, or one of your own, or count what would change',
        tags,
        body: applyBody,
        response: { 200: applyAnswer },
      },
    },
    async ({ body }) => service.spellings.apply({ ...body, kinds: body.kinds ?? DEFAULT_KINDS }),
  );
  app.post(
    '/v1/spellings/undo',
    {
      config: { ...config, errors: [404] },
      schema: {
        operationId: 'undoSpellings',
        summary: 'Restore the values that a run changed, except those changed since',
        tags,
        body: undoBody,
        response: { 200: undoAnswer },
      },
    },
    async ({ body }) => {
      const undone = await service.spellings.undo(body.run);
      if (undone === undefined) throw new HttpError(404, `There is no run ${body.run} of spellings.`);
      return undone;
    },
  );
};
