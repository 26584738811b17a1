import { getHeapStatistics } from 'node:v8';
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import type { LimitsSettings } from '../../configuration/limits.js';
import { HttpError } from '../problem.js';
import { isProbe } from './probes.js';

/** Milliseconds. */
const SAMPLE_INTERVAL = 1000;
const SUSTAINED_AFTER = 1500;
const MEGABYTE = 1024 * 1024;

/**
 * Answers 503 while the event loop is overloaded or memory runs out (load shedding); health and metrics are still
 * answered. One long step, such as loading another generation, delays one sample and refuses nothing; two in a row do.
 */
export async function refuseUnderPressure(app: FastifyInstance, limits: LimitsSettings): Promise<void> {
  let overloadedSince: number | undefined;
  await app.register(underPressure, {
    sampleInterval: SAMPLE_INTERVAL,
    maxEventLoopDelay: limits.max_event_loop_delay_ms,
    maxHeapUsedBytes: Math.round(limits.max_heap_share * getHeapStatistics().heap_size_limit),
    maxRssBytes: limits.max_memory_mb * MEGABYTE,
    pressureHandler: async (request, reply, type) => {
      if (isProbe(request)) return;
      if (type === underPressure.TYPE_EVENT_LOOP_DELAY && !isSustained()) return;
      reply.header('retry-after', String(limits.retry_after_seconds));
      const why = type === underPressure.TYPE_EVENT_LOOP_DELAY ? 'is overloaded' : 'has little memory left';
      throw new HttpError(503, `The service ${why}: try again in ${limits.retry_after_seconds} s.`);
    },
  });

  function isSustained(): boolean {
    return overloadedSince !== undefined && performance.now() - overloadedSince > SUSTAINED_AFTER;
  }

  const timer = setInterval(() => {
    if (app.memoryUsage().eventLoopDelay <= limits.max_event_loop_delay_ms) overloadedSince = undefined;
    else overloadedSince ??= performance.now();
  }, SAMPLE_INTERVAL / 4);
  timer.unref();
  app.addHook('onClose', async () => clearInterval(timer));
}
