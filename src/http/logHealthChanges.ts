import type { FastifyInstance } from 'fastify';
import type { Service } from '../service/service.js';

/** In milliseconds. */
const LOOK_EVERY = 1000;

/** Logs what is not as it should be when it comes up, as a warning, and when it has passed. */
export function logHealthChanges(app: FastifyInstance, shop: Pick<Service, 'health'>): void {
  let told = new Set<string>();
  const look = (): void => {
    const { reasons, mode } = shop.health();
    for (const reason of reasons) if (!told.has(reason)) app.log.warn({ mode }, `degraded: ${reason}`);
    for (const reason of told) if (!reasons.includes(reason)) app.log.warn({ mode }, `mended: ${reason}`);
    told = new Set(reasons);
  };
  let timer: NodeJS.Timeout | undefined;
  app.addHook('onReady', async () => {
    look();
    timer = setInterval(look, LOOK_EVERY);
    timer.unref();
  });
  app.addHook('preClose', async () => clearInterval(timer));
}
