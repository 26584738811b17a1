import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { SearchAnswer } from '../search/answer.js';
import type { Service } from '../service/service.js';
import { gaugeQuality } from './gaugeQuality.js';

/** Seconds; a search takes a few milliseconds, a large write a few seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Measures every request that the app answers, and returns the route that tells, `GET /metrics` in Prometheus' text format. Labels are
 * routes, methods and states; no query, id or address ever becomes one.
 */
export function keepMetrics(app: FastifyInstance, shop: Service): FastifyPluginAsync {
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
  gaugeShop(shop, registers);
  gaugeQuality(shop.monitor, registers);

  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    requests.observe(
      { method: request.method, route, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
  });
  app.decorate('countSearch', countSearches(shop, registers));
  return async (telling) => {
    telling.get(
      '/metrics',
      { schema: { hide: true }, serializerCompiler: () => String },
      async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()),
    );
  };
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Counts what a search answered. */
    countSearch(answer: SearchAnswer): void;
  }
}

function countSearches(shop: Service, registers: Registry[]): (answer: SearchAnswer) => void {
  const searches = new Counter({
    name: 'shelfwright_searches_total',
    help: 'Searches by mode and by whether anything was found.',
    labelNames: ['mode', 'found'],
    registers,
  });
  const took = new Histogram({
    name: 'shelfwright_search_duration_seconds',
    help: 'Time that a search takes beside HTTP.',
    labelNames: ['mode'],
    buckets: BUCKETS,
    registers,
  });
  const parts = new Histogram({
    name: 'shelfwright_search_part_duration_seconds',
    help: 'The same by part: understand, embed, retrieve, rank; of searches whose answer was not remembered.',
    labelNames: ['part'],
    buckets: BUCKETS,
    registers,
  });
  const tiers = new Counter({
    name: 'shelfwright_search_hits_total',
    help: 'Hits shown, by the tier that they matched in.',
    labelNames: ['tier'],
    registers,
  });
  shop.onSearched((times) => {
    for (const [part, milliseconds] of Object.entries(times)) parts.observe({ part }, milliseconds / 1000);
  });
  return ({ mode, total, took_ms, hits }) => {
    searches.inc({ mode, found: total > 0 ? 'some' : 'none' });
    took.observe({ mode }, took_ms / 1000);
    for (const { tier } of hits) tiers.inc({ tier });
  };
}

/** Gauges that are read when they are asked for. */
function gaugeShop(shop: Service, registers: Registry[]): void {
  const gauge = (name: string, help: string, value: () => number): void => {
    const one: Gauge = new Gauge({
      name: `shelfwright_${name}`,
      help,
      registers,
      collect: () => one.set(value()),
    });
  };
  const figures = () => shop.figures();
  gauge('products', 'Products that are searched.', () => figures().products);
  gauge('delta_products', 'Products written since the serving generation was built.', () => figures().delta);
  gauge('generation_age_seconds', 'Since the serving generation was built.', () => figures().generationAge);
  gauge('jobs_queued', 'Jobs that wait.', () => figures().jobsQueued);
  gauge(
    'query_vectors_asked',
    'Queries that a vector was asked for, since the start.',
    () => figures().vectorsAsked,
  );
  gauge(
    'query_vectors_remembered',
    'Those of them whose vector was remembered.',
    () => figures().vectorsRemembered,
  );
  gauge('answers_asked', 'Searches, since the start.', () => figures().answersAsked);
  gauge(
    'answers_remembered',
    'Those of them whose answer was remembered.',
    () => figures().answersRemembered,
  );
  gauge('imported_rows', 'Rows of all imports, since the store was made.', () => figures().importedRows);
  gauge('quarantined_rows', 'Those of them that went to quarantine.', () => figures().quarantinedRows);
  gauge('degraded', '1 where something is not as it should be; /health/ready says what.', () => {
    const { mode, reasons } = shop.health();
    return mode === 'lexical' || reasons.length > 0 ? 1 : 0;
  });
}
