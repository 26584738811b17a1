import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { jsonSchemaTransform, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Shop } from '../pipeline/shop.js';
import { answerClientError } from './clientError.js';
import { readJsonBodies } from './jsonBody.js';
import { servePage } from './page.js';
import { answerProblems, sendError } from './problem.js';
import { activateGenerationRoute } from './routes/activateGeneration.js';
import { decideSuggestionsRoute } from './routes/decideSuggestions.js';
import { decisionsRoute } from './routes/decisions.js';
import { deleteProductRoute } from './routes/deleteProduct.js';
import { enrichRoute } from './routes/enrich.js';
import { generationsRoute } from './routes/generations.js';
import { healthRoute } from './routes/health.js';
import { patchProductRoute } from './routes/patchProduct.js';
import { productRoute } from './routes/product.js';
import { searchRoute } from './routes/search.js';
import { similarRoute } from './routes/similar.js';
import { suggestRoute } from './routes/suggest.js';
import { suggestionsRoute } from './routes/suggestions.js';
import { synonymSuggestionsRoute } from './routes/synonymSuggestions.js';
import { writeProductsRoute } from './routes/writeProducts.js';
import { refuseOtherSites } from './sameSite.js';
import { validatorCompiler } from './validate.js';

const MAX_ID_LENGTH = 1000;

export interface AppOptions {
  readonly shop: Shop;
  /** The folder with `index.html`, served at `/`. */
  readonly webDir: string;
  /** Fastify's `logger` option; warnings and errors on standard error unless said. */
  readonly logger?: FastifyServerOptions['logger'];
}

/** Builds the service without listening: routes, docs at `/docs`, the page at `/`. The shop stays the caller's to close. */
export async function buildApp({ shop, webDir, logger }: AppOptions): Promise<FastifyInstance> {
  const app = fastify({
    logger: logger ?? { level: 'warn', stream: process.stderr },
    routerOptions: { maxParamLength: MAX_ID_LENGTH },
    frameworkErrors: sendError,
    clientErrorHandler: answerClientError,
    forceCloseConnections: 'idle',
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  // Answers are typed already; checking each of 250 hits again would only cost time.
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  readJsonBodies(app);
  answerProblems(app);
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
  });

  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Shelfwright', description: 'Catalog enrichment and semantic search.', version: '1' },
    },
    transform: jsonSchemaTransform,
  });
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true });

  await app.register(async (api) => {
    api.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });
    await api.register(searchRoute, { shop });
    await api.register(suggestRoute, { shop });
    await api.register(synonymSuggestionsRoute, { shop });
    await api.register(productRoute, { shop });
    await api.register(similarRoute, { shop });
    await api.register(enrichRoute, { shop });
    await api.register(suggestionsRoute, { shop });
    await api.register(decisionsRoute, { shop });
    await api.register(generationsRoute, { shop });
    await api.register(healthRoute, { shop });
    await api.register(async (writing) => {
      writing.addHook('onRequest', refuseOtherSites);
      await writing.register(writeProductsRoute, { shop });
      await writing.register(patchProductRoute, { shop });
      await writing.register(deleteProductRoute, { shop });
      await writing.register(decideSuggestionsRoute, { shop });
      await writing.register(activateGenerationRoute, { shop });
    });
  });
  await servePage(app, webDir);
  return app;
}
