import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { jobSchema } from '../../domain/job.js';
import { FORMATS, type Format } from '../../formats/format.js';
import { importRequestSchema } from '../../service/jobs/jobRequests.js';
import type { Service } from '../../service/service.js';
import { idempotencyHeader, idempotencyKeyOf } from '../idempotencyKey.js';
import { flag, text, wholeNumber } from '../parameters.js';
import { HttpError, invalid } from '../problem.js';
import { parseBody } from '../validate.js';

const FORMAT_OF: Readonly<Record<string, Format>> = {
  'text/csv': 'csv',
  'text/tab-separated-values': 'tsv',
  'application/x-ndjson': 'jsonl',
  'application/ndjson': 'jsonl',
  'application/jsonl': 'jsonl',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
};

const uploadQuery = z.strictObject({
  format: z.enum(FORMATS).optional().describe('Format of the body, if its content type does not say.'),
  full: flag.optional().describe('The file is the whole catalog: products that are not in it are deleted.'),
  allow_shrink: flag.optional().describe('Let a full import delete more than the shrink guard allows.'),
  replace: flag.optional().describe('Rows are complete products: what a row lacks is removed.'),
  allow_clear: flag.optional().describe('Let blank cells clear more of a field than the checks allow.'),
  map: text.optional().describe('Which column holds which field: title=Name,price=Cost.'),
  sheet: text.optional().describe('Name or number of the sheet of a workbook; default: the first.'),
  header_row: wholeNumber(1_048_576)
    .optional()
    .describe('Line or row of the names of the columns; default: the first that is no title.'),
});

/** POST /v1/import: queues the import of a file, uploaded as the body or named in the import folder. */
export const importRoutes: FastifyPluginAsyncZod<{ service: Service }> = async (app, { service }) => {
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  app.post(
    '/v1/import',
    {
      config: { scope: 'write' },
      schema: {
        operationId: 'startImport',
        summary: 'Start the import of a file of products',
        description:
          'The body is the file (CSV, TSV, JSONL or XLSX, gzip accepted), or names one in the import folder as JSON: {"file": "feeds/today.csv", "full": true}. A row changes only the fields that it has; a blank cell clears the value. An interrupted import resumes. GET /v1/jobs/:id/quarantine lists the rows and cells that could not be read.',
        tags: ['operation'],
        consumes: ['application/json', ...Object.keys(FORMAT_OF), 'application/octet-stream'],
        querystring: uploadQuery,
        headers: idempotencyHeader,
        response: { 202: jobSchema },
      },
    },
    async (request, reply) => {
      const { body, query } = request;
      const job =
        body instanceof Readable
          ? await importUpload(body, query, request)
          : await importNamedFile(parseBody(importRequestSchema, body ?? undefined), query, request);
      return reply.code(202).header('location', `/v1/jobs/${job.id}`).send(job);
    },
  );

  async function importUpload(body: Readable, query: z.output<typeof uploadQuery>, request: FastifyRequest) {
    const [type = ''] = (request.headers['content-type'] ?? '').split(';', 1);
    const { map, full = false, replace = false, allow_shrink = false, allow_clear = false } = query;
    const format = query.format ?? FORMAT_OF[type.trim().toLowerCase()];
    if (format === undefined) {
      throw new HttpError(
        415,
        `The content type does not name a file format; send for example content-type: text/csv, or add ?format=${FORMATS.join('|')}.`,
      );
    }
    const { sheet, header_row } = query;
    const options = {
      format,
      ...{ full, replace, allow_shrink, allow_clear },
      ...(map !== undefined && { map: readMap(map) }),
      ...(sheet !== undefined && { sheet }),
      ...(header_row !== undefined && { header_row }),
    };
    return service.imports.ofUpload(body, options, (sha256) => idempotencyKeyOf(request, [options, sha256]));
  }

  async function importNamedFile(
    parameters: z.output<typeof importRequestSchema>,
    query: object,
    request: FastifyRequest,
  ) {
    const [inQuery] = Object.keys(query);
    if (inQuery !== undefined) {
      throw invalid([{ field: inQuery, reason: 'belongs into the body where the body names a file' }]);
    }
    return service.imports.ofFile(parameters, idempotencyKeyOf(request, parameters));
  }
};

function readMap(pairs: string): Record<string, string> {
  return Object.fromEntries(
    pairs.split(',').map((pair) => {
      const [field = '', column = '', ...rest] = pair.split('=').map((side) => side.trim());
      if (field !== '' && column !== '' && rest.length === 0) return [field, column];
      throw invalid([
        {
          field: 'map',
          reason: `expected pairs such as title=Name,price=Cost, found ${JSON.stringify(pair)}`,
        },
      ]);
    }),
  );
}
