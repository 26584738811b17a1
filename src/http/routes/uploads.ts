import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { jobSchema } from '../../domain/job.js';
import { FORMATS } from '../../formats/format.js';
import { MAPPABLE_FIELDS } from '../../formats/source.js';
import { LEARN_FROM } from '../../service/jobs/jobRequests.js';
import { mappingSchema } from '../../service/mappings.js';
import type { Service } from '../../service/service.js';
import { FILE_TYPES, fileName, readingOf, readingQuery, streamFiles } from '../bodies/uploads.js';
import { idempotencyHeader, idempotencyKeyOf } from '../idempotencyKey.js';
import { HttpError } from '../problem.js';
import { foundJob, jobParameter } from './jobs.js';

const previewQuery = z.strictObject(readingQuery);
const fillQuery = z.strictObject({
  ...readingQuery,
  name: fileName,
  learn_from: z
    .enum(LEARN_FROM)
    .optional()
    .describe(
      'What teaches the values: the products of the shop, or the filled rows of the file. Default: shop.',
    ),
});

const previewAnswer = z.object({
  format: z.enum(FORMATS),
  layout: z.enum(['plain', 'shopify', 'google', 'woocommerce']).describe('The recognised kind of export.'),
  sheets: z.array(z.string()).describe('The sheets of a workbook.'),
  sheet: z.string().nullable(),
  header_row: z.int().nullable().describe('Line or row of the names of the columns.'),
  columns: z.array(
    z.object({
      name: z.string(),
      key: z.string().describe('Unique in the file; a map names columns by it.'),
      field: z.string().nullable().describe('What it is read as; null if it is ignored.'),
      values: z.array(z.string()).describe('Its first different values.'),
    }),
  ),
  has_id: z.boolean().describe('Whether a column holds the product id, without which no row can be read.'),
  fields: z.array(z.string()).describe('What a column can be mapped to, besides attributes.'),
  mapping: mappingSchema.nullable().describe('The saved mapping that fits these columns.'),
});

const fileParameter = jobParameter.extend({
  file: z.enum(['filled', 'facts']).describe('The filled file, or what was filled, one fact a line.'),
});

/** A file in the body: /v1/uploads/preview shows its columns, /v1/enrich/files fills its blanks. */
export const uploadRoutes: FastifyPluginAsyncZod<{ service: Service }> = async (app, { service }) => {
  streamFiles(app);
  const tags = ['files'];
  const config = { scope: 'write' as const };
  app.post(
    '/v1/uploads/preview',
    {
      config,
      schema: {
        operationId: 'previewUpload',
        summary: 'Guess what the columns of a file hold',
        description:
          'The body is the file, or for CSV, TSV and JSONL only its beginning (some hundred rows will do). Nothing is stored.',
        tags,
        consumes: FILE_TYPES,
        querystring: previewQuery,
        response: { 200: previewAnswer },
      },
    },
    async (request) => {
      const { header_row: headerRow, ...reading } = readingOf(request, request.query);
      const {
        columns,
        hasId,
        sheet,
        headerRow: found,
        ...rest
      } = await service.imports.preview(fileIn(request.body), {
        ...reading,
        ...(headerRow !== undefined && { headerRow }),
      });
      return {
        ...rest,
        sheets: [...rest.sheets],
        sheet: sheet ?? null,
        header_row: found ?? null,
        columns: columns.map(({ field, values, ...column }) => ({
          ...column,
          field: field ?? null,
          values: [...values],
        })),
        has_id: hasId,
        fields: [...MAPPABLE_FIELDS],
        mapping: service.mappings.matching(columns.map(({ name }) => name)) ?? null,
      };
    },
  );
  app.post(
    '/v1/enrich/files',
    {
      config,
      schema: {
        operationId: 'fillFile',
        summary: 'Start a job that fills the blanks of a file',
        description:
          'The body is the file (CSV, TSV, JSONL or XLSX, gzip accepted). No product is stored. GET /v1/jobs/:id/files/filled answers the filled file in the same format, with the same rows, order and columns; it is kept for a week, and of many fills the latest twenty.',
        tags,
        consumes: FILE_TYPES,
        querystring: fillQuery,
        headers: idempotencyHeader,
        response: { 202: jobSchema },
      },
    },
    async (request, reply) => {
      const { name, learn_from = 'shop' } = request.query;
      const how = { ...readingOf(request, request.query), learn_from, ...(name !== undefined && { name }) };
      const job = await service.imports.fill(fileIn(request.body), how, (sha256) =>
        idempotencyKeyOf(request, [how, sha256]),
      );
      return reply.code(202).header('location', `/v1/jobs/${job.id}`).send(job);
    },
  );
  app.get(
    '/v1/jobs/:id/files/:file',
    {
      config: { ...config, errors: [404] },
      schema: {
        operationId: 'getFilledFile',
        summary: 'Download the file that a job filled, or its facts',
        tags,
        params: fileParameter,
        produces: ['application/octet-stream'],
      },
    },
    async (request, reply) => {
      const { id, file } = request.params;
      const job = foundJob(service.jobs.get(id), id);
      const files = job.state === 'done' ? await service.imports.filled(id) : [];
      const found = files.find(({ name }) => name.startsWith('filled.facts.') === (file === 'facts'));
      if (found === undefined) {
        throw new HttpError(
          404,
          file === 'facts' && files.length > 0
            ? 'The facts are in the filled file itself: download that.'
            : `Job ${JSON.stringify(id)} has no filled file: it is not done, filled none, or the file is no longer kept; upload the file again.`,
        );
      }
      return reply
        .type('application/octet-stream')
        .header('content-length', found.bytes)
        .serializer((stream: string) => stream)
        .send(createReadStream(found.path));
    },
  );
};

/** @throws HttpError where the body is no file. */
function fileIn(body: unknown): Readable {
  if (body instanceof Readable) return body;
  throw new HttpError(
    415,
    'The body is no file: send it with content-type: text/csv, or application/octet-stream.',
  );
}
