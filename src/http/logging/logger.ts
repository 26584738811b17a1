import type { FastifyRequest, FastifyServerOptions } from 'fastify';
import type { LogSettings } from '../../configuration/log.js';
import { describeError } from './describeError.js';
import { type LineSink, LineWriter } from './lineWriter.js';

const DESCRIPTORS = { stdout: 1, stderr: 2 } as const;

/** Options of Fastify's logger: one JSON object per line; the serializers drop everything that identifies a client or a query. */
export function loggerOptions(
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
      // Fastify's own serializer would log the URL with its query, and the client's address.
      req: ({ method, routeOptions }: FastifyRequest) => ({ method, url: routeOptions?.url ?? 'unknown' }),
      res: ({ statusCode }) => ({ statusCode }),
      err: (error: unknown) => ({ ...describeError(error) }),
    },
  };
}
