import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Serves `webDir` at `/`. File names have no version, so browsers cache them but revalidate each time (304). */
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
