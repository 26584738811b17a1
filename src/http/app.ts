import type { FastifyInstance } from 'fastify';
import { limitsSchema } from '../configuration/limits.js';
import { logSchema } from '../configuration/log.js';
import type { Service } from '../service/service.js';
import { logAlerts } from './logging/logAlerts.js';
import { logHealthChanges } from './logging/logHealthChanges.js';
import { logStoppedExperiments } from './logging/logStoppedExperiments.js';
import { logWebhooks } from './logging/logWebhooks.js';
import { collectMetrics, registerServiceGauges } from './metrics.js';
import { documentApi } from './openApi.js';
import { type AppSettings, guardApp, openApp, registerApi } from './openApp.js';
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

export interface AppOptions extends AppSettings {
  readonly service: Service;
  /** The folder with the built pages. */
  readonly webDir: string;
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
  const app = openApp(limits, log, logger);
  const access = { keys: service.access, exposed };
  await guardApp(app, access, limits, log);
  const metricsRoute = collectMetrics(app, service, (registers) => registerServiceGauges(service, registers));
  logHealthChanges(app, service);
  logAlerts(app, service.monitor);
  logWebhooks(app, service.webhooks);
  logStoppedExperiments(app, service.experiments);
  await documentApi(app);

  await registerApi(app, access, limits, async (api) => {
    for (const routes of ROUTES) await api.register(routes, { service });
    await api.register(metricsRoute);
  });
  await servePages(app, webDir);
  return app;
}
