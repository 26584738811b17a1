import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpError } from '../problem.js';

/**
 * Refuses changes that a browser sends on behalf of another site's page (cross-site request forgery): 403. Without API
 * keys a service on loopback trusts its machine, so any page open in a browser there could otherwise change the catalog.
 */
export function refuseOtherSites(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    const { scope } = request.routeOptions.config;
    if (scope !== 'search' && scope !== 'none' && fromOtherSite(request)) {
      throw new HttpError(
        403,
        "Writes from another site's page are refused; send them from the shop's own server.",
      );
    }
  });
}

function fromOtherSite(request: FastifyRequest): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return false;
  const site = request.headers['sec-fetch-site'];
  if (site === 'same-origin' || site === 'none') return false;
  const { origin } = request.headers;
  return site !== undefined || (origin !== undefined && hostOf(origin) !== request.host);
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
