import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { jobSchema } from '../../domain/job.js';
import { FORMATS, type Format } from '../../formats/format.js';
import { importRequestSchema } from '../../service/jobs/requests.js';
import type { Service } from '../../service/service.js';
import { idempotencyKeyOf, takesKey } from '../idempotencyKey.js';
import { HttpError, invalid } from '../problem.js';
import { flag, text } from '../searchParameters.js';
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
  format: z.enum(FORMATS).optional().describe('What the body is, where its content type does not say.'),
  full: flag.optional().describe('Whether the file is the whole catalog: what it lacks is deleted.'),
  allow_shrink: flag
    .optional()
    .describe('Whether a full import may delete more than the shrink guard allows.'),
  map: text.optional().describe('Which column holds which field: title=Name,price=Cost.'),
});

/** POST /v1/import: queues the import of a file, uploaded as the body or named in the import folder. */
export const importRoute: FastifyPluginAsyncZod<{ shop: Service }> = async (app, { shop }) => {
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  app.post(
    '/v1/import',
    {
      schema: {
        summary: 'Import a file of products',
        description:
          'The body is the file (CSV, TSV, JSONL or XLSX, gzip accepted), or names one in the import folder as JSON: {"file": "feeds/today.csv", "full": true}. Where an import was broken off it is gone on with. GET /v1/jobs/:id/quarantine lists the rows that could not be read.',
        tags: ['operation'],
        consumes: ['application/json', ...Object.keys(FORMAT_OF), 'application/octet-stream'],
        querystring: uploadQuery,
        headers: takesKey,
        response: { 202: jobSchema },
      },
    },
    async (request, reply) => {
      const { body, query } = request;
      const job =
        body instanceof Readable
          ? await upload(body, query, request)
          : await named(parseBody(importRequestSchema, body ?? undefined), query, request);
      return reply.code(202).header('location', `/v1/jobs/${job.id}`).send(job);
    },
  );

  async function upload(
    body: Readable,
    { format: stated, full = false, allow_shrink = false, map }: z.output<typeof uploadQuery>,
    request: Parameters<typeof idempotencyKeyOf>[0],
  ) {
    const [type = ''] = (request.headers['content-type'] ?? '').split(';', 1);
    const format = stated ?? FORMAT_OF[type.trim().toLowerCase()];
    if (format === undefined) {
      throw new HttpError(
        415,
        `What the body is cannot be told from its content type: name it, as in content-type: text/csv, or add ?format=${FORMATS.join('|')}.`,
      );
    }
    const how = { format, full, allow_shrink, ...(map !== undefined && { map: readMap(map) }) };
    return shop.imports.ofUpload(body, how, (sha256) => idempotencyKeyOf(request, [how, sha256]));
  }

  async function named(
    asked: z.output<typeof importRequestSchema>,
    query: object,
    request: Parameters<typeof idempotencyKeyOf>[0],
  ) {
    const [inQuery] = Object.keys(query);
    if (inQuery !== undefined) {
      throw invalid([{ field: inQuery, reason: 'belongs into the body where the body names a file' }]);
    }
    return shop.imports.ofFile(asked, idempotencyKeyOf(request, asked));
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
