import { Worker } from 'node:worker_threads';
import { UserError } from '../../domain/errors.js';
import type { ClassifierParts } from '../features/classifier.js';
import type { ClassifierMessage, ClassifierWork } from './classifierWorker.js';
import { yieldToEventLoop } from './prepareTrainingData.js';
import { type TrainingRows, type TrainingTask, trainClassifier } from './trainClassifier.js';
import { trainingThreads } from './trainingThreads.js';

/**
 * Trains classifiers on the same rows, each group of tasks in a worker thread. Returns them in the order of groups and
 * tasks. Rows on shared memory (`sharedArrays`) are not copied.
 * @throws UserError, with the reason, if a thread fails.
 */
export async function runClassifierWorkers(
  rows: TrainingRows,
  groups: readonly (readonly TrainingTask[])[],
  taskDone: () => void,
): Promise<ClassifierParts[][]> {
  return Promise.all(groups.map((tasks) => (tasks.length === 0 ? [] : runGroup({ rows, tasks }, taskDone))));
}

/** The same, but in this thread if `count` rows are too few for threads. */
export async function trainClassifiers(
  rows: TrainingRows,
  count: number,
  groups: readonly (readonly TrainingTask[])[],
  taskDone: () => void,
): Promise<ClassifierParts[][]> {
  if (trainingThreads(count) > 0) return runClassifierWorkers(rows, groups, taskDone);
  const trained: ClassifierParts[][] = [];
  for (const tasks of groups) {
    const group: ClassifierParts[] = [];
    for (const task of tasks) {
      group.push(trainClassifier(rows, task));
      taskDone();
      await yieldToEventLoop();
    }
    trained.push(group);
  }
  return trained;
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
