import type { LiveIndex, NearestBounds } from '../../index/liveIndex.js';

/**
 * Sentences about law, science, news and prayer, which nobody searches a shop for. They show what cosine
 * chance alone reaches.
 */
const UNRELATED_SENTENCES = [
  'the parliament voted on the budget amendment',
  'quantum field theory lecture notes',
  'how to file an income tax return',
  'the court dismissed the appeal yesterday',
  'photosynthesis converts light into chemical energy',
  'mortgage interest rates forecast',
  'the treaty ended the thirty years war',
  'symptoms of a bacterial infection',
  'proof that there are infinitely many primes',
  'plumber near me open now',
  'tectonic plates drift a few centimetres a year',
  'who won the presidential election',
  'visa requirements for a transit stay',
  'a sermon on forgiveness',
  'stock market falls after inflation report',
  'divorce lawyer consultation',
  'train timetable to the capital',
  'the enzyme binds to its substrate',
  'grammar of the ablative case',
  'unemployment benefit application form',
  'the orchestra rehearsed the second movement',
  'population genetics of island birds',
  'how do vaccines train the immune system',
  'merger of two insurance companies',
  'weather warning for coastal regions',
  'apply for a parking permit',
  'the philosopher argued against free will',
  'lyrics of the national anthem',
  'black holes evaporate by radiation',
  'customer service phone number of my bank',
] as const;

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
export async function calibrateCutoff(
  index: LiveIndex,
  embed: (texts: readonly string[]) => Promise<readonly Float32Array[]>,
): Promise<number> {
  if (index.generation.model === null || index.generation.counts.points === 0) return DEFAULT_MIN_COSINE;
  const nearestCosines: number[] = [];
  for (const sentence of UNRELATED_SENTENCES) {
    // One at a time, so that searches can run in between.
    const [vector] = await embed([sentence]);
    if (vector?.length === index.generation.model.dimension)
      nearestCosines.push(index.nearestWithin(vector, NEAREST).cosines[0] ?? 0);
  }
  nearestCosines.sort((a, b) => a - b);
  const cutoff = nearestCosines[Math.floor(nearestCosines.length * QUANTILE)] ?? DEFAULT_MIN_COSINE;
  return Math.min(MAX_CUTOFF, Math.max(MIN_CUTOFF, cutoff));
}
