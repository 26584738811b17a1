import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/**
 * Has browsers take nothing but the page's own files (pictures may come from wherever the merchant keeps them), show
 * it in no frame of another site, and keep what it is to themselves. The docs have a policy of their own. TLS is the
 * proxy's, and so is strict-transport-security. Helmet makes the headers anew at each call, which takes longer than all
 * other guards together; they are the same each time, so the first ones are kept.
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
  let made: (readonly [name: string, value: string])[] | undefined;
  app.addHook('onRequest', async (_request, { raw, helmet: make }) => {
    if (made === undefined) {
      await make();
      made = Object.entries(raw.getHeaders()).map(([name, value]) => [name, String(value)]);
    } else for (const [name, value] of made) raw.setHeader(name, value);
  });
}
