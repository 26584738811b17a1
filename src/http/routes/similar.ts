import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { similarHitSchema } from '../../search/similar/answer.js';
import type { SimilarRequest } from '../../search/similar/request.js';
import type { Service } from '../../service/service.js';
import { maySee, withinKey } from '../boundFilter.js';
import { HttpError } from '../problem.js';
import { idParameter, noSuchProduct } from '../productId.js';
import { likeTheseFromBody, likeTheseFromQuery, likeThisFromQuery } from '../similarParameters.js';

const hits = z.array(similarHitSchema);
const likeThisAnswer = z.object({ id: z.string(), hits });
const likeTheseAnswer = z.object({ ids: z.array(z.string()), hits });

/** What is like one product (GET /v1/products/:id/similar) or like several taken together (GET, POST /v1/similar). */
export const similarRoute: FastifyPluginAsyncZod<{ shop: Service }> = async (app, { shop }) => {
  app.get(
    '/v1/products/:id/similar',
    {
      schema: {
        summary: 'Products like this one',
        tags: ['products'],
        params: idParameter,
        querystring: likeThisFromQuery,
        response: { 200: likeThisAnswer },
      },
    },
    async (request) => {
      const { id } = request.params;
      const filter = withinKey(request, request.query.filter);
      const { unknown, hits } = shop.similar({ ...request.query, filter, ids: [id] });
      const product = shop.product(id);
      if (unknown.length > 0 || product === undefined || !maySee(request, product)) throw noSuchProduct(id);
      return { id, hits };
    },
  );
  const several = { tags: ['search'], response: { 200: likeTheseAnswer } };
  app.get(
    '/v1/similar',
    { schema: { summary: 'Products like these', querystring: likeTheseFromQuery, ...several } },
    async (request) => likeThese(shop, request, request.query),
  );
  app.post(
    '/v1/similar',
    { schema: { summary: 'Products like these, asked as JSON', body: likeTheseFromBody, ...several } },
    async (request) => likeThese(shop, request, request.body),
  );
};

function likeThese(
  shop: Service,
  request: FastifyRequest,
  asked: SimilarRequest,
): z.infer<typeof likeTheseAnswer> {
  const hidden = asked.ids.filter((id) => {
    const product = shop.product(id);
    return product !== undefined && !maySee(request, product);
  });
  const found = shop.similar({ ...asked, filter: withinKey(request, asked.filter) });
  const unknown = [...new Set([...found.unknown, ...hidden])];
  if (unknown.length === 0) return { ids: asked.ids, hits: found.hits };
  const named = unknown.map((id) => JSON.stringify(id)).join(', ');
  const reason = `expected ids of products, found ${named}, which no product has`;
  throw new HttpError(400, `ids: ${reason}; leave out what is gone.`, [{ field: 'ids', reason }]);
}
