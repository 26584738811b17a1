import { highestScores } from '../../structures/topK.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { Encoder } from '../features/encode.js';
import type { Knowledge } from '../propose/knowledge.js';
import { SIGNALS } from '../propose/mixture.js';
import { CategoryScorer } from '../propose/scoreCategories.js';
import { breathe, type Prepared } from './prepare.js';
import type { Split } from './splitRows.js';
import { type Observation, weighMixture } from './weighMixture.js';

/** Categories a row that are weighed against its own. */
const RIVALS = 40;
const MAX_ROWS = 2_000;

/** Learns from the rows held out of each fit how to mix what is known of categories, and gives it to all fits. */
export async function mixFits(
  prepared: Prepared,
  splits: readonly Split[],
  fits: readonly Knowledge[],
  view: TaxonomyView,
): Promise<Knowledge[]> {
  if (fits.every(({ category }) => category.mixture === undefined)) return [...fits];
  const observations: Observation[] = [];
  for (const [i, { heldOut }] of splits.entries()) {
    const fit = fits[i];
    if (fit !== undefined) observations.push(...(await observe(prepared, heldOut, fit, view)));
  }
  const mixture = weighMixture(observations.slice(0, MAX_ROWS));
  return fits.map((fit) => ({ ...fit, category: { ...fit.category, mixture } }));
}

async function observe(
  prepared: Prepared,
  rows: Int32Array,
  { category, vocabulary }: Knowledge,
  view: TaxonomyView,
): Promise<Observation[]> {
  const scorer = new CategoryScorer(category, view);
  const encoder = new Encoder(vocabulary);
  const placeOf = new Map(scorer.ids.map((id, place) => [id, place]));
  const observations: Observation[] = [];
  for (const [n, row] of rows.entries()) {
    if (n % 200 === 0) await breathe();
    const product = prepared.products[row];
    const truth = placeOf.get(prepared.labels[row]?.category ?? '');
    if (product === undefined || truth === undefined) continue;
    encoder.encode(product);
    if (!scorer.score(product, encoder, prepared.vectors[row])) continue;
    const rivals = highestScores(scorer.probabilities, RIVALS);
    if (!rivals.includes(truth)) rivals.push(truth);
    const signals = new Float32Array(rivals.length * SIGNALS);
    for (const [i, place] of rivals.entries()) {
      signals.set(scorer.signals.subarray(place * SIGNALS, (place + 1) * SIGNALS), i * SIGNALS);
    }
    observations.push({
      signals,
      rarities: Float32Array.from(rivals, (place) => scorer.rarities[place] ?? 1),
      truth: rivals.indexOf(truth),
    });
  }
  return observations;
}
