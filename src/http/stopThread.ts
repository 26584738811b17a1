import { constants } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';

/*
 * The thread of StopDeadline. It waits without the event loop of the main thread. SIGKILL is the one signal that a
 * process with a blocked event loop obeys.
 */

/** A blocked process gets this long to react to a second signal, in milliseconds. */
const SECOND_SIGNAL_GRACE = 1_000;

const { milliseconds, sameSignal } = z
  .strictObject({ milliseconds: z.number(), sameSignal: z.number() })
  .parse(workerData);
let firstAt: number | undefined;

function kill(): void {
  process.kill(process.pid, 'SIGKILL');
}

function onSignal(): void {
  const now = performance.now();
  if (firstAt === undefined) {
    firstAt = now;
    setTimeout(kill, milliseconds);
  } else if (now - firstAt > sameSignal) setTimeout(kill, SECOND_SIGNAL_GRACE);
}

/** The handle by which Node's main thread receives signals. libuv wakes every loop that has one. */
interface SignalHandle {
  onsignal: () => void;
  unref(): void;
  start(signal: number): number;
}

/**
 * Receives the signals on this thread's own loop, so that they are seen while that of the main thread is blocked. Node
 * offers this to its main thread only, but the handle works in any; where it is missing, the main thread's message counts.
 */
function receiveSignals(): void {
  process.noDeprecation = true;
  const binding: unknown = Reflect.get(process, 'binding');
  if (typeof binding !== 'function') return;
  const { Signal }: { Signal: new () => SignalHandle } = binding.call(process, 'signal_wrap');
  for (const number of [constants.signals.SIGINT, constants.signals.SIGTERM]) {
    const handle = new Signal();
    handle.unref();
    handle.onsignal = onSignal;
    handle.start(number);
  }
}

try {
  receiveSignals();
} catch {
  // This version of Node has no such handle.
}
parentPort?.on('message', () => {
  if (firstAt === undefined) onSignal();
});
parentPort?.postMessage('ready');
