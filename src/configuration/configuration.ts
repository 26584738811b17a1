import { z } from 'zod';
import { checksSchema } from './checks.js';
import { jobsSchema } from './jobs.js';
import { limitsSchema } from './limits.js';
import { logSchema } from './log.js';
import { monitoringSchema } from './monitoring.js';
import { queriesSchema } from './queries.js';
import { serverSchema } from './server.js';

/** Everything that an operator can configure, by section. */
export const configurationSchema = z.strictObject({
  server: serverSchema.prefault({}),
  queries: queriesSchema.prefault({}),
  limits: limitsSchema.prefault({}),
  jobs: jobsSchema.prefault({}),
  checks: checksSchema.prefault({}),
  monitoring: monitoringSchema.prefault({}),
  log: logSchema.prefault({}),
});

export type Configuration = z.infer<typeof configurationSchema>;

/** The variable that names the configuration file. */
export const FILE_VARIABLE = 'SHELFWRIGHT_CONFIG';

/** Variables that are no settings: the file to read, and what debugging and fault injection need. */
export const OTHER_VARIABLES: readonly string[] = [FILE_VARIABLE, 'SHELFWRIGHT_DEBUG', 'SHELFWRIGHT_FAULT'];
