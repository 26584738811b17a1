import type { FastifyInstance } from 'fastify';
import type { WebhookNotices } from '../../service/service.js';

/** Logs when deliveries to a webhook begin to fail, and when they succeed again. */
export function logWebhooks(app: FastifyInstance, webhooks: WebhookNotices): void {
  webhooks.onReport(({ host, problem }) => {
    if (problem === undefined)
      app.log.info({ webhook: host }, `The webhook at ${host} takes deliveries again.`);
    else
      app.log.warn(
        { webhook: host },
        `The webhook at ${host} did not take a delivery (${problem}); it is repeated until it is taken.`,
      );
  });
}
