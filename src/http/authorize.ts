import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type ApiKey, allows, type Scope } from '../domain/apiKey.js';
import type { ApiKeys } from '../service/apiKeys.js';
import { HttpError } from './problem.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The key that was shown; null where none is needed. */
    apiKey: ApiKey | null;
    /** What became of looking up the key that was shown; null until somebody asks. */
    lookedUp: { readonly key: ApiKey | undefined } | null;
  }
}

export interface Guard {
  readonly access: ApiKeys;
  /** Whether other machines can reach the service. */
  readonly exposed: boolean;
}

/** Lets requests carry the key that they showed. */
export function carryKeys(app: FastifyInstance): void {
  app.decorateRequest('apiKey', null);
  app.decorateRequest('lookedUp', null);
}

/** Whether requests need a key: once any exists, and always where others than this machine may ask. */
export function keyNeeded({ access, exposed }: Guard): boolean {
  return exposed || access.needed();
}

/** The valid key that a request shows, looked up once. */
export function shownKey(request: FastifyRequest, { access }: Guard): ApiKey | undefined {
  if (request.lookedUp === null) {
    const words = shown(request);
    request.lookedUp = { key: words === undefined ? undefined : access.check(words) };
  }
  return request.lookedUp.key;
}

/** Refuses requests to the routes of this context that need a key and show none of the scope. */
export function requireScope(app: FastifyInstance, guard: Guard, needed: Scope): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!keyNeeded(guard)) return;
    if (shown(request) === undefined) {
      reply.header('www-authenticate', 'Bearer');
      throw new HttpError(
        401,
        'This needs a key: send it as "authorization: Bearer <key>" or as "x-api-key".',
      );
    }
    const key = shownKey(request, guard);
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
