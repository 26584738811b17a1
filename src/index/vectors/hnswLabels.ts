import { join } from 'node:path';
import { groupByNumber } from '../../structures/countingSort.js';
import { damaged, readVerified } from '../files/checksummedFile.js';
import { SectionReader } from '../files/sectionReader.js';
import type { SectionWriter } from '../files/sectionWriter.js';
import { FILES } from '../generation/generationFiles.js';
import type { Manifest } from '../generation/manifest.js';

/** Maps vector rows to products: products with the same text share a row. */
export interface HnswLabels {
  /** The key of each row; '' for a row that no product uses. */
  readonly keys: RowKeys;
  /** Row of each ordinal; -1 for a product without a vector. */
  readonly vectorOf: Int32Array;
  /** Ordinals of row r, ascending: `ordinals` from `offsets[r]` to before `offsets[r + 1]`. */
  readonly offsets: Uint32Array;
  readonly ordinals: Uint32Array;
}

/** A list of keys, which need not be in memory one by one. */
export interface RowKeys {
  readonly length: number;
  slice(): readonly string[];
}

/** Builds the labels from the row of each ordinal. Rows without a product lose their key. */
export function hnswLabels(keys: readonly string[], vectorOf: Int32Array): HnswLabels {
  const { offsets, items: ordinals } = groupByNumber(vectorOf, keys.length);
  return {
    keys: keys.map((key, row) => (offsets[row] === offsets[row + 1] ? '' : key)),
    vectorOf,
    offsets,
    ordinals,
  };
}

export function writeHnswLabels(to: SectionWriter, labels: HnswLabels): void {
  to.strings('keys', labels.keys.slice());
  to.array('vectorOf', labels.vectorOf);
  to.array('offsets', labels.offsets);
  to.array('ordinals', labels.ordinals);
}

/** Reads and checks `graph-labels.bin` of a generation with vectors. */
export async function readHnswLabels(dir: string, manifest: Manifest): Promise<HnswLabels> {
  const path = join(dir, FILES.labels);
  const facts = manifest.files[FILES.labels];
  if (facts === undefined) throw damaged(path, 'is not in the manifest');
  const sections = new SectionReader(path, await readVerified(path, facts));
  return {
    keys: sections.strings('keys'),
    vectorOf: sections.i32('vectorOf'),
    offsets: sections.u32('offsets'),
    ordinals: sections.u32('ordinals'),
  };
}
