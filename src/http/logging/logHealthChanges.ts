import type { FastifyInstance } from 'fastify';
import type { Service } from '../../service/service.js';

/** Milliseconds. */
const CHECK_INTERVAL = 1000;

/** Logs, as warnings, each problem of the service when it appears and when it is gone. */
export function logHealthChanges(app: FastifyInstance, service: Pick<Service, 'health'>): void {
  let logged = new Set<string>();
  const check = (): void => {
    const { reasons, mode } = service.health();
    for (const reason of reasons) if (!logged.has(reason)) app.log.warn({ mode }, `degraded: ${reason}`);
    for (const reason of logged)
      if (!reasons.includes(reason)) app.log.warn({ mode }, `recovered: ${reason}`);
    logged = new Set(reasons);
  };
  let timer: NodeJS.Timeout | undefined;
  app.addHook('onReady', async () => {
    check();
    timer = setInterval(check, CHECK_INTERVAL);
    timer.unref();
  });
  app.addHook('preClose', async () => clearInterval(timer));
}
