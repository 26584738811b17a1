import type { FastifyInstance } from 'fastify';
import { describeError } from './logging/describeError.js';
import { StopDeadline } from './stopDeadline.js';

/** Milliseconds from the signal. Until then running requests may finish; then open connections are closed. */
const CLOSE_CONNECTIONS_AFTER = 6_500;
/** By then the processes of jobs have been killed; the process exits even if something still runs. */
const EXIT_AFTER = 9_500;
/** A thread kills the process by then, where a blocked event loop lets no timer run or does not see the signal. */
const KILL_AFTER = 9_900;
/** A terminal and npm both forward Ctrl-C; only a signal later than this counts as a second one. */
const SAME_SIGNAL = 1_000;
/** Time to write the last log line. */
const FLUSH_TIME = 100;

/**
 * Graceful shutdown on SIGINT or SIGTERM: no new requests, running ones finish, and the process exits within ten
 * seconds whatever a client, a job or a blocked event loop does. A second signal exits at once. Every answered write is already on disk.
 */
export function stopOnSignals(app: FastifyInstance): void {
  const timers: NodeJS.Timeout[] = [];
  const deadline = new StopDeadline({ milliseconds: KILL_AFTER, sameSignal: SAME_SIGNAL });
  let stoppedAt: number | undefined;
  const stop = (signal: NodeJS.Signals): void => {
    const now = performance.now();
    if (stoppedAt !== undefined) {
      if (now - stoppedAt > SAME_SIGNAL) exitByForce(app, 'second signal');
      return;
    }
    stoppedAt = now;
    deadline.start();
    app.log.info({ signal }, 'stopping');
    const cutOff = setTimeout(() => {
      app.log.warn('closing connections that are still open');
      app.server.closeAllConnections();
    }, CLOSE_CONNECTIONS_AFTER);
    const giveUp = setTimeout(() => exitByForce(app, 'timeout'), EXIT_AFTER);
    for (const timer of [cutOff, giveUp]) timers.push(timer.unref());
    app.close().then(release, (error: unknown) => {
      app.log.error({ error: describeError(error) }, 'closing failed');
      exitAfterFlush();
    });
  };
  const release = (): void => {
    for (const timer of timers) clearTimeout(timer);
    deadline.release();
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // If the app is closed without a signal, the process continues and others may handle its signals.
  app.addHook('onClose', async () => {
    if (stoppedAt === undefined) release();
  });
}

function exitByForce(app: FastifyInstance, why: string): void {
  app.log.error({ why }, 'stopped by force');
  exitAfterFlush();
}

/** Exits once the last log line is written. */
function exitAfterFlush(): void {
  setTimeout(() => process.exit(1), FLUSH_TIME);
}
