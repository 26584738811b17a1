import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { productSchema } from '../../domain/product.js';
import type { Service } from '../../service/service.js';
import { maySee } from '../boundFilter.js';
import { idParameter, noSuchProduct } from '../productId.js';

/** GET /v1/products/:id: the product with its blanks filled, and in `_shelfwright` where each value came from. */
export const productRoute: FastifyPluginAsyncZod<{ shop: Service }> = async (app, { shop }) => {
  app.get(
    '/v1/products/:id',
    {
      schema: {
        summary: 'One product',
        tags: ['products'],
        params: idParameter,
        response: { 200: productSchema },
      },
    },
    async (request) => {
      const product = shop.product(request.params.id);
      if (product === undefined || !maySee(request, product)) throw noSuchProduct(request.params.id);
      return product;
    },
  );
};
