import type { FastifyInstance } from 'fastify';
import type { Experiments } from '../../service/experiments.js';

/** Logs that a guardrail has stopped an experiment, and which. */
export function logStoppedExperiments(app: FastifyInstance, experiments: Experiments): void {
  experiments.onStopped((sentence) => app.log.warn(sentence));
}
