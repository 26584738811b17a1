import { join } from 'node:path';
import { sentenceOf } from '../../domain/errors.js';
import { damaged, verifyFile } from '../files/checksummedFile.js';
import { FILES } from '../generation/generationFiles.js';
import { type Manifest, readManifest } from '../generation/manifest.js';
import type { HnswParameters } from './hnswGraph.js';
import { readHnswLabels } from './hnswLabels.js';

/** Deleted points slow a graph down and reduce its recall; above this share it is rebuilt. */
const MAX_DELETED = 0.15;

/** What a build writes. */
export const BUILT_FILES = [FILES.graph, FILES.vectors, FILES.links, FILES.quantized] as const;

/**
 * How the new graph is made: `fresh` from nothing; `rebuilt` from the previous generation's vectors;
 * `extended`, its graph with points added and deleted; `unchanged`, a copy of its files.
 */
export interface HnswPlan {
  readonly mode: 'fresh' | 'rebuilt' | 'extended' | 'unchanged';
  /** The reason in words, for the log. */
  readonly reason: string;
  /** The previous generation's folder; undefined if the mode is fresh. */
  readonly previous: string | undefined;
  readonly manifest: Manifest | undefined;
  /** Keys by row at the start of the build; '' for a deleted row. */
  readonly keys: readonly string[];
  /** Rows of the previous generation to rebuild (in the order of `keys`), or labels to delete. */
  readonly rows: Uint32Array;
}

/**
 * Decides what of the previous generation can be reused for these keys. Its files are checked first, so that
 * damage is not copied.
 */
export async function planHnsw(options: {
  readonly model: { readonly sha256: string; readonly dimension: number };
  readonly parameters: HnswParameters;
  readonly keys: ReadonlySet<string>;
  readonly previous: string | undefined;
}): Promise<HnswPlan> {
  const { model, parameters, keys, previous } = options;
  if (previous === undefined) return fresh('there is no previous generation');
  try {
    const manifest = await readManifest(previous);
    if (manifest.model === null) return fresh('the previous generation has no vectors');
    if (manifest.model.sha256 !== model.sha256 || manifest.model.dimension !== model.dimension) {
      return fresh('the model has changed');
    }
    const labels = await readHnswLabels(previous, manifest);
    for (const name of BUILT_FILES) {
      const facts = manifest.files[name];
      if (facts === undefined) throw damaged(join(previous, name), 'is not in the manifest');
      await verifyFile(join(previous, name), facts);
    }
    const previousKeys = labels.keys.slice();
    const kept = previousKeys.map((key) => (keys.has(key) ? key : ''));
    const keptRows = rowsWhere(kept, (key) => key !== '');
    if (keptRows.length === 0) return fresh('no vector of the previous generation is still needed');
    const newKeys = keys.size - keptRows.length;
    const deletedRows = rowsWhere(previousKeys, (key) => key !== '' && !keys.has(key));
    const deletedCount = kept.length - keptRows.length;
    const sameParameters =
      manifest.parameters.m === parameters.m &&
      manifest.parameters.efConstruction === parameters.efConstruction &&
      manifest.parameters.seed === parameters.seed;
    if (!sameParameters || deletedCount > MAX_DELETED * (kept.length + newKeys)) {
      const reason = sameParameters
        ? `${deletedCount} of ${kept.length} points are deleted`
        : 'the parameters have changed';
      return {
        mode: 'rebuilt',
        reason,
        previous,
        manifest,
        keys: kept.filter((key) => key !== ''),
        rows: keptRows,
      };
    }
    if (newKeys === 0 && deletedRows.length === 0) {
      return {
        mode: 'unchanged',
        reason: 'no vector has changed',
        previous,
        manifest,
        keys: kept,
        rows: deletedRows,
      };
    }
    return {
      mode: 'extended',
      reason: `${newKeys} points are new and ${deletedRows.length} deleted`,
      previous,
      manifest,
      keys: kept,
      rows: deletedRows,
    };
  } catch (error) {
    return fresh(`the previous generation cannot be used: ${sentenceOf(error)}`);
  }
}

function fresh(reason: string): HnswPlan {
  return {
    mode: 'fresh',
    reason,
    previous: undefined,
    manifest: undefined,
    keys: [],
    rows: new Uint32Array(0),
  };
}

function rowsWhere(keys: readonly string[], test: (key: string) => boolean): Uint32Array {
  const rows: number[] = [];
  for (const [row, key] of keys.entries()) if (test(key)) rows.push(row);
  return Uint32Array.from(rows);
}
