import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { productSchema } from '../../domain/product.js';
import type { Shop } from '../../pipeline/shop.js';
import { maySee } from '../boundFilter.js';
import { idParameter, noSuchProduct } from '../productId.js';
import { wholeNumber } from '../searchParameters.js';

const MAX_SIMILAR = 100;
const DEFAULT_SIMILAR = 10;

const similarQuery = z.strictObject({
  limit: wholeNumber(MAX_SIMILAR)
    .optional()
    .describe(`How many; ${DEFAULT_SIMILAR} unless said, at most ${MAX_SIMILAR}.`),
});

const similarAnswer = z.object({
  id: z.string(),
  hits: z.array(z.object({ id: z.string(), score: z.number(), product: productSchema })),
});

/** GET /v1/products/:id/similar: its nearest neighbours by meaning, nearest first, itself left out. */
export const similarRoute: FastifyPluginAsyncZod<{ shop: Shop }> = async (app, { shop }) => {
  app.get(
    '/v1/products/:id/similar',
    {
      schema: {
        summary: 'Products like this one',
        tags: ['products'],
        params: idParameter,
        querystring: similarQuery,
        response: { 200: similarAnswer },
      },
    },
    async (request) => {
      const { id } = request.params;
      const hits = shop.similar(id, request.query.limit ?? DEFAULT_SIMILAR);
      const product = shop.product(id);
      if (hits === undefined || product === undefined || !maySee(request, product)) throw noSuchProduct(id);
      return { id, hits: hits.filter((hit) => maySee(request, hit.product)) };
    },
  );
};
