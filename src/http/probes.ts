import type { FastifyRequest } from 'fastify';

/** Whether a request looks after the service (health, metrics) and is answered however busy that is. */
export function isProbe(request: FastifyRequest): boolean {
  const route = request.routeOptions.url;
  return route === '/health/live' || route === '/health/ready' || route === '/metrics';
}
