import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/**
 * Sets security headers: browsers load only the page's own files (images may come from any host), do not show it in
 * another site's frame, and send no referrer. The API docs have their own policy. TLS is the proxy's job, and so is
 * strict-transport-security. Helmet builds the headers on each call, which takes longer than all other hooks together;
 * they never change, so the first result is cached.
 */
export async function secureHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    global: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'connect-src': ["'self'"],
        'img-src': ["'self'", 'data:', 'http:', 'https:'],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    },
    frameguard: { action: 'deny' },
    hsts: false,
  });
  let cached: (readonly [name: string, value: string])[] | undefined;
  app.addHook('onRequest', async (_request, { raw, helmet: build }) => {
    if (cached === undefined) {
      await build();
      cached = Object.entries(raw.getHeaders()).map(([name, value]) => [name, String(value)]);
    } else for (const [name, value] of cached) raw.setHeader(name, value);
  });
}
