import { parseFilter } from '../filter/parseFilter.js';
import type { Reading } from '../understand/structure/interpretation.js';
import type { UnderstoodQuery } from '../understand/understandQuery.js';
import type { EngineIndex } from './engineIndex.js';
import { type EngineFound, formsOf } from './engineSets.js';
import { filterProducts } from './filterProducts.js';
import type { FirstScore } from './productEngine.js';

/** What the first score is made of: about what the ranking makes of the same. */
const WEIGHTS = { coverage: 0.6, title: 0.25, brand: 0.2, named: 3, near: 0.4, reading: 0.5 };
/** Steps of the cosine: products of one step have the same score. */
const NEAR_STEPS = 12;

/** What raises products, so that those that rank first are among the first by this score. */
export function firstScores(
  index: EngineIndex,
  { words, named, near }: EngineFound,
  understood: UnderstoodQuery,
  readings: readonly Reading[],
): FirstScore[] {
  const scores: FirstScore[] = [];
  for (const [place, { share, products }] of words.entries()) {
    const word = understood.words[place];
    if (!(share > 0)) continue;
    scores.push({ products, weight: WEIGHTS.coverage * share });
    if (word === undefined) continue;
    scores.push({ products: formsOf(index, word, 'title'), weight: WEIGHTS.title * share });
    scores.push({ products: formsOf(index, word, 'brand'), weight: WEIGHTS.brand * share });
  }
  for (const products of named) scores.push({ products, weight: WEIGHTS.named });
  const ids = [...near];
  const size = Math.ceil(ids.length / NEAR_STEPS);
  for (let at = 0; at < ids.length; at += size) {
    const step = ids.slice(at, at + size);
    const mean = step.reduce((sum, [, cosine]) => sum + cosine, 0) / step.length;
    if (mean > 0)
      scores.push({ products: { kind: 'ids', ids: step.map(([id]) => id) }, weight: WEIGHTS.near * mean });
  }
  for (const { filter, strict } of readings) {
    if (strict) continue;
    const products = filterProducts(index, parseFilter(filter));
    scores.push({ products, weight: WEIGHTS.reading / readings.length });
  }
  return scores;
}
