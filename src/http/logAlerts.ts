import type { FastifyInstance } from 'fastify';
import type { Monitoring } from '../service/service.js';

/** A line in the service's log for each alert that is raised or cleared, and where that could not be found out or told. */
export function logAlerts(app: FastifyInstance, monitor: Monitoring): void {
  monitor.onAlert(({ sentence, recommendation, ...alert }) => {
    const said = recommendation === null ? sentence : `${sentence} ${recommendation}`;
    if (alert.event === 'raised') app.log.warn({ alert }, said);
    else app.log.info({ alert }, said);
  });
  monitor.onProblem((problem) => app.log.warn(problem));
}
