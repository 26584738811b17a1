import type { FastifyInstance } from 'fastify';
import { describeError } from './logging/describeError.js';

/** Milliseconds from the signal: until then what runs may end; then clients that hang are cut off. */
const CUT_OFF_AFTER = 6_500;
/** By then a job's process was ended by force; what still holds on is left behind. */
const GONE_AFTER = 9_500;
/** A terminal and npm both pass Ctrl-C on; a second signal later than this is somebody's who will not wait. */
const SAME_SIGNAL = 1_000;
const LAST_WORDS = 100;

/**
 * On SIGINT or SIGTERM closes the app: nothing new is taken, what runs may end, and within ten seconds the process is
 * gone, whatever a client or a job does. A second signal ends it at once. Every answered write is on disk by then.
 */
export function stopOnSignals(app: FastifyInstance): void {
  const timers: NodeJS.Timeout[] = [];
  let told: number | undefined;
  const stop = (signal: NodeJS.Signals): void => {
    const now = performance.now();
    if (told !== undefined) {
      if (now - told > SAME_SIGNAL) leave(app, 'a second signal');
      return;
    }
    told = now;
    app.log.info({ signal }, 'stopping');
    const cutOff = setTimeout(() => {
      app.log.warn('clients that did not end were cut off');
      app.server.closeAllConnections();
    }, CUT_OFF_AFTER);
    const giveUp = setTimeout(() => leave(app, 'the time was up'), GONE_AFTER);
    for (const timer of [cutOff, giveUp]) timers.push(timer.unref());
    app.close().then(release, (error: unknown) => {
      app.log.error({ error: describeError(error) }, 'closing failed');
      exitTold();
    });
  };
  const release = (): void => {
    for (const timer of timers) clearTimeout(timer);
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // Closed otherwise, the process goes on: others may listen for its signals.
  app.addHook('onClose', async () => {
    if (told === undefined) release();
  });
}

function leave(app: FastifyInstance, why: string): void {
  app.log.error({ why }, 'stopped by force');
  exitTold();
}

/** Ends the process when its last line is written. */
function exitTold(): void {
  setTimeout(() => process.exit(1), LAST_WORDS);
}
