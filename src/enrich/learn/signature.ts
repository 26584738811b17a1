import { createHash } from 'node:crypto';
import type { TaxonomyView } from '../../taxonomy/view.js';
import type { PrecisionTargets } from '../calibration/policies.js';
import type { Example, ReviewOutcome } from '../enricher.js';

/** Increase it whenever a change of the code changes what is learned from the same input. */
const ALGORITHM_VERSION = 5;

/** Hash of everything that learning depends on: examples (text, labels, vectors), taxonomy, seed, reviews and targets. */
export function signatureOf(
  examples: readonly Example[],
  view: TaxonomyView,
  seed: number,
  reviewOutcomes: readonly ReviewOutcome[],
  targets: PrecisionTargets = {},
): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([ALGORITHM_VERSION, seed, view.taxonomy]));
  for (const { product, vector } of examples) {
    const { id, title, description, brand, category, attributes } = product;
    hash.update(JSON.stringify([id, title, description, brand, category, attributes]));
    if (vector !== undefined)
      hash.update(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength));
  }
  if (reviewOutcomes.length > 0) hash.update(JSON.stringify(reviewOutcomes));
  const { default: shared = null, fields = [], categories = [] } = targets;
  hash.update(JSON.stringify([shared, [...fields], [...categories]]));
  return hash.digest('base64url');
}
