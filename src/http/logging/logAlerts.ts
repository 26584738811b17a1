import type { FastifyInstance } from 'fastify';
import type { Monitoring } from '../../service/service.js';

/** Logs each alert that is raised or cleared, and failures to measure quality or to post an alert. */
export function logAlerts(app: FastifyInstance, monitor: Monitoring): void {
  monitor.onAlert(({ sentence, recommendation, ...alert }) => {
    const text = recommendation === null ? sentence : `${sentence} ${recommendation}`;
    if (alert.event === 'raised') app.log.warn({ alert }, text);
    else app.log.info({ alert }, text);
  });
  monitor.onProblem((problem) => app.log.warn(problem));
}
