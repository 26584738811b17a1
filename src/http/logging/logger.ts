import type { FastifyRequest, FastifyServerOptions } from 'fastify';
import type { LogSettings } from '../../configuration/log.js';
import { describeError } from './describeError.js';
import { type LineSink, LineWriter } from './lineWriter.js';

const DESCRIPTORS = { stdout: 1, stderr: 2 } as const;

/** Fastify's logger: JSON a line, whose serializers let nothing through that names a client or what it asked. */
export function loggerOf(
  settings: LogSettings,
  stream: LineSink = new LineWriter(DESCRIPTORS[settings.to]),
): Exclude<FastifyServerOptions['logger'], boolean | undefined> {
  return {
    level: settings.level,
    stream,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (level) => ({ level }) },
    serializers: {
      // Fastify's own would write the URL with the query in it, and the address.
      req: ({ method, routeOptions }: FastifyRequest) => ({ method, url: routeOptions?.url ?? 'unknown' }),
      res: ({ statusCode }) => ({ statusCode }),
      err: (error: unknown) => ({ ...describeError(error) }),
    },
  };
}
