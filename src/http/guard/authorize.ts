import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type ApiKey, allows, type Scope } from '../../domain/apiKey.js';
import type { ApiKeys } from '../../service/apiKeys.js';
import { HttpError } from '../problem.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The key of the request; null if none is needed. */
    apiKey: ApiKey | null;
    /** The result of looking up the key; null before the first look-up. */
    keyLookup: { readonly key: ApiKey | undefined } | null;
  }
  interface FastifyContextConfig {
    /** The scope that a request's key needs; 'none' for a route that needs no key. */
    scope?: Scope | 'none';
    /** Whether the key may also come as Algolia's clients send it: in a header or parameter `x-algolia-api-key`. */
    algoliaKey?: boolean;
  }
}

const ALGOLIA_KEY = 'x-algolia-api-key';

export interface Access {
  readonly keys: ApiKeys;
  /** Whether other machines can reach the service. */
  readonly exposed: boolean;
}

/** Declares the request properties that hold the API key. */
export function declareApiKey(app: FastifyInstance): void {
  app.decorateRequest('apiKey', null);
  app.decorateRequest('keyLookup', null);
}

/** Whether requests need a key: as soon as one exists, and always where other machines can reach the service. */
export function keyNeeded({ keys, exposed }: Access): boolean {
  return exposed || keys.needed();
}

/** The valid key of a request, looked up once. */
export function keyOf(request: FastifyRequest, { keys }: Access): ApiKey | undefined {
  if (request.keyLookup === null) {
    const credential = credentialOf(request);
    request.keyLookup = { key: credential === undefined ? undefined : keys.check(credential) };
  }
  return request.keyLookup.key;
}

/**
 * Refuses requests whose key lacks the scope of their route: 401 without a valid key, 403 with too small a scope.
 * @throws Error at registration for a route that names no scope, so that none is open by mistake.
 */
export function authorize(app: FastifyInstance, access: Access): void {
  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.scope === undefined) throw new Error(`The route ${method} ${url} names no scope.`);
  });
  app.addHook('onRequest', async (request, reply) => {
    const { scope = 'admin' } = request.routeOptions.config;
    if (scope === 'none' || !keyNeeded(access)) return;
    if (credentialOf(request) === undefined) {
      reply.header('www-authenticate', 'Bearer');
      throw new HttpError(
        401,
        'This needs a key: send it as "authorization: Bearer <key>" or as "x-api-key".',
      );
    }
    const key = keyOf(request, access);
    if (key === undefined) {
      reply.header('www-authenticate', 'Bearer error="invalid_token"');
      throw new HttpError(401, 'The key is not valid: it was mistyped, or it has been revoked.');
    }
    if (!allows(key.scope, scope)) {
      throw new HttpError(
        403,
        `The key ${key.id} has the scope ${key.scope}; this needs a key with the scope ${scope}.`,
      );
    }
    if (key.filter !== null && scope !== 'search') {
      throw new HttpError(
        403,
        `The key ${key.id} has a filter, so it may search only; this needs a key without a filter.`,
      );
    }
    request.apiKey = key;
  });
}

function credentialOf(request: FastifyRequest): string | undefined {
  const { authorization } = request.headers;
  const apiKey = request.headers['x-api-key'];
  if (typeof apiKey === 'string') return apiKey.trim();
  const bearer = /^Bearer\s+(\S+)\s*$/i.exec(authorization ?? '')?.[1];
  if (bearer !== undefined || request.routeOptions.config.algoliaKey !== true) return bearer;
  // The Insights client writes X-Algolia-API-Key.
  const [, parameter] =
    [...new URLSearchParams(request.url.split('?')[1])].find(
      ([name]) => name.toLowerCase() === ALGOLIA_KEY,
    ) ?? [];
  const algoliaKey = request.headers[ALGOLIA_KEY] ?? parameter;
  return typeof algoliaKey === 'string' ? algoliaKey.trim() : undefined;
}
