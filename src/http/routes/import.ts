import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { jobSchema } from '../../domain/job.js';
import { importRequestSchema } from '../../service/jobs/jobRequests.js';
import type { Service } from '../../service/service.js';
import { FILE_TYPES, fileName, readingOf, readingQuery, streamFiles } from '../bodies/uploads.js';
import { idempotencyHeader, idempotencyKeyOf } from '../idempotencyKey.js';
import { flag } from '../parameters.js';
import { invalid } from '../problem.js';
import { parseBody } from '../validate.js';

const uploadQuery = z.strictObject({
  ...readingQuery,
  name: fileName,
  full: flag.optional().describe('The file is the whole catalog: products that are not in it are deleted.'),
  allow_shrink: flag.optional().describe('Let a full import delete more than the shrink guard allows.'),
  replace: flag.optional().describe('Rows are complete products: what a row lacks is removed.'),
  allow_clear: flag.optional().describe('Let blank cells clear more of a field than the checks allow.'),
  preview: flag.optional().describe('Only report what the import would change; nothing is written.'),
});

/** POST /v1/import: queues the import of a file, uploaded as the body or named in the import folder. */
export const importRoutes: FastifyPluginAsyncZod<{ service: Service }> = async (app, { service }) => {
  streamFiles(app);
  app.post(
    '/v1/import',
    {
      config: { scope: 'write' },
      schema: {
        operationId: 'startImport',
        summary: 'Start the import of a file of products',
        description:
          'The body is the file (CSV, TSV, JSONL or XLSX, gzip accepted), or names one in the import folder as JSON: {"file": "feeds/today.csv", "full": true}. A row changes only the fields that it has; a blank cell clears the value. An interrupted import resumes. With preview, the job reports what the import would add, change, clear and delete, which products that are, and which check would stop it, and changes nothing. GET /v1/jobs/:id/quarantine lists the rows and cells that could not be read.',
        tags: ['operation'],
        consumes: ['application/json', ...FILE_TYPES],
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
    const { full = false, replace = false, allow_shrink = false, allow_clear = false } = query;
    const { preview = false, name } = query;
    const options = {
      ...{ full, replace, allow_shrink, allow_clear, preview },
      ...(name !== undefined && { name }),
      ...readingOf(request, query),
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
