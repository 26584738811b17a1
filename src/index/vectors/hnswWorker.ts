import { parentPort, workerData } from 'node:worker_threads';
import { HnswBuild, type HnswTask, type ToHnswBuild } from './hnswBuild.js';

const port = parentPort;
if (port === null) throw new Error('index/vectors/hnswWorker runs as a worker thread');
const task: HnswTask = workerData;

const build = HnswBuild.start(task, (message) => port.postMessage(message));
let queue: Promise<void> = build.then(() => undefined);
port.on('message', (message: ToHnswBuild) => {
  // One message at a time. A failure ends the thread as an unhandled rejection, which the builder receives.
  queue = queue.then(async () => {
    if (!(await (await build).handle(message))) port.close();
  });
});
