import type { FastifyInstance } from 'fastify';
import { limitsSchema } from '../configuration/limits.js';
import { logSchema } from '../configuration/log.js';
import type { SearchNode } from '../service/searchNode/searchNode.js';
import { logHealthChanges } from './logging/logHealthChanges.js';
import { collectMetrics } from './metrics.js';
import { type AppSettings, guardApp, openApp, registerApi } from './openApp.js';
import { healthRoutes } from './routes/health.js';
import { multiSearchRoutes } from './routes/multiSearch.js';
import { searchRoutes } from './routes/search.js';

export interface SearchAppOptions extends AppSettings {
  readonly node: SearchNode;
}

/** Builds the app of a search node without listening: searches, health and metrics. The caller closes the node. */
export async function buildSearchApp({
  node,
  limits = limitsSchema.parse({}),
  log = logSchema.parse({}),
  logger,
  exposed = false,
}: SearchAppOptions): Promise<FastifyInstance> {
  const app = openApp(limits, log, logger);
  const access = { keys: node.access, exposed };
  await guardApp(app, access, limits, log);
  const metricsRoute = collectMetrics(app, node, () => undefined);
  logHealthChanges(app, node);
  await registerApi(app, access, limits, async (api) => {
    await api.register(healthRoutes, { service: node });
    await api.register(searchRoutes, { service: node });
    await api.register(multiSearchRoutes, { service: node });
    await api.register(metricsRoute);
  });
  return app;
}
