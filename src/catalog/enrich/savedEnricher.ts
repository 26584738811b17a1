import { open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { faultPoint } from '../../domain/faultPoint.js';
import type { Enricher } from '../../enrich/enricher.js';
import { unpackBundle } from '../../enrich/persistence/bundle.js';
import { flushDirectory } from '../../index/files/flushDirectory.js';
import type { Store } from '../../store/open.js';

/** The file of the enricher that made the store's facts, saved for products that arrive before the next run. */
export function enricherFile(store: Pick<Store, 'path'>): string {
  return path.join(path.dirname(store.path), 'enricher.bin');
}

/** Whether the file exists and is not damaged. */
export async function isUsable(file: string): Promise<boolean> {
  try {
    unpackBundle(await readFile(file), file);
    return true;
  } catch {
    return false;
  }
}

/** Writes an enricher to a file beside and renames it, so that the file is never incomplete. */
export async function saveEnricher(file: string, enricher: Enricher): Promise<void> {
  const beside = `${file}.new`;
  const to = await open(beside, 'w');
  try {
    await to.writeFile(enricher.toBuffer());
    await to.sync();
  } finally {
    await to.close();
  }
  faultPoint('enricher.written');
  await rename(beside, file);
  await flushDirectory(path.dirname(file));
  faultPoint('enricher.renamed');
}
