import type { FastifyRequest } from 'fastify';
import type { Product } from '../domain/product.js';
import { matchProduct } from '../search/filter/matchProduct.js';
import { parseFilter } from '../search/filter/parseFilter.js';

/** The filter of a request narrowed to what its key may see. */
export function withinKey(request: FastifyRequest, filter: string | undefined): string | undefined {
  const bound = request.apiKey?.filter ?? undefined;
  if (bound === undefined) return filter;
  if (filter === undefined || filter.trim() === '') return bound;
  // Read by itself first: parentheses that do not pair could otherwise lead out of the key's own.
  parseFilter(filter);
  return `(${bound}) AND (${filter})`;
}

/** Whether the request's key may see a product. */
export function maySee(request: FastifyRequest, product: Product): boolean {
  const bound = request.apiKey?.filter ?? undefined;
  return bound === undefined || matchProduct(product, parseFilter(bound));
}
