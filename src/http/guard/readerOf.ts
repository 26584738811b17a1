import type { FastifyRequest } from 'fastify';

/** What answers a request: for a key with a filter, a reader to which only the products that pass exist. */
export async function readerOf<Reader extends object>(
  request: FastifyRequest,
  service: Reader & { within(filter: string): Promise<Reader> },
): Promise<Reader> {
  const filter = request.apiKey?.filter ?? undefined;
  return filter === undefined ? service : service.within(filter);
}
