import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** The page's own files only; pictures may come from wherever the merchant keeps them. */
const CONTENT_SECURITY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: http: https:",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Serves `webDir` at `/`. Its names carry no version, so a browser keeps them but asks each time (304). */
export async function servePage(app: FastifyInstance, webDir: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: webDir,
    prefix: '/',
    dotfiles: 'deny',
    cacheControl: false,
    setHeaders: (response) => {
      response.setHeader('cache-control', 'no-cache');
      response.setHeader('content-security-policy', CONTENT_SECURITY);
      response.setHeader('referrer-policy', 'no-referrer');
    },
  });
}
