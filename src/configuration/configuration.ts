import { z } from 'zod';
import { checksSchema } from './checks.js';
import { ENGINE_PASSWORD_VARIABLE, engineSchema } from './engine.js';
import { eventsSchema } from './events.js';
import { importSchema } from './import.js';
import { jobsSchema } from './jobs.js';
import { learningSchema } from './learning.js';
import { limitsSchema } from './limits.js';
import { logSchema } from './log.js';
import { monitoringSchema } from './monitoring.js';
import { webhooksSchema } from './webhooks.js';

const queriesSchema = z
  .strictObject({
    retention_days: z
      .int()
      .min(0)
      .max(3650)
      .default(30)
      .describe('Days that logged queries are kept; 0 logs none.'),
  })
  .describe('The query log.');

const serverSchema = z
  .strictObject({
    host: z
      .string()
      .min(1)
      .default('127.0.0.1')
      .describe('Address to listen on; an address that other machines can reach requires API keys.'),
    port: z
      .int()
      .min(0)
      .max(65_535)
      .default(3000)
      .describe('Port to listen on; 0 takes a free one and prints it.'),
    data: z
      .string()
      .min(1)
      .default('./data')
      .describe('Folder of the store: the only data that needs a backup.'),
    indexes: z
      .string()
      .min(1)
      .default('./indexes')
      .describe('Folder of the generations, which are built from the store.'),
    model: z
      .string()
      .min(1)
      .nullable()
      .default(null)
      .describe('Folder of another ONNX transformer; null uses the bundled one.'),
  })
  .describe('Where the service listens, and its folders.');

/** Everything that an operator can configure, by section. */
export const configurationSchema = z.strictObject({
  server: serverSchema.prefault({}),
  engine: engineSchema.prefault({}),
  queries: queriesSchema.prefault({}),
  events: eventsSchema.prefault({}),
  learning: learningSchema.prefault({}),
  import: importSchema.prefault({}),
  limits: limitsSchema.prefault({}),
  jobs: jobsSchema.prefault({}),
  checks: checksSchema.prefault({}),
  monitoring: monitoringSchema.prefault({}),
  webhooks: webhooksSchema.prefault({}),
  log: logSchema.prefault({}),
});

export type Configuration = z.infer<typeof configurationSchema>;

/** The variable that names the configuration file. */
export const FILE_VARIABLE = 'SHELFWRIGHT_CONFIG';

/** Variables that are no settings: the file to read, a secret, and what debugging and fault injection need. */
export const OTHER_VARIABLES: readonly string[] = [
  FILE_VARIABLE,
  ENGINE_PASSWORD_VARIABLE,
  'SHELFWRIGHT_DEBUG',
  'SHELFWRIGHT_FAULT',
];
