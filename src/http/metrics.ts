import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { SearchAnswer } from '../search/searchAnswer.js';
import type { Monitoring, Service } from '../service/service.js';

declare module 'fastify' {
  interface FastifyInstance {
    /** Counts a search by its answer. */
    countSearch(answer: SearchAnswer): void;
  }
}

/** Seconds; a search takes a few milliseconds, a large write a few seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Measures all requests of the app, and returns the route `GET /metrics` in Prometheus' text format. Labels are routes,
 * methods and states, never queries, ids or addresses.
 */
export function collectMetrics(
  app: FastifyInstance,
  searches: Pick<Service, 'onSearched'>,
  registerGauges: (registers: Registry[]) => void,
): FastifyPluginAsync {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'shelfwright_' });
  const requests = new Histogram({
    name: 'shelfwright_http_request_duration_seconds',
    help: 'Time from the request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers,
  });
  registerGauges(registers);

  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    requests.observe(
      { method: request.method, route, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
  });
  app.decorate('countSearch', countSearches(searches, registers));
  return async (scope) => {
    scope.get(
      '/metrics',
      { config: { scope: 'admin' }, schema: { hide: true }, serializerCompiler: () => String },
      async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()),
    );
  };
}

function countSearches(
  service: Pick<Service, 'onSearched'>,
  registers: Registry[],
): (answer: SearchAnswer) => void {
  const searches = new Counter({
    name: 'shelfwright_searches_total',
    help: 'Searches by mode and by whether anything was found.',
    labelNames: ['mode', 'found'],
    registers,
  });
  const took = new Histogram({
    name: 'shelfwright_search_duration_seconds',
    help: 'Time of a search without HTTP.',
    labelNames: ['mode'],
    buckets: BUCKETS,
    registers,
  });
  const parts = new Histogram({
    name: 'shelfwright_search_part_duration_seconds',
    help: 'Time of a search by part: understand, embed, retrieve, rank. Searches answered from the cache are not counted.',
    labelNames: ['part'],
    buckets: BUCKETS,
    registers,
  });
  const tiers = new Counter({
    name: 'shelfwright_search_hits_total',
    help: 'Hits shown, by tier.',
    labelNames: ['tier'],
    registers,
  });
  service.onSearched((times) => {
    for (const [part, milliseconds] of Object.entries(times)) parts.observe({ part }, milliseconds / 1000);
  });
  return ({ mode, total, took_ms, hits }) => {
    searches.inc({ mode, found: total > 0 ? 'some' : 'none' });
    took.observe({ mode }, took_ms / 1000);
    for (const { tier } of hits) tiers.inc({ tier });
  };
}

/** Gauges of a service: of its catalog, jobs, caches, quality and alerts, computed when the metrics are read. */
export function registerServiceGauges(service: Service, registers: Registry[]): void {
  registerQualityGauges(service.monitor, registers);
  const gauge = (name: string, help: string, value: () => number): void => {
    const one: Gauge = new Gauge({
      name: `shelfwright_${name}`,
      help,
      registers,
      collect: () => one.set(value()),
    });
  };
  const figures = () => service.figures();
  gauge('products', 'Searchable products.', () => figures().products);
  gauge(
    'max_delta_products',
    'Products written since the current generation was built.',
    () => figures().delta,
  );
  gauge('generation_age_seconds', 'Age of the current generation.', () => figures().generationAge);
  gauge('jobs_queued', 'Queued jobs.', () => figures().jobsQueued);
  gauge('query_vectors_asked', 'Query vectors requested since the start.', () => figures().vectorsAsked);
  gauge(
    'query_vectors_remembered',
    'Query vectors served from the cache since the start.',
    () => figures().vectorsRemembered,
  );
  gauge('answers_asked', 'Searches since the start.', () => figures().answersAsked);
  gauge(
    'answers_remembered',
    'Searches answered from the cache since the start.',
    () => figures().answersRemembered,
  );
  gauge(
    'search_threads',
    'Threads that answer searches; 0 where the one that serves HTTP does.',
    () => figures().searchThreads,
  );
  gauge('imported_rows', 'Rows of all imports since the store was created.', () => figures().importedRows);
  gauge('quarantined_rows', 'Rows of all imports that went to quarantine.', () => figures().quarantinedRows);
  gauge(
    'webhooks_failing',
    'Webhooks that did not take the last delivery.',
    () => service.webhooks.state.filter(({ problem }) => problem !== undefined).length,
  );
  gauge('degraded', '1 if the service is degraded; /health/ready lists the reasons.', () => {
    const { mode, reasons } = service.health();
    return mode === 'lexical' || reasons.length > 0 ? 1 : 0;
  });
}

/** Gauges of the last quality measurement and of the alerts, computed when the metrics are read. */
function registerQualityGauges(monitor: Monitoring, registers: Registry[]): void {
  const measures = () => monitor.state.quality?.measures ?? [];
  const value: Gauge<'measure'> = new Gauge({
    name: 'shelfwright_quality',
    help: 'Last measured value; higher is worse. Absent if unknown.',
    labelNames: ['measure'],
    registers,
    collect: () => {
      value.reset();
      for (const measure of measures())
        if (measure.value !== null) value.set({ measure: measure.name }, measure.value);
    },
  });
  const threshold: Gauge<'measure'> = new Gauge({
    name: 'shelfwright_quality_threshold',
    help: 'Maximum of each measure.',
    labelNames: ['measure'],
    registers,
    collect: () => {
      threshold.reset();
      for (const measure of measures())
        if (measure.threshold !== null) threshold.set({ measure: measure.name }, measure.threshold);
    },
  });
  const alert: Gauge<'name'> = new Gauge({
    name: 'shelfwright_alert',
    help: '1 if the alert is raised.',
    labelNames: ['name'],
    registers,
    collect: () => {
      alert.reset();
      const { alerts } = monitor.state;
      for (const { name } of measures()) alert.set({ name }, 0);
      for (const { name, state } of alerts) alert.set({ name }, state === 'raised' ? 1 : 0);
    },
  });
  const age: Gauge = new Gauge({
    name: 'shelfwright_quality_age_seconds',
    help: 'Time since the last quality measurement. Absent before the first one.',
    registers,
    collect: () => {
      age.reset();
      const at = monitor.state.quality?.at;
      age.set(at === undefined ? Number.NaN : (Date.now() - Date.parse(at)) / 1000);
    },
  });
  const unposted: Gauge = new Gauge({
    name: 'shelfwright_alerts_unposted',
    help: 'Failed posts to the webhook since the start.',
    registers,
    collect: () => unposted.set(monitor.state.unposted),
  });
}
