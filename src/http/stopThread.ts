import { parentPort } from 'node:worker_threads';

/*
 * The thread of StopDeadline. It waits without the event loop of the main thread. SIGKILL is the one signal that a process
 * with a blocked event loop obeys.
 */
parentPort?.on('message', (milliseconds: number) => {
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), milliseconds);
});
