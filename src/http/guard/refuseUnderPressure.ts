import { getHeapStatistics } from 'node:v8';
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import type { LimitsSettings } from '../../configuration/limits.js';
import { isProbe } from '../probes.js';
import { HttpError } from '../problem.js';

/** Milliseconds. */
const SAMPLE_EVERY = 1000;
const LASTS_LONG = 1500;
const MEGABYTE = 1024 * 1024;

/**
 * Answers 503 while the process is late or its memory runs out; health and metrics are answered all the same.
 * One long step, such as taking up another generation, makes one late sample and refuses nobody; two in a row do.
 */
export async function refuseUnderPressure(app: FastifyInstance, limits: LimitsSettings): Promise<void> {
  let lateSince: number | undefined;
  await app.register(underPressure, {
    sampleInterval: SAMPLE_EVERY,
    maxEventLoopDelay: limits.event_loop_delay_ms,
    maxHeapUsedBytes: Math.round(limits.heap_share * getHeapStatistics().heap_size_limit),
    maxRssBytes: limits.memory_mb * MEGABYTE,
    pressureHandler: async (request, reply, type) => {
      if (isProbe(request)) return;
      if (type === underPressure.TYPE_EVENT_LOOP_DELAY && !lastsLong()) return;
      reply.header('retry-after', String(limits.retry_after_seconds));
      const why = type === underPressure.TYPE_EVENT_LOOP_DELAY ? 'is overloaded' : 'has little memory left';
      throw new HttpError(503, `The service ${why}: try again in ${limits.retry_after_seconds} s.`);
    },
  });

  function lastsLong(): boolean {
    return lateSince !== undefined && performance.now() - lateSince > LASTS_LONG;
  }

  const timer = setInterval(() => {
    if (app.memoryUsage().eventLoopDelay <= limits.event_loop_delay_ms) lateSince = undefined;
    else lateSince ??= performance.now();
  }, SAMPLE_EVERY / 4);
  timer.unref();
  app.addHook('onClose', async () => clearInterval(timer));
}
