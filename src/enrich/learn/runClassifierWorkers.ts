import { Worker } from 'node:worker_threads';
import { UserError } from '../../domain/errors.js';
import type { ClassifierParts } from '../features/classifier.js';
import type { ClassifierMessage, ClassifierWork } from './classifierWorker.js';
import type { TrainingRows, TrainingTask } from './trainClassifier.js';

/**
 * Trains classifiers on the same rows, each group of tasks in a worker thread. Returns them in the order of groups and
 * tasks. Rows on shared memory (`sharedInts`, `sharedFloats`) are not copied.
 * @throws UserError, with the reason, if a thread fails.
 */
export async function runClassifierWorkers(
  rows: TrainingRows,
  groups: readonly (readonly TrainingTask[])[],
  taskDone: () => void,
): Promise<ClassifierParts[][]> {
  return Promise.all(groups.map((tasks) => (tasks.length === 0 ? [] : runGroup({ rows, tasks }, taskDone))));
}

function runGroup(work: ClassifierWork, taskDone: () => void): Promise<ClassifierParts[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./classifierWorker.js', import.meta.url), { workerData: work });
    const trained: ClassifierParts[] = [];
    const fail = (reason: string): void => {
      reject(new UserError(`The enricher could not be trained: ${reason}`));
      void worker.terminate();
    };
    worker.on('error', (error) => fail(error.message));
    worker.on('exit', (code) => fail(`its thread ended with code ${code}.`));
    worker.on('message', (message: ClassifierMessage) => {
      if ('failure' in message) fail(message.failure);
      else {
        taskDone();
        trained[message.task] = message.parts;
        if (trained.length === work.tasks.length) resolve(trained);
      }
    });
  });
}

/** A copy on memory that threads share. */
export function sharedInts(array: Int32Array): Int32Array {
  const shared = new Int32Array(new SharedArrayBuffer(array.byteLength));
  shared.set(array);
  return shared;
}

/** Zeros on memory that threads share. */
export function sharedFloats(length: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(length * 4));
}
