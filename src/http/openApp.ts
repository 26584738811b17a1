import fastify, { type FastifyInstance, LogController } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { LimitsSettings } from '../configuration/limits.js';
import type { LogSettings } from '../configuration/log.js';
import { MAX_ID_LENGTH } from '../domain/productId.js';
import { answerError, answerErrors } from './answerErrors.js';
import { readJsonBodies } from './bodies/json.js';
import { MEGABYTE, setBodyLimits } from './bodies/limits.js';
import { allowOrigins } from './guard/allowOrigins.js';
import { type Access, authorize, declareApiKey } from './guard/authorize.js';
import { cutOffIdleBodies } from './guard/cutOffIdleBodies.js';
import { limitConcurrency } from './guard/limitConcurrency.js';
import { limitRate } from './guard/limitRate.js';
import { refuseForeignHosts } from './guard/refuseForeignHosts.js';
import { refuseOtherSites } from './guard/refuseOtherSites.js';
import { refuseUnderPressure } from './guard/refuseUnderPressure.js';
import { refuseWhileClosing } from './guard/refuseWhileClosing.js';
import { secureHeaders } from './guard/secureHeaders.js';
import type { LineSink } from './logging/lineWriter.js';
import { loggerOptions } from './logging/logger.js';
import { logRequest, logRequests } from './logging/logRequests.js';
import { requestId, sendRequestIds } from './logging/requestIds.js';
import { answerClientError, MAX_HEAD_BYTES } from './socketErrors.js';
import { validatorCompiler } from './validate.js';

/** A client that has not sent all headers by then is answered 408. */
const MAX_HEAD_MS = 10_000;
const CHECK_HEADS_MS = 2_000;

/** How an app is protected and logged, whatever it serves. */
export interface AppSettings {
  /** Whether other machines can reach it, so that every request needs a key. Default false. */
  readonly exposed?: boolean;
  readonly limits?: LimitsSettings;
  readonly log?: LogSettings;
  /** False: no log. A sink: log there instead of where the settings say. */
  readonly logger?: false | LineSink;
}

/** An app without routes: how it reads requests, checks them, and answers errors. */
export function openApp(
  limits: LimitsSettings,
  log: LogSettings,
  logger: false | LineSink | undefined,
): FastifyInstance {
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
  return app;
}

/** Checks that every request passes. The order matters: refused requests are logged with their id, and later hooks do no work for them. */
export async function guardApp(
  app: FastifyInstance,
  access: Access,
  limits: LimitsSettings,
  log: LogSettings,
): Promise<void> {
  sendRequestIds(app);
  if (log.requests) logRequests(app);
  await secureHeaders(app);
  refuseForeignHosts(app, access);
  allowOrigins(app, limits.cors_origins);
  refuseWhileClosing(app);
  await refuseUnderPressure(app, limits);
  await limitRate(app, access, limits);
  cutOffIdleBodies(app, limits.max_body_idle_seconds);
}

/** Registers routes behind the keys and the limits. */
export async function registerApi(
  app: FastifyInstance,
  access: Access,
  limits: LimitsSettings,
  register: (api: FastifyInstance) => Promise<void>,
): Promise<void> {
  await app.register(async (api) => {
    api.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });
    authorize(api, access);
    refuseOtherSites(api);
    limitConcurrency(api, limits);
    await register(api);
  });
}
