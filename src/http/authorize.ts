import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type ApiKey, allows, type Scope } from '../domain/apiKey.js';
import type { Access } from '../pipeline/access.js';
import { HttpError } from './problem.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The key that was shown; null where none is needed. */
    apiKey: ApiKey | null;
  }
}

export interface Guard {
  readonly access: Access;
  /** Whether other machines can reach the service. */
  readonly exposed: boolean;
}

/** Lets requests carry the key that they showed. */
export function carryKeys(app: FastifyInstance): void {
  app.decorateRequest('apiKey', null);
}

/**
 * Refuses requests to the routes of this context that show no key of the scope: once any key exists, and always
 * where others than this machine may ask, so that revoking the last key opens nothing.
 */
export function requireScope(app: FastifyInstance, { access, exposed }: Guard, needed: Scope): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!exposed && !access.needed()) return;
    const words = shown(request);
    if (words === undefined) {
      reply.header('www-authenticate', 'Bearer');
      throw new HttpError(
        401,
        'This needs a key: send it as "authorization: Bearer <key>" or as "x-api-key".',
      );
    }
    const key = access.check(words);
    if (key === undefined) {
      reply.header('www-authenticate', 'Bearer error="invalid_token"');
      throw new HttpError(401, 'The key is not valid: it was mistyped, or it has been revoked.');
    }
    if (!allows(key.scope, needed)) {
      throw new HttpError(403, `The key ${key.id} may ${key.scope}, this needs a key that may ${needed}.`);
    }
    request.apiKey = key;
  });
}

function shown(request: FastifyRequest): string | undefined {
  const { authorization } = request.headers;
  const own = request.headers['x-api-key'];
  if (typeof own === 'string') return own.trim();
  return /^Bearer\s+(\S+)\s*$/i.exec(authorization ?? '')?.[1];
}
