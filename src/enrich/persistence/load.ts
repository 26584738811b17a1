import { readFile } from 'node:fs/promises';
import { UserError } from '../../domain/errors.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import type { Enricher } from '../enrich.js';
import { ModelEnricher } from '../modelEnricher.js';
import { readEnricher } from './save.js';

/**
 * Reads an enricher saved by `toBuffer`. Under a taxonomy that has moved on since, it stays silent about
 * categories, attributes and values that are no more.
 * @throws UserError if the file is missing, no enricher, or of another format version.
 */
export async function loadEnricher(file: string, view: TaxonomyView): Promise<Enricher> {
  let packed: Uint8Array;
  try {
    packed = await readFile(file);
  } catch (error) {
    throw new UserError(`No enricher could be read from ${file}; run a reindex, which learns one.`, {
      cause: error,
    });
  }
  return new ModelEnricher(readEnricher(packed, file), view);
}
