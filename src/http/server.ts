import type { FastifyInstance } from 'fastify';
import { UserError } from '../domain/errors.js';
import { stopOnSignals } from './stopOnSignals.js';

/**
 * Listens, on loopback only unless API keys are required, and returns the address (`http://127.0.0.1:3000`). Expects an
 * app that is built and not yet ready; if it cannot listen, it closes the app. Stops as `stopOnSignals` says.
 * @throws UserError for a host that others can reach while no key is required, and for a port that is not available.
 */
export async function listen(
  app: FastifyInstance,
  { host, port, guarded }: { host: string; port: number; guarded: boolean },
): Promise<string> {
  try {
    if (!guarded && !isLoopback(host)) throw exposed(host);
    stopOnSignals(app);
    return await app.listen({ host, port, listenTextResolver: () => 'listening' });
  } catch (error) {
    await app.close();
    throw listenError(error, host, port);
  }
}

/** Whether only this machine can reach what listens on `host`. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function exposed(host: string): UserError {
  return new UserError(
    `The host ${host} is reachable from other machines and no API keys are set, so anyone there could change the catalog; ` +
      'make a key with shelfwright keys create, or use --host 127.0.0.1.',
    { field: '--host' },
  );
}

function listenError(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const field = '--port';
  if (code === 'EADDRINUSE') {
    return new UserError(
      `Port ${port} on ${host} is in use by another program; stop it, or choose another with --port.`,
      { field, cause: error },
    );
  }
  if (code === 'EACCES') {
    return new UserError(
      `Port ${port} needs more rights than this user has; choose one above 1023 with --port.`,
      { field, cause: error },
    );
  }
  if (code === 'ERR_SOCKET_BAD_PORT') {
    return new UserError(`Port ${port} is not a port; expected 0 to 65535.`, { field, cause: error });
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new UserError(`This machine has no address ${host}; use --host 127.0.0.1.`, {
      field: '--host',
      cause: error,
    });
  }
  return error;
}
