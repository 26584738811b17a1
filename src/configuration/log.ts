import { z } from 'zod';

/** The log of the service: one JSON object a line. */
export const logSchema = z.strictObject({
  level: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .default('info')
    .describe('Least severe level that is written: requests are info, failures of the service are error.'),
  to: z
    .enum(['stderr', 'stdout'])
    .default('stderr')
    .describe(
      'Where the lines go; with stdout, the output of serve --json is no longer a single JSON object.',
    ),
  requests: z.boolean().default(true).describe('Whether each request is logged.'),
});

export type LogSettings = z.infer<typeof logSchema>;
