import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { apiKeySchema, scopes } from '../../domain/apiKey.js';
import type { Service } from '../../service/service.js';
import { HttpError } from '../problem.js';

const newKeyBody = z.strictObject({
  name: z.string().trim().max(200).default('').describe('For the list of keys.'),
  scope: z.enum(scopes).default('search').describe('Each scope includes those before it.'),
  filter: z
    .string()
    .trim()
    .min(1)
    .max(10_000)
    .optional()
    .describe(
      "For a key with the scope search: it sees only products that match, for example availability = 'in stock'.",
    ),
});

/** /v1/keys: who may use the service. */
export const keyRoutes: FastifyPluginAsyncZod<{ service: Service }> = async (app, { service }) => {
  const tags = ['operation'];
  const config = { scope: 'admin' as const };
  app.get(
    '/v1/keys',
    {
      config,
      schema: {
        operationId: 'listKeys',
        summary: 'List the API keys, without their secrets, oldest first',
        tags,
        response: {
          200: z.object({
            required: z.boolean().describe('Whether requests need a key, as one has existed.'),
            keys: z.array(apiKeySchema),
          }),
        },
      },
    },
    async () => ({ required: service.access.needed(), keys: service.keys.list() }),
  );
  app.post(
    '/v1/keys',
    {
      config,
      schema: {
        operationId: 'createKey',
        summary: 'Create an API key',
        description:
          'The answer has the key itself, which is not shown again. With the first key, every request needs one.',
        tags,
        body: newKeyBody,
        response: {
          201: apiKeySchema.extend({ key: z.string().describe('What clients send. Save it now.') }),
        },
      },
    },
    async ({ body: { name, scope, filter } }, reply) => {
      const { key, token } = service.keys.create({ name, scope, filter });
      return reply.code(201).send({ ...key, key: token });
    },
  );
  app.delete(
    '/v1/keys/:id',
    {
      config,
      schema: {
        operationId: 'revokeKey',
        summary: 'Revoke an API key',
        description:
          'It stops working at once. After the last one the service still requires a key, which only shelfwright keys create can then make.',
        tags,
        params: z.object({ id: z.string().min(1).describe('A key from /v1/keys.') }),
        response: {
          200: z.object({
            revoked: z.string(),
            last: z.boolean().describe('Whether it was the last valid key.'),
          }),
        },
      },
    },
    async ({ params: { id } }) => {
      const last = service.keys.revoke(id);
      if (last === undefined)
        throw new HttpError(404, `There is no valid key ${JSON.stringify(id)}; /v1/keys lists all keys.`);
      return { revoked: id, last };
    },
  );
};
