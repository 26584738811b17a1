import { z } from 'zod';

/** What the service tells of itself, one JSON object a line. */
export const logSchema = z.strictObject({
  level: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .default('info')
    .describe('The least severe lines that are written: requests are info, failures of the service error.'),
  to: z
    .enum(['stderr', 'stdout'])
    .default('stderr')
    .describe('Where the lines go; with stdout the output of serve --json is no longer one JSON object.'),
  requests: z.boolean().default(true).describe('Whether each request gets a line.'),
});

export type LogSettings = z.infer<typeof logSchema>;
