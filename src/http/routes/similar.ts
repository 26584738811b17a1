import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { FACTS_KEY } from '../../domain/product.js';
import {
  MAX_SIMILAR,
  type SimilarHit,
  type SimilarRequest,
  similarHitSchema,
  similarRequestSchema,
} from '../../search/similar/similarSchemas.js';
import type { CatalogReader } from '../../service/reader.js';
import type { Service } from '../../service/service.js';
import { readerOf } from '../guard/readerOf.js';
import { commaList, flag, text, wholeNumber } from '../parameters.js';
import { HttpError } from '../problem.js';
import { idParameter, noSuchProduct } from './products.js';
import { descriptions } from './search.js';

const query = z.strictObject({
  limit: wholeNumber(MAX_SIMILAR)
    .optional()
    .describe(`Number of products. Default 10, maximum ${MAX_SIMILAR}.`),
  filter: text.optional().describe(descriptions.filter),
  explain: flag.optional().describe(descriptions.explain),
});
const similarToOneQuery = query.pipe(similarRequestSchema.omit({ ids: true }));
const similarToSeveralQuery = query
  .extend({ ids: commaList.describe('Ids with commas between. Use POST for ids that contain commas.') })
  .pipe(similarRequestSchema);

const hits = z.array(similarHitSchema);
const similarToOneAnswer = z.object({ id: z.string(), hits });
const similarToSeveralAnswer = z.object({ ids: z.array(z.string()), hits });

/** Products similar to one (GET /v1/products/:id/similar) or to several together (GET and POST /v1/similar). */
export const similarRoutes: FastifyPluginAsyncZod<{ service: Service }> = async (app, { service }) => {
  const config = { scope: 'search' as const };
  app.get(
    '/v1/products/:id/similar',
    {
      config,
      schema: {
        operationId: 'getSimilarProducts',
        summary: 'List products similar to this one',
        tags: ['products'],
        params: idParameter,
        querystring: similarToOneQuery,
        response: { 200: similarToOneAnswer },
      },
    },
    async (request) => {
      const { id } = request.params;
      const reader = await readerOf(request, service);
      const { unknown, hits } = reader.similar({ ...request.query, ids: [id] });
      if (unknown.length > 0) throw noSuchProduct(id);
      return { id, hits: withoutInternals(request, hits) };
    },
  );
  const shared = { tags: ['search'], response: { 200: similarToSeveralAnswer } };
  app.get(
    '/v1/similar',
    {
      config,
      schema: {
        operationId: 'findSimilar',
        summary: 'Find products similar to several',
        querystring: similarToSeveralQuery,
        ...shared,
      },
    },
    async (request) => similarToSeveral(request, await readerOf(request, service), request.query),
  );
  app.post(
    '/v1/similar',
    {
      config,
      schema: {
        operationId: 'findSimilarWithBody',
        summary: 'Find products similar to several, with the parameters as JSON',
        body: similarRequestSchema,
        ...shared,
      },
    },
    async (request) => similarToSeveral(request, await readerOf(request, service), request.body),
  );
};

function similarToSeveral(
  request: FastifyRequest,
  reader: CatalogReader,
  parameters: SimilarRequest,
): z.infer<typeof similarToSeveralAnswer> {
  const found = reader.similar(parameters);
  const unknown = [...new Set(found.unknown)];
  if (unknown.length === 0) return { ids: parameters.ids, hits: withoutInternals(request, found.hits) };
  const named = unknown.map((id) => JSON.stringify(id)).join(', ');
  const reason = `expected ids of products, found ${named}, which no product has`;
  throw new HttpError(400, `ids: ${reason}; leave them out.`, [{ field: 'ids', reason }]);
}

/** A key for the shop's page does not get what the enricher noted. */
function withoutInternals({ apiKey }: FastifyRequest, found: readonly SimilarHit[]): SimilarHit[] {
  if (apiKey?.scope !== 'search') return [...found];
  return found.map((hit) => {
    const { [FACTS_KEY]: _, ...product } = hit.product;
    return { ...hit, product };
  });
}
