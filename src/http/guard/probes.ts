import type { FastifyRequest } from 'fastify';

/** Whether a request is a health check or reads the metrics; those are answered under any load. */
export function isProbe(request: FastifyRequest): boolean {
  const route = request.routeOptions.url;
  return route === '/health/live' || route === '/health/ready' || route === '/metrics';
}
