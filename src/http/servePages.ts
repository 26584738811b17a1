import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** The names of these files have a hash of their content. */
const HASHED = `${path.sep}assets${path.sep}`;
const FOREVER = 'public, max-age=31536000, immutable';

/**
 * Serves `webDir` at `/`, and its desk.html at every path of the desk. Browsers keep hashed files, and cache others but
 * revalidate each time (304).
 */
export async function servePages(app: FastifyInstance, webDir: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: webDir,
    prefix: '/',
    dotfiles: 'deny',
    cacheControl: false,
    setHeaders: (response, file) => {
      response.setHeader('cache-control', file.includes(HASHED) ? FOREVER : 'no-cache');
      // Shops load it from pages of their own.
      if (path.basename(file) === 'client.js')
        response.setHeader('cross-origin-resource-policy', 'cross-origin');
    },
  });
  for (const url of ['/desk', '/desk/*'])
    app.get(url, { schema: { hide: true } }, (_request, reply) => reply.sendFile('desk.html'));
}
