import { parentPort, workerData } from 'node:worker_threads';
import { type HnswTask, startHnswBuild, type ToHnswBuild } from './hnswBuild.js';

const port = parentPort;
if (port === null) throw new Error('index/vectors/hnswWorker runs as a worker thread');
const task: HnswTask = workerData;

const build = startHnswBuild(task, (message) => port.postMessage(message));
port.on('message', (message: ToHnswBuild) => build.post(message));
// A failure ends the thread as an unhandled rejection, which the builder receives.
void build.ended.then(() => port.close());
