import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Serves `webDir` at `/`. Its names carry no version, so a browser keeps them but asks each time (304). */
export async function servePage(app: FastifyInstance, webDir: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: webDir,
    prefix: '/',
    dotfiles: 'deny',
    cacheControl: false,
    setHeaders: (response) => {
      response.setHeader('cache-control', 'no-cache');
    },
  });
}
