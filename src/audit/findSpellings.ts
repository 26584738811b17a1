import type { Product } from '../domain/product.js';
import { finish } from '../structures/inSlices.js';
import type { TaxonomyView } from '../taxonomy/view.js';
import { forEachSpelling } from './betterSpellings.js';
import type { Finding } from './report.js';
import { SpellingCounts } from './spellingClusters.js';

/**
 * Finds values written in several ways: spellings that fold to the same (`Navy blue`, `navy-blue`), aliases beside the name
 * under a governed taxonomy, one letter off a much more frequent value, and measures in another unit than the attribute's.
 * Suggests the taxonomy's name if it is `governed`, else the most frequent spelling.
 */
export function findSpellings(
  products: readonly Product[],
  view: TaxonomyView,
  governed: boolean,
): Finding[] {
  const counts = new SpellingCounts();
  for (const product of products) counts.add(product);
  const better = finish(counts.corrections(view, governed));
  const found: Finding[] = [];
  for (const product of products) {
    forEachSpelling(product, (field, text) => {
      const correction = better.get(field)?.get(text);
      if (correction === undefined) return;
      const { suggestion, message } = correction;
      found.push({ kind: 'spelling', id: product.id, field, value: text, suggestion, message });
    });
  }
  return found;
}
