import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fastify, { type FastifyInstance, LogController } from 'fastify';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { type LimitsSettings, limitsSchema } from '../configuration/limits.js';
import { type LogSettings, logSchema } from '../configuration/log.js';
import type { Service } from '../service/service.js';
import { carryKeys, requireScope } from './authorize.js';
import { MEGABYTE, setBodyLimits } from './bodyLimits.js';
import { answerClientError, MAX_HEAD_BYTES } from './clientError.js';
import { admit } from './guard/admit.js';
import { allowOrigins } from './guard/allowOrigins.js';
import { cutOffIdleBodies } from './guard/cutOffIdleBodies.js';
import { limitRate } from './guard/limitRate.js';
import { refuseUnderPressure } from './guard/refuseUnderPressure.js';
import { refuseWhileClosing } from './guard/refuseWhileClosing.js';
import { secureHeaders } from './guard/secureHeaders.js';
import { readJsonBodies } from './jsonBody.js';
import { logAlerts } from './logAlerts.js';
import type { LineSink } from './logging/lineWriter.js';
import { loggerOf } from './logging/logger.js';
import { logRequest, logRequests } from './logging/logRequests.js';
import { requestId, tellRequestIds } from './logging/requestIds.js';
import { logHealthChanges } from './logHealthChanges.js';
import { keepMetrics } from './metrics.js';
import { servePage } from './page.js';
import { answerProblems, sendError } from './problem.js';
import { activateGenerationRoute } from './routes/activateGeneration.js';
import { decideSuggestionsRoute } from './routes/decideSuggestions.js';
import { decisionsRoute } from './routes/decisions.js';
import { deleteProductRoute } from './routes/deleteProduct.js';
import { enrichRoute } from './routes/enrich.js';
import { enrichStoreRoute } from './routes/enrichStore.js';
import { generationsRoute } from './routes/generations.js';
import { healthRoute } from './routes/health.js';
import { importRoute } from './routes/import.js';
import { cancelJobRoute, jobsRoute, quarantineRoute } from './routes/jobs.js';
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
  readonly shop: Service;
  /** The folder with `index.html`, served at `/`. */
  readonly webDir: string;
  /** Whether other machines can reach the service, so that every request needs a key; not unless said. */
  readonly exposed?: boolean;
  /** What is taken at most. */
  readonly limits?: LimitsSettings;
  /** What is logged, and where. */
  readonly log?: LogSettings;
  /** False for no log; something else to write to than the settings say. */
  readonly logger?: false | LineSink;
}

/** Builds the service without listening: routes, docs at `/docs`, the page at `/`. The shop stays the caller's to close. */
export async function buildApp({
  shop,
  webDir,
  limits = limitsSchema.parse({}),
  log = logSchema.parse({}),
  logger,
  exposed = false,
}: AppOptions): Promise<FastifyInstance> {
  const app = fastify({
    logger: logger === false ? false : loggerOf(log, logger),
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    genReqId: requestId,
    bodyLimit: limits.body_mb * MEGABYTE,
    routerOptions: { maxParamLength: MAX_ID_LENGTH },
    // Hooks do not see these.
    frameworkErrors: (error, request, reply) => {
      sendError(error, request, reply);
      if (log.requests) logRequest(request, reply);
    },
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    http: { maxHeaderSize: MAX_HEAD_BYTES },
    forceCloseConnections: 'idle',
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  // Answers are typed already; checking each of 250 hits again would only cost time.
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  setBodyLimits(app, limits);
  readJsonBodies(app);
  answerProblems(app);
  carryKeys(app);
  const guard = { access: shop.access, exposed };

  // In this order: whoever is refused is named in the log, and pays for nothing that comes later.
  tellRequestIds(app);
  if (log.requests) logRequests(app);
  await secureHeaders(app);
  allowOrigins(app, limits.cors_origins);
  refuseWhileClosing(app);
  await refuseUnderPressure(app, limits);
  await limitRate(app, guard, limits);
  cutOffIdleBodies(app, limits.body_idle_seconds);
  const metricsRoute = keepMetrics(app, shop);
  logHealthChanges(app, shop);
  logAlerts(app, shop.monitor);

  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Shelfwright', description: 'Catalog enrichment and semantic search.', version: '1' },
    },
    transform: jsonSchemaTransform,
    // What a schema refers to, such as a tree to itself, stands among the document's components.
    transformObject: jsonSchemaTransformObject,
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    // Without TLS on the same port, browsers elsewhere would look for the docs' files where nothing answers.
    transformStaticCSP: (policy) => policy.replace(/ ?upgrade-insecure-requests;?/, ''),
  });

  await app.register(async (api) => {
    api.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });
    await api.register(healthRoute, { shop });
    await api.register(async (searching) => {
      requireScope(searching, guard, 'search');
      admit(searching, limits, 'searches');
      await searching.register(searchRoute, { shop });
      await searching.register(suggestRoute, { shop });
      await searching.register(productRoute, { shop });
      await searching.register(similarRoute, { shop });
    });
    await api.register(async (writing) => {
      requireScope(writing, guard, 'write');
      writing.addHook('onRequest', refuseOtherSites);
      admit(writing, limits, 'writes');
      await writing.register(writeProductsRoute, { shop });
      await writing.register(patchProductRoute, { shop });
      await writing.register(deleteProductRoute, { shop });
      await writing.register(enrichRoute, { shop });
    });
    await api.register(async (governing) => {
      requireScope(governing, guard, 'admin');
      governing.addHook('onRequest', refuseOtherSites);
      admit(governing, limits, 'searches');
      await governing.register(suggestionsRoute, { shop });
      await governing.register(decisionsRoute, { shop });
      await governing.register(decideSuggestionsRoute, { shop });
      await governing.register(synonymSuggestionsRoute, { shop });
      await governing.register(rulesRoute, { shop });
      await governing.register(tryRulesRoute, { shop });
      await governing.register(publishRulesRoute, { shop });
      await governing.register(reindexRoute, { shop });
      await governing.register(importRoute, { shop });
      await governing.register(enrichStoreRoute, { shop });
      await governing.register(jobsRoute, { shop });
      await governing.register(quarantineRoute, { shop });
      await governing.register(cancelJobRoute, { shop });
      await governing.register(generationsRoute, { shop });
      await governing.register(activateGenerationRoute, { shop });
      await governing.register(metricsRoute);
    });
  });
  await servePage(app, webDir);
  return app;
}
