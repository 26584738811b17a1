import { createHash } from 'node:crypto';
import type { TaxonomyView } from '../../taxonomy/view.js';
import type { Targets } from '../calibration/targets.js';
import type { Decided, Example } from '../enrich.js';

/** Changes with anything that changes what is learned by the same code; raise it when that code changes. */
const RECIPE = 3;

/** Hash of the examples (text, labels, vectors), the taxonomy, the seed, what people decided and what precision is asked for. */
export function signatureOf(
  examples: readonly Example[],
  view: TaxonomyView,
  seed: number,
  decided: readonly Decided[],
  targets: Targets = {},
): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([RECIPE, seed, view.taxonomy]));
  for (const { product, vector } of examples) {
    const { id, title, description, brand, category, attributes } = product;
    hash.update(JSON.stringify([id, title, description, brand, category, attributes]));
    if (vector !== undefined)
      hash.update(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength));
  }
  if (decided.length > 0) hash.update(JSON.stringify(decided));
  const { default: usual = null, fields = [], categories = [] } = targets;
  hash.update(JSON.stringify([usual, [...fields], [...categories]]));
  return hash.digest('base64url');
}
