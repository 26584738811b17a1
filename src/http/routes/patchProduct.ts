import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { livePatchSchema, productSchema } from '../../domain/product.js';
import type { Service } from '../../service/service.js';
import { idempotencyKeyOf, takesKey } from '../idempotencyKey.js';
import { idParameter, noSuchProduct } from '../productId.js';

/** PATCH /v1/products/:id: price, stock and availability, in the next search without re-embedding. */
export const patchProductRoute: FastifyPluginAsyncZod<{ shop: Service }> = async (app, { shop }) => {
  app.patch(
    '/v1/products/:id',
    {
      schema: {
        summary: 'Change price, stock or availability',
        tags: ['products'],
        params: idParameter,
        headers: takesKey,
        body: livePatchSchema,
        response: { 200: productSchema },
      },
    },
    async (request) => {
      const product = await shop.patch(
        request.params.id,
        request.body,
        idempotencyKeyOf(request, request.body),
      );
      if (product === undefined) throw noSuchProduct(request.params.id);
      return product;
    },
  );
};
