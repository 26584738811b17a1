import type { LiveIndex, NearestBounds } from '../../index/liveIndex.js';
import type { EmbedTexts } from '../relevance/calibrateRelevance.js';
import { UNRELATED_SENTENCES } from '../relevance/unrelatedTexts.js';

/** Share of these sentences that must not find anything by meaning. */
const QUANTILE = 0.9;
/**
 * Limits for the model: hits below the minimum are noise; a cut-off above the maximum would lose titles with
 * nearly the same meaning.
 */
const MIN_CUTOFF = 0.2;
const MAX_CUTOFF = 0.4;

/**
 * Bounds that return only the nearest products. Calibrating also builds the quantized rows, so the first
 * search does not have to wait for them.
 */
const NEAREST: NearestBounds = { min: -1, share: 1, max: 1 };

/** Used until the catalog's own cut-off is known. */
export const DEFAULT_MIN_COSINE = 0.3;

/**
 * The minimum cosine for semantic hits in this catalog: the cosine of the nearest product that nine in ten
 * unrelated sentences stay below. The larger the catalog, the higher it is.
 */
export async function calibrateCutoff(index: LiveIndex, embed: EmbedTexts): Promise<number> {
  if (index.generation.model === null || index.generation.counts.points === 0) return DEFAULT_MIN_COSINE;
  const nearestCosines: number[] = [];
  for (const sentence of UNRELATED_SENTENCES) {
    // One at a time, so that searches can run in between.
    const [vector] = await embed([sentence], true);
    if (vector?.length === index.generation.model.dimension)
      nearestCosines.push(index.nearestWithin(vector, NEAREST).cosines[0] ?? 0);
  }
  nearestCosines.sort((a, b) => a - b);
  const cutoff = nearestCosines[Math.floor(nearestCosines.length * QUANTILE)] ?? DEFAULT_MIN_COSINE;
  return Math.min(MAX_CUTOFF, Math.max(MIN_CUTOFF, cutoff));
}
