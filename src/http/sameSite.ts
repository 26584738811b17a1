import type { FastifyRequest } from 'fastify';
import { HttpError } from './problem.js';

/**
 * Refuses writes that a browser sends on behalf of another site's page. Without API keys a service on
 * loopback trusts the machine it runs on, and any page open there could otherwise write to it.
 */
export async function refuseOtherSites(request: FastifyRequest): Promise<void> {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const site = request.headers['sec-fetch-site'];
  if (site === 'same-origin' || site === 'none') return;
  const origin = request.headers.origin;
  if (site === undefined && (origin === undefined || hostOf(origin) === request.host)) return;
  throw new HttpError(
    403,
    "Writes from another site's page are refused; send them from the shop's own server.",
  );
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
