import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { jsonSchemaTransform, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Shop } from '../pipeline/shop.js';
import { carryKeys, requireScope } from './authorize.js';
import { answerClientError, MAX_HEAD_BYTES } from './clientError.js';
import { readJsonBodies } from './jsonBody.js';
import { logAlerts } from './logAlerts.js';
import { keepMetrics } from './metrics.js';
import { servePage } from './page.js';
import { answerProblems, sendError } from './problem.js';
import { activateGenerationRoute } from './routes/activateGeneration.js';
import { decideSuggestionsRoute } from './routes/decideSuggestions.js';
import { decisionsRoute } from './routes/decisions.js';
import { deleteProductRoute } from './routes/deleteProduct.js';
import { enrichRoute } from './routes/enrich.js';
import { generationsRoute } from './routes/generations.js';
import { healthRoute } from './routes/health.js';
import { cancelJobRoute, jobsRoute } from './routes/jobs.js';
import { patchProductRoute } from './routes/patchProduct.js';
import { productRoute } from './routes/product.js';
import { publishRulesRoute } from './routes/publishRules.js';
import { reindexRoute } from './routes/reindex.js';
import { rulesRoute } from './routes/rules.js';
import { searchRoute } from './routes/search.js';
import { similarRoute } from './routes/similar.js';
import { suggestRoute } from './routes/suggest.js';
import { suggestionsRoute } from './routes/suggestions.js';
import { synonymSuggestionsRoute } from './routes/synonymSuggestions.js';
import { tryRulesRoute } from './routes/tryRules.js';
import { writeProductsRoute } from './routes/writeProducts.js';
import { refuseOtherSites } from './sameSite.js';
import { validatorCompiler } from './validate.js';

const MAX_ID_LENGTH = 1000;

export interface AppOptions {
  readonly shop: Shop;
  /** The folder with `index.html`, served at `/`. */
  readonly webDir: string;
  /** Whether other machines can reach the service, so that every request needs a key; not unless said. */
  readonly exposed?: boolean;
  /** Fastify's `logger` option; warnings and errors on standard error unless said. */
  readonly logger?: FastifyServerOptions['logger'];
}

/** Builds the service without listening: routes, docs at `/docs`, the page at `/`. The shop stays the caller's to close. */
export async function buildApp({
  shop,
  webDir,
  logger,
  exposed = false,
}: AppOptions): Promise<FastifyInstance> {
  const app = fastify({
    logger: logger ?? { level: 'warn', stream: process.stderr },
    routerOptions: { maxParamLength: MAX_ID_LENGTH },
    frameworkErrors: sendError,
    clientErrorHandler: answerClientError,
    http: { maxHeaderSize: MAX_HEAD_BYTES },
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

  carryKeys(app);
  const guard = { access: shop.access, exposed };
  const metricsRoute = keepMetrics(app, shop);
  logAlerts(app, shop.monitor);

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
    await api.register(healthRoute, { shop });
    await api.register(async (searching) => {
      requireScope(searching, guard, 'search');
      await searching.register(searchRoute, { shop });
      await searching.register(suggestRoute, { shop });
      await searching.register(productRoute, { shop });
      await searching.register(similarRoute, { shop });
    });
    await api.register(async (writing) => {
      requireScope(writing, guard, 'write');
      writing.addHook('onRequest', refuseOtherSites);
      await writing.register(writeProductsRoute, { shop });
      await writing.register(patchProductRoute, { shop });
      await writing.register(deleteProductRoute, { shop });
      await writing.register(enrichRoute, { shop });
    });
    await api.register(async (governing) => {
      requireScope(governing, guard, 'admin');
      governing.addHook('onRequest', refuseOtherSites);
      await governing.register(suggestionsRoute, { shop });
      await governing.register(decisionsRoute, { shop });
      await governing.register(decideSuggestionsRoute, { shop });
      await governing.register(synonymSuggestionsRoute, { shop });
      await governing.register(rulesRoute, { shop });
      await governing.register(tryRulesRoute, { shop });
      await governing.register(publishRulesRoute, { shop });
      await governing.register(reindexRoute, { shop });
      await governing.register(jobsRoute, { shop });
      await governing.register(cancelJobRoute, { shop });
      await governing.register(generationsRoute, { shop });
      await governing.register(activateGenerationRoute, { shop });
      await governing.register(metricsRoute);
    });
  });
  await servePage(app, webDir);
  return app;
}
