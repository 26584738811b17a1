import { z } from 'zod';
import { checksSchema } from './checks.js';
import { jobsSchema } from './jobs.js';
import { limitsSchema } from './limits.js';
import { logSchema } from './log.js';
import { monitoringSchema } from './monitoring.js';
import { queriesSchema } from './queries.js';
import { serverSchema } from './server.js';

/** Everything that an operator may set, a section a line. */
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

/** The variable that names the file. */
export const FILE_VARIABLE = 'SHELFWRIGHT_CONFIG';

/** Names of variables that came before `SHELFWRIGHT_<SECTION>_<KEY>` did; they count where the newer one is not set. */
export const OLDER_VARIABLES: Readonly<Record<string, string>> = {
  SHELFWRIGHT_QUERY_DAYS: 'queries.retention_days',
};

/** Variables that say other things than settings: which file is read, and what finding faults needs. */
export const OTHER_VARIABLES: readonly string[] = [FILE_VARIABLE, 'SHELFWRIGHT_DEBUG', 'SHELFWRIGHT_FAULT'];
