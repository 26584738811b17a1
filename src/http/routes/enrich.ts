import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { factSchema } from '../../domain/fact.js';
import { type FieldProblem, type Product, readProduct } from '../../domain/product.js';
import type { Shop } from '../../pipeline/shop.js';
import { invalid } from '../problem.js';

const MAX_PRODUCTS = 1000;
const MAX_BYTES = 32 * 1024 * 1024;

const rows = z
  .array(z.unknown())
  .max(MAX_PRODUCTS)
  .describe(`Products as the files have them; at most ${MAX_PRODUCTS}.`);
const enrichBody = z.union([rows, z.strictObject({ products: rows })], {
  error: `expected a list of at most ${MAX_PRODUCTS} products, or an object {"products": [...]} with one`,
});
const enrichAnswer = z.object({ results: z.array(z.object({ id: z.string(), facts: z.array(factSchema) })) });

/** POST /v1/enrich: facts for products that are not stored, in the order given. */
export const enrichRoute: FastifyPluginAsyncZod<{ shop: Shop }> = async (app, { shop }) => {
  app.post(
    '/v1/enrich',
    {
      bodyLimit: MAX_BYTES,
      schema: {
        summary: 'Fill the blanks of products, storing nothing',
        tags: ['enrichment'],
        body: enrichBody,
        response: { 200: enrichAnswer },
      },
    },
    async (request) => {
      const given = Array.isArray(request.body) ? request.body : request.body.products;
      return { results: await shop.enrich(readAll(given)) };
    },
  );
};

function readAll(given: readonly unknown[]): Product[] {
  const products: Product[] = [];
  const problems: FieldProblem[] = [];
  given.forEach((row, index) => {
    const read = readProduct(row);
    if ('product' in read) products.push(read.product);
    else {
      for (const { field, reason } of read.problems) {
        problems.push({ field: field === '' ? `products.${index}` : `products.${index}.${field}`, reason });
      }
    }
  });
  if (problems.length > 0) throw invalid(problems);
  return products;
}
