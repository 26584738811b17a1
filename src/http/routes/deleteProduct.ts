import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Service } from '../../service/service.js';
import { idempotencyKeyOf, takesKey } from '../idempotencyKey.js';
import { idParameter, noSuchProduct } from '../productId.js';

/** DELETE /v1/products/:id: 204 where it was there, 404 where it was not. */
export const deleteProductRoute: FastifyPluginAsyncZod<{ shop: Service }> = async (app, { shop }) => {
  app.delete(
    '/v1/products/:id',
    {
      schema: {
        summary: 'Take a product out',
        tags: ['products'],
        params: idParameter,
        headers: takesKey,
        response: { 204: z.null().describe('It was there, and is gone.') },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      if (!(await shop.remove(id, idempotencyKeyOf(request, null)))) throw noSuchProduct(id);
      return reply.code(204).send(null);
    },
  );
};
