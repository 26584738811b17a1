import { parentPort, workerData } from 'node:worker_threads';
import { sentenceOf } from '../../domain/errors.js';
import type { Taxonomy } from '../../taxonomy/schema.js';
import { viewTaxonomy } from '../../taxonomy/view.js';
import type { Gazetteer } from '../tag/gazetteer.js';
import type { TaggerParts } from '../tag/tagger.js';
import { readTaggerRows, type TaggerRow, trainTagger } from '../tag/trainTagger.js';

/** The input of this worker: for each fit, one after another, it trains a tagger and posts a `TaggerMessage`. */
export interface TaggerWork {
  readonly taxonomy: Taxonomy;
  readonly rows: readonly TaggerRow[];
  /** Indexes into `rows`. */
  readonly fits: readonly { readonly split: number; readonly rows: Int32Array }[];
  readonly seed: number;
}
/** Threads exchange plain data only, so the gazetteer is sent as its map. */
export type TaggerMessage =
  | {
      readonly split: number;
      readonly parts: (Omit<TaggerParts, 'gazetteer'> & { readonly known: Gazetteer['known'] }) | undefined;
    }
  | { readonly failure: string };

const port = parentPort;
if (port === null) throw new Error('enrich/taggerWorker runs as a worker thread');
const work: TaggerWork = workerData;

try {
  const rows = readTaggerRows(work.rows, viewTaxonomy(work.taxonomy));
  for (const { split, rows: training } of work.fits) {
    const chosen = Array.from(training, (row) => rows[row]).filter((row) => row !== undefined);
    const trained = trainTagger(chosen, work.seed);
    if (trained === undefined) port.postMessage({ split, parts: undefined } satisfies TaggerMessage);
    else {
      const { gazetteer, ...parts } = trained;
      port.postMessage({ split, parts: { ...parts, known: gazetteer.known } } satisfies TaggerMessage);
    }
  }
} catch (error) {
  port.postMessage({ failure: sentenceOf(error) } satisfies TaggerMessage);
}
