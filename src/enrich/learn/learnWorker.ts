import { parentPort, workerData } from 'node:worker_threads';
import { sentenceOf } from '../../domain/errors.js';
import type { ClassifierParts } from '../propose/classifier.js';
import { type TrainingRows, type TrainingTask, trainClassifier } from './trainClassifier.js';

/** Trains the tasks it is started with, one after another, and speaks the messages below. */
export interface Work {
  readonly rows: TrainingRows;
  readonly tasks: readonly TrainingTask[];
}
export type Told = { readonly task: number; readonly parts: ClassifierParts } | { readonly failure: string };

const port = parentPort;
if (port === null) throw new Error('enrich/learnWorker runs as a worker thread');
const work: Work = workerData;

try {
  for (const [task, one] of work.tasks.entries()) {
    const parts = trainClassifier(work.rows, one);
    port.postMessage({ task, parts } satisfies Told);
  }
} catch (error) {
  port.postMessage({ failure: sentenceOf(error) } satisfies Told);
}
