import { parentPort, workerData } from 'node:worker_threads';
import { sentenceOf } from '../../domain/errors.js';
import type { ClassifierParts } from '../features/classifier.js';
import { type TrainingRows, type TrainingTask, trainClassifier } from './trainClassifier.js';

/** The input of this worker: it trains the tasks one after another and posts a `ClassifierMessage` for each. */
export interface ClassifierWork {
  readonly rows: TrainingRows;
  readonly tasks: readonly TrainingTask[];
}
export type ClassifierMessage =
  | { readonly task: number; readonly parts: ClassifierParts }
  | { readonly failure: string };

const port = parentPort;
if (port === null) throw new Error('enrich/classifierWorker runs as a worker thread');
const work: ClassifierWork = workerData;

try {
  for (const [task, one] of work.tasks.entries()) {
    const parts = trainClassifier(work.rows, one);
    port.postMessage({ task, parts } satisfies ClassifierMessage);
  }
} catch (error) {
  port.postMessage({ failure: sentenceOf(error) } satisfies ClassifierMessage);
}
