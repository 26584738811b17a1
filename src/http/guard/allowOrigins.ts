import type { FastifyInstance } from 'fastify';

const METHODS = 'GET, HEAD, POST';
const HEADERS =
  'authorization, x-api-key, content-type, x-request-id, x-algolia-api-key, x-algolia-application-id, x-algolia-agent';
const EXPOSED = 'x-request-id, retry-after, x-ratelimit-limit, x-ratelimit-remaining, x-ratelimit-reset';
/** Seconds for which a browser may cache the answer to a preflight request. */
const MAX_AGE = '600';

/**
 * Lets pages of the listed origins search from the browser (CORS). Without origins, no CORS header is sent, so browsers
 * block other pages from reading answers. Writes from other sites stay refused (`refuseOtherSites`).
 */
export function allowOrigins(app: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  const allowed = new Set(origins.map((origin) => origin.toLowerCase()));
  app.addHook('onRequest', async (request, reply) => {
    reply.header('vary', 'origin');
    const { origin } = request.headers;
    if (origin === undefined || !allowed.has(origin.toLowerCase())) return;
    reply.header('access-control-allow-origin', origin);
    reply.header('access-control-expose-headers', EXPOSED);
    if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined)
      return;
    return reply
      .header('access-control-allow-methods', METHODS)
      .header('access-control-allow-headers', HEADERS)
      .header('access-control-max-age', MAX_AGE)
      .code(204)
      .send();
  });
}
