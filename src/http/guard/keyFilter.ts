import type { FastifyRequest } from 'fastify';
import type { Product } from '../../domain/product.js';
import { matchProduct } from '../../search/filter/matchProduct.js';
import { parseFilter } from '../../search/filter/parseFilter.js';
import type { Service } from '../../service/service.js';

/** The filter of the request's key: only products that pass exist for it. */
export function keyFilterOf(request: FastifyRequest): string | undefined {
  return request.apiKey?.filter ?? undefined;
}

/** The filter of a request, narrowed to what its key may see. For routes that never widen a filter. */
export function withinKey(request: FastifyRequest, filter: string | undefined): string | undefined {
  const keyFilter = keyFilterOf(request);
  if (keyFilter === undefined) return filter;
  if (filter === undefined || filter.trim() === '') return keyFilter;
  // Parsed alone first: unbalanced parentheses could otherwise escape the key's filter.
  parseFilter(filter);
  return `(${keyFilter}) AND (${filter})`;
}

/** Whether the request's key may see a product. Its filter means the same here as in a search. */
export function maySee(request: FastifyRequest, product: Product, service: Service): boolean {
  const keyFilter = keyFilterOf(request);
  return keyFilter === undefined || matchProduct(product, parseFilter(keyFilter), service.unitOf);
}
