import type { FastifyInstance } from 'fastify';
import type { LimitsSettings } from '../../configuration/limits.js';
import { onResponseEnd } from '../onResponseEnd.js';
import { isProbe } from '../probes.js';
import { HttpError } from '../problem.js';
import { AdmissionQueue } from './admissionQueue.js';

/**
 * Bounds how many requests to the routes of this context are worked on and wait at the same time; beyond that 503.
 * A waiting request's body is not read yet, and one whose client has gone gives its place to the next.
 */
export function admit(app: FastifyInstance, limits: LimitsSettings, kind: 'searches' | 'writes'): void {
  const places = new AdmissionQueue({
    atOnce: limits[`${kind}_at_once`],
    waiting: limits[`${kind}_waiting`],
  });
  app.addHook('onRequest', (request, reply, done) => {
    if (isProbe(request)) return done();
    const place = places.enter(done);
    if (place !== undefined) return onResponseEnd(request, reply, () => place.leave());
    reply.header('retry-after', String(limits.retry_after_seconds));
    const what = kind === 'writes' ? 'writes' : 'requests';
    done(
      new HttpError(
        503,
        `${places.waiting + places.working} ${what} are in hand already and no more are taken in: try again in ${limits.retry_after_seconds} s.`,
      ),
    );
  });
}
