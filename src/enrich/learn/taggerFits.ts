import type { Taxonomy } from '../../taxonomy/schema.js';
import { viewTaxonomy } from '../../taxonomy/view.js';
import type { Gazetteer } from '../tag/gazetteer.js';
import type { TaggerParts } from '../tag/tagger.js';
import { readTaggerRows, type TaggerRow, trainTagger } from '../tag/trainTagger.js';

/** Taggers to train on parts of the same rows. */
export interface TaggerWork {
  readonly taxonomy: Taxonomy;
  readonly rows: readonly TaggerRow[];
  /** Indexes into `rows`. */
  readonly fits: readonly { readonly split: number; readonly rows: Int32Array }[];
  readonly seed: number;
}

/** Threads exchange plain data only, so the gazetteer is sent as its map. `parts` is undefined for too few rows. */
export interface TaggerFit {
  readonly split: number;
  readonly parts: (Omit<TaggerParts, 'gazetteer'> & { readonly known: Gazetteer['known'] }) | undefined;
}

/** Trains one tagger after another. */
export function* taggerFits(work: TaggerWork): Generator<TaggerFit> {
  const rows = readTaggerRows(work.rows, viewTaxonomy(work.taxonomy));
  for (const { split, rows: training } of work.fits) {
    const chosen = Array.from(training, (row) => rows[row]).filter((row) => row !== undefined);
    const trained = trainTagger(chosen, work.seed);
    if (trained === undefined) yield { split, parts: undefined };
    else {
      const { gazetteer, ...parts } = trained;
      yield { split, parts: { ...parts, known: gazetteer.known } };
    }
  }
}
