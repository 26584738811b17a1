import { parentPort, workerData } from 'node:worker_threads';
import { sentenceOf } from '../../domain/errors.js';
import type { Taxonomy } from '../../taxonomy/schema.js';
import { viewTaxonomy } from '../../taxonomy/view.js';
import type { Gazetteer } from '../tag/gazetteer.js';
import type { TaggerParts } from '../tag/tagger.js';
import { readTaught, type TaughtRow, trainTagger } from '../tag/trainTagger.js';

/** Trains a tagger for each fit, one after another, on the rows that it names, and speaks the messages below. */
export interface TaggerWork {
  readonly taxonomy: Taxonomy;
  readonly taught: readonly TaughtRow[];
  readonly fits: readonly { readonly split: number; readonly rows: Int32Array }[];
  readonly seed: number;
}
/** A gazetteer crosses threads as what it knows. */
export type TaggerTold =
  | {
      readonly split: number;
      readonly parts: (Omit<TaggerParts, 'gazetteer'> & { readonly known: Gazetteer['known'] }) | undefined;
    }
  | { readonly failure: string };

const port = parentPort;
if (port === null) throw new Error('enrich/taggerWorker runs as a worker thread');
const work: TaggerWork = workerData;

try {
  const rows = readTaught(work.taught, viewTaxonomy(work.taxonomy));
  for (const { split, rows: taught } of work.fits) {
    const chosen = Array.from(taught, (row) => rows[row]).filter((row) => row !== undefined);
    const trained = trainTagger(chosen, work.seed);
    if (trained === undefined) port.postMessage({ split, parts: undefined } satisfies TaggerTold);
    else {
      const { gazetteer, ...parts } = trained;
      port.postMessage({ split, parts: { ...parts, known: gazetteer.known } } satisfies TaggerTold);
    }
  }
} catch (error) {
  port.postMessage({ failure: sentenceOf(error) } satisfies TaggerTold);
}
