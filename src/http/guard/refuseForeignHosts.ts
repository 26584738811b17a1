import type { FastifyInstance } from 'fastify';
import { HttpError } from '../problem.js';
import { isLoopback } from '../server.js';
import { type Access, keyNeeded } from './authorize.js';

const MAX_SHOWN = 80;

/**
 * Without API keys, refuses requests for a host that is not this machine: 421. A page can let its own name resolve to
 * 127.0.0.1 (DNS rebinding), and its browser then sends that name as `Host`. A request without `Host` is not a browser's.
 */
export function refuseForeignHosts(app: FastifyInstance, access: Access): void {
  app.addHook('onRequest', async ({ headers }) => {
    const { host } = headers;
    if (host === undefined || isLoopback(nameOf(host)) || keyNeeded(access)) return;
    throw new HttpError(
      421,
      `The host '${host.slice(0, MAX_SHOWN)}' is not this machine: without API keys the service answers for localhost, 127.0.0.1 and [::1] only; ` +
        'send one of these as Host, or make a key with shelfwright keys create.',
    );
  });
}

/** The name or address in a `Host` header, without the port and the brackets of IPv6. */
function nameOf(host: string): string {
  const [, address, name = ''] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d*)?$/.exec(host.toLowerCase()) ?? [];
  return address ?? name.replace(/\.$/, '');
}
