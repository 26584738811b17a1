import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Mapping, mappingSchema } from '../../service/mappings.js';
import type { Service } from '../../service/service.js';
import { HttpError } from '../problem.js';

/** /v1/mappings: how the columns of suppliers' files are read. */
export const mappingRoutes: FastifyPluginAsyncZod<{ service: Service }> = async (app, { service }) => {
  const tags = ['files'];
  const config = { scope: 'write' as const };
  app.get(
    '/v1/mappings',
    {
      config,
      schema: {
        operationId: 'listMappings',
        summary: 'List the saved mappings of columns',
        tags,
        response: { 200: z.object({ mappings: z.array(mappingSchema) }) },
      },
    },
    async () => ({ mappings: service.mappings.list() }),
  );
  const nameParameter = z.object({ name: z.string().trim().min(1).max(100) });
  app.put(
    '/v1/mappings/:name',
    {
      config,
      schema: {
        operationId: 'saveMapping',
        summary: 'Save a mapping of columns under the name of a supplier',
        tags,
        params: nameParameter,
        body: mappingSchema.omit({ name: true }),
        response: { 200: mappingSchema },
      },
    },
    async (request): Promise<Mapping> => {
      const mapping = { ...request.body, name: request.params.name };
      service.mappings.save(mapping);
      return mapping;
    },
  );
  app.delete(
    '/v1/mappings/:name',
    {
      config: { ...config, errors: [404] },
      schema: {
        operationId: 'deleteMapping',
        summary: 'Remove a mapping of columns',
        tags,
        params: nameParameter,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { name } = request.params;
      if (!service.mappings.remove(name))
        throw new HttpError(404, `There is no mapping ${JSON.stringify(name)}; /v1/mappings lists them.`);
      return reply.code(204).send(null);
    },
  );
};
