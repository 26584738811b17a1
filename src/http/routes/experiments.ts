import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  baselineSchema,
  experimentSchema,
  METRIC_NAMES,
  type StoredExperiment,
} from '../../experiments/definition.js';
import { rankingSettingsSchema } from '../../search/rank/rankingSettings.js';
import { searchVariantSchema } from '../../search/searchVariant.js';
import type { Service } from '../../service/service.js';
import { HttpError } from '../problem.js';

const nameParameter = z.object({ name: z.string().min(1).max(63) });
const storedAnswer = z.object({
  experiment: experimentSchema,
  started: z.string(),
  stopped: z.string().nullable().describe('null while it runs.'),
  stop_reason: z.string().nullable().describe('Why it stopped by itself; null if it did not.'),
});
const outcome = z.enum(['better', 'worse', 'no_difference', 'too_early', 'broken', 'guardrail']);
const estimate = z
  .object({ value: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable() })
  .describe('null where there is too little to say. The interval holds at all times together.');
const perMetric = <T extends z.ZodType>(of: T) => z.record(z.enum(METRIC_NAMES), of);
const reportAnswer = z.object({
  name: z.string(),
  mode: z.enum(['ab', 'interleaving']),
  target: z.enum(METRIC_NAMES),
  started: z.string(),
  stopped: z.string().nullable(),
  variants: z
    .array(
      z.object({
        name: z.string(),
        clients: z.number().int(),
        searches: z.number().int(),
        metrics: perMetric(z.number().nullable()),
        differences: perMetric(estimate).optional().describe('From the first variant, in the metric itself.'),
        outcome: outcome.optional(),
        broken_guardrails: z.array(z.enum(METRIC_NAMES)).readonly(),
      }),
    )
    .readonly(),
  preference: estimate.nullable(),
  segments: z
    .array(
      z.object({
        kind: z.enum(['shopper', 'device', 'category']),
        name: z.string(),
        variants: z
          .array(
            z.object({
              name: z.string(),
              clients: z.number().int(),
              value: z.number().nullable(),
              difference: estimate.nullable(),
            }),
          )
          .readonly(),
      }),
    )
    .readonly()
    .describe(
      'The target by segment: new or returning shoppers, device if sent, category of what was found.',
    ),
  baseline: baselineSchema.nullable(),
  stop_reason: z.string().nullable(),
  outcome,
  verdict: z.string(),
  next_step: z.string(),
  curve: z.array(z.object({ at: z.string(), estimates: z.array(estimate).readonly() })).readonly(),
});

const offerAnswer = z.object({ name: z.string(), title: z.string(), search: searchVariantSchema });
const byBody = z.strictObject({
  by: z.string().trim().min(1).max(200).describe('Who decides, for the list of versions.'),
});
const rankingAnswer = z.object({
  version: z.number().int(),
  at: z.string(),
  by: z.string(),
  note: z.string().describe('Where it comes from.'),
  ranking: rankingSettingsSchema,
});

const shareParameter = z.coerce.number().gt(0).max(1);
const durationAnswer = z.object({
  days_measured: z.number().int().describe('Days with searches of shoppers; 0 if there are none.'),
  clients_per_day: z.number(),
  click_through_rate: z.number(),
  fixed_clients: z.number().nullable(),
  fixed_days: z.number().nullable().describe('With one look at the end; null where nothing is known.'),
  sequential_clients: z.number().nullable(),
  sequential_days: z.number().nullable().describe('Looking at any time.'),
});

/** /v1/experiments: which configuration is better, by what shoppers do. */
export const experimentRoutes: FastifyPluginAsyncZod<{ service: Service }> = async (app, { service }) => {
  const tags = ['experiments'];
  app.get(
    '/v1/experiments',
    {
      config: { scope: 'write' },
      schema: {
        operationId: 'listExperiments',
        summary: 'List experiments, the latest first',
        tags,
        response: { 200: z.object({ experiments: z.array(storedAnswer) }) },
      },
    },
    () => ({ experiments: service.experiments.list().map(answerOf) }),
  );
  app.get(
    '/v1/experiments/duration',
    {
      config: { scope: 'write' },
      schema: {
        operationId: 'estimateExperiment',
        summary: 'Estimate how long an experiment takes',
        description: 'From the searches with a client_id, and their clicks, of the last four weeks.',
        tags,
        querystring: z.strictObject({
          effect: shareParameter
            .default(0.05)
            .describe('The smallest relative change of the searches with a click to tell.'),
          share: shareParameter.default(0.2).describe('Share of the shoppers who take part.'),
        }),
        response: { 200: durationAnswer },
      },
    },
    (request) => service.experiments.duration(request.query),
  );
  app.get(
    '/v1/experiments/offers',
    {
      config: { scope: 'write' },
      schema: {
        operationId: 'listExperimentOffers',
        summary: 'List variants that can be tried without a definition',
        description: 'What was learned from shoppers comes first, as soon as there is any.',
        tags,
        response: { 200: z.object({ offers: z.array(offerAnswer) }) },
      },
    },
    async () => ({ offers: await service.experiments.offers() }),
  );
  app.get(
    '/v1/ranking/versions',
    {
      config: { scope: 'write' },
      schema: {
        operationId: 'listRankings',
        summary: 'List the rankings that were adopted from experiments, the newest first',
        description: 'The first one serves. Without any, the ranking that Shelfwright comes with does.',
        tags,
        response: { 200: z.object({ versions: z.array(rankingAnswer) }) },
      },
    },
    () => ({ versions: service.experiments.adoptions() }),
  );
  app.post(
    '/v1/ranking/undo',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'undoRanking',
        summary: 'Make the ranking before the last change the one that serves',
        tags,
        body: byBody,
        response: { 200: rankingAnswer },
      },
    },
    (request) => service.experiments.undoAdoption(request.body.by),
  );
  app.post(
    '/v1/experiments/:name/adopt',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'adoptExperiment',
        summary: 'Make the variant that won the ranking that serves',
        description:
          'Also stops the experiment. Refused unless a variant is better than the first one, and differs in the ranking only.',
        tags,
        params: nameParameter,
        body: byBody,
        response: { 200: rankingAnswer },
      },
    },
    async (request) => {
      const { name } = request.params;
      const adopted = await service.experiments.adopt(name, request.body.by);
      if (adopted === undefined)
        throw new HttpError(404, `There is no experiment named ${JSON.stringify(name)}.`);
      return adopted;
    },
  );
  app.post(
    '/v1/experiments',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'startExperiment',
        summary: 'Start an experiment',
        description:
          'Searches with a client_id take part: a share of the clients gets the variants, by a hash of the id. One experiment runs at a time, and its name is never used again.',
        tags,
        body: experimentSchema,
        response: { 200: storedAnswer },
      },
    },
    async (request) => answerOf(await service.experiments.start(request.body)),
  );
  app.post(
    '/v1/experiments/:name/stop',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'stopExperiment',
        summary: 'Stop an experiment',
        description: 'All shoppers get the serving configuration again. What was recorded stays.',
        tags,
        params: nameParameter,
        response: { 200: storedAnswer },
      },
    },
    async (request) => {
      const { name } = request.params;
      const stopped = await service.experiments.stop(name);
      if (stopped === undefined)
        throw new HttpError(404, `No experiment named ${JSON.stringify(name)} runs.`);
      return answerOf(stopped);
    },
  );
  app.get(
    '/v1/experiments/:name/report',
    {
      config: { scope: 'write' },
      schema: {
        operationId: 'reportExperiment',
        summary: 'Say how an experiment goes, in figures and in words',
        tags,
        params: nameParameter,
        response: { 200: reportAnswer },
      },
    },
    async (request) => {
      const { name } = request.params;
      const report = await service.experiments.report(name);
      if (report === undefined)
        throw new HttpError(404, `There is no experiment named ${JSON.stringify(name)}.`);
      return report;
    },
  );
};

function answerOf({
  experiment,
  started,
  stopped,
  stopReason,
}: StoredExperiment): z.infer<typeof storedAnswer> {
  return {
    experiment,
    started: new Date(started).toISOString(),
    stopped: stopped === null ? null : new Date(stopped).toISOString(),
    stop_reason: stopReason ?? null,
  };
}
