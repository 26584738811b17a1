import type { FastifyRequest } from 'fastify';
import type { CatalogReader } from '../../service/reader.js';
import type { Service } from '../../service/service.js';

/** What answers a request: for a key with a filter, a reader to which only the products that pass exist. */
export async function readerOf(request: FastifyRequest, service: Service): Promise<CatalogReader> {
  const filter = request.apiKey?.filter ?? undefined;
  return filter === undefined ? service : service.within(filter);
}
