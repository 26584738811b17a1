import { parentPort, workerData } from 'node:worker_threads';
import { sentenceOf } from '../../domain/errors.js';
import { type TaggerFit, type TaggerWork, taggerFits } from './taggerFits.js';

export type TaggerMessage = TaggerFit | { readonly failure: string };

const port = parentPort;
if (port === null) throw new Error('enrich/taggerWorker runs as a worker thread');
const work: TaggerWork = workerData;

/** Posts a `TaggerMessage` for each fit, one after another. */
try {
  for (const fit of taggerFits(work)) port.postMessage(fit satisfies TaggerMessage);
} catch (error) {
  port.postMessage({ failure: sentenceOf(error) } satisfies TaggerMessage);
}
