import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { completenessSchema } from '../../service/insights/summarizeCells.js';
import { measureSchema } from '../../service/monitor/measures/measure.js';
import type { Service } from '../../service/service.js';
import { text, wholeNumber } from '../parameters.js';

const MAX_QUERIES = 1000;
const DEFAULT_QUERIES = 50;

const queriesAnswer = z.object({
  recorded: z.boolean().describe('Whether searches are recorded (setting queries.retention_days).'),
  days: z.number().int().describe('The days that they are kept for.'),
  searches: z.number().int().describe('Recorded searches without a filter.'),
  empty: z.number().int().describe('Those of them that found nothing.'),
  queries: z.array(
    z.object({
      query: z.string(),
      searches: z.number().int(),
      total: z.number().int().describe('Products found by the last search.'),
      last_day: z.string(),
    }),
  ),
});

const waiting = z.object({
  field: z.string(),
  from: z
    .number()
    .optional()
    .describe(
      'The confidence at which the fewest decisions are missing; absent if no answer is sure enough.',
    ),
  seen: z.number().describe('Outcomes at or above it.'),
  right: z.number(),
  target: z.number().describe('The share that has to be right.'),
  missing: z
    .number()
    .optional()
    .describe('How many more values accepted one by one would let the field apply values itself.'),
});

const history = z
  .array(
    z.object({
      at: z.string(),
      generation: z.string(),
      products: z.number().int(),
      before: z.number().describe('The share of cells that the merchant filled.'),
      after: z.number().describe('The share with applied values.'),
    }),
  )
  .describe('The whole catalog at each reindex, oldest first.');

const qualityAnswer = z.object({
  at: z.string().nullable().describe('When it was measured last; null before the first time.'),
  measures: z.array(measureSchema),
  history: z
    .array(
      z.object({
        at: z.string(),
        generation: z.string().nullable(),
        values: z.record(z.string(), z.number()).describe('By measure; only known values.'),
      }),
    )
    .describe('Oldest first: all of the last day, then one an hour for a week, then one a day.'),
  alerts: z.array(
    z.object({ name: z.string(), since: z.string(), value: z.number(), threshold: z.number() }),
  ),
  problem: z.string().nullable().describe('Why the last measurement failed.'),
});

/** What a merchandiser looks at to decide what to do next: /v1/completeness, /v1/queries, /v1/quality. */
export const insightRoutes: FastifyPluginAsyncZod<{ service: Service }> = async (app, { service }) => {
  app.get(
    '/v1/completeness',
    {
      config: { scope: 'write' },
      schema: {
        operationId: 'getCompleteness',
        summary:
          'Get how complete the catalog is by category, before and after enrichment, and where to start',
        tags: ['review'],
        querystring: z.strictObject({
          under: text
            .min(1)
            .max(2000)
            .optional()
            .describe('A category path: the categories directly below it; default: the topmost ones.'),
        }),
        response: { 200: completenessSchema.extend({ waiting: z.array(waiting), history }) },
      },
    },
    async (request) => ({
      ...(await service.insights.completeness(request.query.under)),
      history: service.insights.completenessHistory(),
      waiting: service.insights.reindexReports().findLast((report) => report.waiting !== null)?.waiting ?? [],
    }),
  );
  app.get(
    '/v1/queries',
    {
      config: { scope: 'write' },
      schema: {
        operationId: 'listQueries',
        summary: 'List what people searched for, most frequent first',
        tags: ['search'],
        querystring: z.strictObject({
          found: z.enum(['none', 'any']).default('any').describe('none: only queries that found nothing.'),
          limit: wholeNumber(MAX_QUERIES).default(DEFAULT_QUERIES),
        }),
        response: { 200: queriesAnswer },
      },
    },
    async (request) => service.insights.queries(request.query.found, request.query.limit),
  );
  app.get(
    '/v1/quality',
    {
      config: { scope: 'write' },
      schema: {
        operationId: 'getQuality',
        summary: 'Get the measured quality of the catalog, now and over time',
        tags: ['operation'],
        response: { 200: qualityAnswer },
      },
    },
    async () => {
      const { alerts, problem } = service.monitor.state;
      const { last, history } = service.insights.quality();
      return {
        at: last?.at ?? null,
        measures: [...(last?.measures ?? [])],
        history,
        alerts: alerts
          .filter(({ state }) => state === 'raised')
          .map(({ name, since, value, threshold }) => ({ name, since, value, threshold })),
        problem: problem ?? null,
      };
    },
  );
};
