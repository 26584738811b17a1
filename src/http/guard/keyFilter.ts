import type { FastifyRequest } from 'fastify';
import type { Product } from '../../domain/product.js';
import { matchProduct } from '../../search/filter/matchProduct.js';
import { parseFilter } from '../../search/filter/parseFilter.js';
import type { Service } from '../../service/service.js';

/** The filter of a request, narrowed to what its key may see. */
export function withinKey(request: FastifyRequest, filter: string | undefined): string | undefined {
  const keyFilter = request.apiKey?.filter ?? undefined;
  if (keyFilter === undefined) return filter;
  if (filter === undefined || filter.trim() === '') return keyFilter;
  // Parsed alone first: unbalanced parentheses could otherwise escape the key's filter.
  parseFilter(filter);
  return `(${keyFilter}) AND (${filter})`;
}

/** Whether the request's key may see a product. Its filter means the same here as in a search. */
export function maySee(request: FastifyRequest, product: Product, service: Service): boolean {
  const keyFilter = request.apiKey?.filter ?? undefined;
  return keyFilter === undefined || matchProduct(product, parseFilter(keyFilter), service.unitOf);
}
