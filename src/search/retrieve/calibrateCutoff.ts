import type { LiveIndex, NearestBounds } from '../../index/liveIndex.js';

/** What nobody types into a shop: sentences of law, science, news and prayer, to see how near chance comes. */
const FOREIGN = [
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

/** So many of the sentences that have nothing to do with a catalog shall find nothing by meaning. */
const QUANTILE = 0.9;
/** The model's own bounds: below, nothing is meant; above, titles that say nearly the same would be lost. */
const LEAST = 0.2;
const MOST = 0.4;

/** Those no less near than the nearest. Asked here, so that the first search need not wait until it can be asked. */
const NEAREST: NearestBounds = { min: -1, share: 1, max: 1 };

/** Used until a catalog's own cut-off is known. */
export const DEFAULT_MIN_COSINE = 0.3;

/**
 * The cosine that a product must reach to be found by meaning alone in this catalog: as near as the nearest
 * product comes to nine in ten sentences of other domains. The larger the catalog, the nearer chance comes.
 */
export async function calibrateCutoff(
  index: LiveIndex,
  embed: (texts: readonly string[]) => Promise<readonly Float32Array[]>,
): Promise<number> {
  if (index.generation.model === null || index.generation.counts.points === 0) return DEFAULT_MIN_COSINE;
  const nearest: number[] = [];
  for (const sentence of FOREIGN) {
    // One after another, so that searches of the generation before find their turn between.
    const [vector] = await embed([sentence]);
    if (vector?.length === index.generation.model.dimension)
      nearest.push(index.nearestWithin(vector, NEAREST).cosines[0] ?? 0);
  }
  nearest.sort((a, b) => a - b);
  const found = nearest[Math.floor(nearest.length * QUANTILE)] ?? DEFAULT_MIN_COSINE;
  return Math.min(MOST, Math.max(LEAST, found));
}
