import { z } from 'zod';
import type { GenerationSummary } from '../../catalog/generations.js';
import { packageVersion } from '../../configuration/packagePaths.js';
import { jobSchema } from '../../domain/job.js';
import { measureSchema } from '../monitor/measures/measure.js';
import type { Service } from '../service.js';

const LATEST_JOBS = 5;
/** The one that runs may be older than all that wait. */
const LISTED_JOBS = 50;

/** A running service in short. Everything in it is at hand: nothing is measured or counted for it. */
export const serviceStatusSchema = z.object({
  version: z.string(),
  started: z.string().describe('When the process started.'),
  mode: z.enum(['hybrid', 'lexical']),
  degraded: z.boolean().describe('Whether anything is wrong; reasons says what.'),
  reasons: z.array(z.string()).describe('One sentence each.'),
  generation: z
    .object({
      id: z.string(),
      created: z.string(),
      age_seconds: z.number().int(),
      products: z.number().int(),
      taxonomy: z.string(),
      model: z.string(),
    })
    .nullable()
    .describe('The generation that serves; null if it is no longer on disk.'),
  products: z.number().int().describe('Searchable products.'),
  delta: z.number().int().describe('Products written since the generation was built.'),
  jobs: z.object({
    queued: z.number().int(),
    running: jobSchema.nullable(),
    latest: z.array(jobSchema).describe(`The latest ${LATEST_JOBS}.`),
  }),
  imports: z
    .object({ rows: z.number().int(), quarantined: z.number().int() })
    .nullable()
    .describe('Rows of all imports since the store was created; null if the store cannot be read.'),
  quality: z
    .object({
      at: z.string(),
      measures: z.array(measureSchema),
      alerts: z
        .array(z.object({ name: z.string(), since: z.string(), value: z.number(), threshold: z.number() }))
        .describe('Those that are raised.'),
    })
    .nullable()
    .describe('The last measurement; null before the first.'),
});
export type ServiceStatus = z.infer<typeof serviceStatusSchema>;

type Observed = Pick<Service, 'health' | 'figures' | 'generations' | 'jobs' | 'monitor'>;

/** The status of a service now. */
export async function serviceStatus(service: Observed): Promise<ServiceStatus> {
  const { mode, reasons, products, generation: serving } = service.health();
  const { delta, jobsQueued, importedRows, quarantinedRows } = service.figures();
  const generation = (await service.generations()).find(({ id }) => id === serving);
  const jobs = service.jobs.list(LISTED_JOBS);
  const { quality, alerts } = service.monitor.state;
  return {
    version: packageVersion(),
    started: new Date(performance.timeOrigin).toISOString(),
    mode,
    degraded: mode === 'lexical' || reasons.length > 0,
    reasons: [...reasons],
    generation: generation === undefined ? null : withAge(generation),
    products,
    delta,
    jobs: {
      queued: Number.isNaN(jobsQueued) ? 0 : jobsQueued,
      running: jobs.find(({ state }) => state === 'running') ?? null,
      latest: jobs.slice(0, LATEST_JOBS),
    },
    imports: Number.isNaN(importedRows) ? null : { rows: importedRows, quarantined: quarantinedRows },
    quality:
      quality === undefined
        ? null
        : {
            at: quality.at,
            measures: [...quality.measures],
            alerts: alerts
              .filter(({ state }) => state === 'raised')
              .map(({ name, since, value, threshold }) => ({ name, since, value, threshold })),
          },
  };
}

function withAge({ current: _, ...generation }: GenerationSummary): ServiceStatus['generation'] {
  const age = (Date.now() - Date.parse(generation.created)) / 1000;
  return { ...generation, age_seconds: Math.max(0, Math.round(age)) };
}
