import { Worker } from 'node:worker_threads';
import { UserError } from '../../domain/errors.js';
import type { ClassifierParts } from '../propose/classifier.js';
import type { Told, Work } from './learnWorker.js';
import type { TrainingRows, TrainingTask } from './trainClassifier.js';

/**
 * Trains classifiers over the same rows, each group of tasks in a thread of its own; answers in the
 * order of groups and tasks. Rows on shared memory (`shared`) are not copied.
 * @throws UserError if a thread fails, with its reason.
 */
export async function learnInWorker(
  rows: TrainingRows,
  groups: readonly (readonly TrainingTask[])[],
  taskDone: () => void,
): Promise<ClassifierParts[][]> {
  return Promise.all(groups.map((tasks) => (tasks.length === 0 ? [] : runGroup({ rows, tasks }, taskDone))));
}

function runGroup(work: Work, taskDone: () => void): Promise<ClassifierParts[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./learnWorker.js', import.meta.url), { workerData: work });
    const found: ClassifierParts[] = [];
    const fail = (reason: string): void => {
      reject(new UserError(`The enricher could not be trained: ${reason}`));
      void worker.terminate();
    };
    worker.on('error', (error) => fail(error.message));
    worker.on('exit', (code) => fail(`its thread ended with code ${code}.`));
    worker.on('message', (told: Told) => {
      if ('failure' in told) fail(told.failure);
      else {
        taskDone();
        found[told.task] = told.parts;
        if (found.length === work.tasks.length) resolve(found);
      }
    });
  });
}

/** Copies onto memory that threads share. */
export function sharedInts(array: Int32Array): Int32Array {
  const shared = new Int32Array(new SharedArrayBuffer(array.byteLength));
  shared.set(array);
  return shared;
}

/** Floats on memory that threads share, all 0. */
export function sharedFloats(length: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(length * 4));
}
