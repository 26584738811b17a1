import fastify, { type FastifyInstance, LogController } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { type LimitsSettings, limitsSchema } from '../configuration/limits.js';
import { type LogSettings, logSchema } from '../configuration/log.js';
import { MAX_ID_LENGTH } from '../domain/productId.js';
import type { Service } from '../service/service.js';
import { answerError, answerErrors } from './answerErrors.js';
import { readJsonBodies } from './bodies/json.js';
import { MEGABYTE, setBodyLimits } from './bodies/limits.js';
import { allowOrigins } from './guard/allowOrigins.js';
import { authorize, declareApiKey } from './guard/authorize.js';
import { cutOffIdleBodies } from './guard/cutOffIdleBodies.js';
import { limitConcurrency } from './guard/limitConcurrency.js';
import { limitRate } from './guard/limitRate.js';
import { refuseForeignHosts } from './guard/refuseForeignHosts.js';
import { refuseOtherSites } from './guard/refuseOtherSites.js';
import { refuseUnderPressure } from './guard/refuseUnderPressure.js';
import { refuseWhileClosing } from './guard/refuseWhileClosing.js';
import { secureHeaders } from './guard/secureHeaders.js';
import type { LineSink } from './logging/lineWriter.js';
import { logAlerts } from './logging/logAlerts.js';
import { loggerOptions } from './logging/logger.js';
import { logHealthChanges } from './logging/logHealthChanges.js';
import { logRequest, logRequests } from './logging/logRequests.js';
import { logStoppedExperiments } from './logging/logStoppedExperiments.js';
import { logWebhooks } from './logging/logWebhooks.js';
import { requestId, sendRequestIds } from './logging/requestIds.js';
import { collectMetrics } from './metrics.js';
import { documentApi } from './openApi.js';
import { algoliaRoutes } from './routes/algolia.js';
import { auditRoutes } from './routes/audit.js';
import { changeRoutes } from './routes/changes.js';
import { decisionRoutes } from './routes/decisions.js';
import { enrichRoutes } from './routes/enrich.js';
import { eventRoutes } from './routes/events.js';
import { experimentRoutes } from './routes/experiments.js';
import { generationRoutes } from './routes/generations.js';
import { healthRoutes } from './routes/health.js';
import { importRoutes } from './routes/import.js';
import { insightRoutes } from './routes/insights.js';
import { jobEventRoutes } from './routes/jobEvents.js';
import { jobRoutes } from './routes/jobs.js';
import { keyRoutes } from './routes/keys.js';
import { labRoutes } from './routes/lab.js';
import { learningRoutes } from './routes/learning.js';
import { mappingRoutes } from './routes/mappings.js';
import { multiSearchRoutes } from './routes/multiSearch.js';
import { productRoutes } from './routes/products.js';
import { ruleRoutes } from './routes/rules.js';
import { searchRoutes } from './routes/search.js';
import { settingRoutes } from './routes/settings.js';
import { similarRoutes } from './routes/similar.js';
import { spellingRoutes } from './routes/spellings.js';
import { statusRoutes } from './routes/status.js';
import { suggestRoutes } from './routes/suggest.js';
import { suggestionRoutes } from './routes/suggestions.js';
import { synonymRoutes } from './routes/synonyms.js';
import { taxonomyRoutes } from './routes/taxonomy.js';
import { uploadRoutes } from './routes/uploads.js';
import { servePages } from './servePages.js';
import { answerClientError, MAX_HEAD_BYTES } from './socketErrors.js';
import { validatorCompiler } from './validate.js';

/** A client that has not sent all headers by then is answered 408. */
const MAX_HEAD_MS = 10_000;
const CHECK_HEADS_MS = 2_000;

const ROUTES = [
  healthRoutes,
  searchRoutes,
  multiSearchRoutes,
  algoliaRoutes,
  suggestRoutes,
  similarRoutes,
  learningRoutes,
  productRoutes,
  changeRoutes,
  eventRoutes,
  experimentRoutes,
  enrichRoutes,
  suggestionRoutes,
  decisionRoutes,
  synonymRoutes,
  ruleRoutes,
  spellingRoutes,
  auditRoutes,
  taxonomyRoutes,
  importRoutes,
  uploadRoutes,
  mappingRoutes,
  generationRoutes,
  jobRoutes,
  jobEventRoutes,
  statusRoutes,
  labRoutes,
  keyRoutes,
  settingRoutes,
  insightRoutes,
];

export interface AppOptions {
  readonly service: Service;
  /** The folder with the built pages. */
  readonly webDir: string;
  /** Whether other machines can reach the service, so that every request needs a key. Default false. */
  readonly exposed?: boolean;
  readonly limits?: LimitsSettings;
  readonly log?: LogSettings;
  /** False: no log. A sink: log there instead of where the settings say. */
  readonly logger?: false | LineSink;
}

/** Builds the service without listening: routes, docs at `/docs`, the pages at `/` and `/desk`. The caller closes the service. */
export async function buildApp({
  service,
  webDir,
  limits = limitsSchema.parse({}),
  log = logSchema.parse({}),
  logger,
  exposed = false,
}: AppOptions): Promise<FastifyInstance> {
  const app = fastify({
    logger: logger === false ? false : loggerOptions(log, logger),
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    genReqId: requestId,
    bodyLimit: limits.max_body_mb * MEGABYTE,
    routerOptions: { maxParamLength: MAX_ID_LENGTH },
    // Hooks do not run for these errors.
    frameworkErrors: (error, request, reply) => {
      answerError(error, request, reply);
      if (log.requests) logRequest(request, reply);
    },
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    http: {
      maxHeaderSize: MAX_HEAD_BYTES,
      headersTimeout: MAX_HEAD_MS,
      connectionsCheckingInterval: CHECK_HEADS_MS,
    },
    forceCloseConnections: 'idle',
  }).withTypeProvider<ZodTypeProvider>();
  app.server.maxConnections = limits.max_connections;
  app.setValidatorCompiler(validatorCompiler);
  // Answers are typed; validating each of up to 250 hits again would only cost time.
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  setBodyLimits(app, limits);
  readJsonBodies(app);
  answerErrors(app);
  declareApiKey(app);
  const access = { keys: service.access, exposed };

  // The order matters: refused requests are logged with their id, and later hooks do no work for them.
  sendRequestIds(app);
  if (log.requests) logRequests(app);
  await secureHeaders(app);
  refuseForeignHosts(app, access);
  allowOrigins(app, limits.cors_origins);
  refuseWhileClosing(app);
  await refuseUnderPressure(app, limits);
  await limitRate(app, access, limits);
  cutOffIdleBodies(app, limits.max_body_idle_seconds);
  const metricsRoute = collectMetrics(app, service);
  logHealthChanges(app, service);
  logAlerts(app, service.monitor);
  logWebhooks(app, service.webhooks);
  logStoppedExperiments(app, service.experiments);
  await documentApi(app);

  await app.register(async (api) => {
    api.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });
    authorize(api, access);
    refuseOtherSites(api);
    limitConcurrency(api, limits);
    for (const routes of ROUTES) await api.register(routes, { service });
    await api.register(metricsRoute);
  });
  await servePages(app, webDir);
  return app;
}
