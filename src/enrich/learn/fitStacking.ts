import { highestScores } from '../../structures/topK.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { Encoder } from '../features/encoder.js';
import type { Knowledge } from '../propose/knowledge.js';
import { CategoryScorer } from '../propose/scoreCategories.js';
import { DEFAULT_STACKING, SIGNALS, type StackingWeights, stackedLogit } from '../propose/stacking.js';
import { type TrainingData, yieldToEventLoop } from './prepareTrainingData.js';
import type { Split } from './splitHoldout.js';

/** Categories per row that compete with the true one. */
const MAX_RIVALS = 40;
const MAX_ROWS = 2_000;

/**
 * Fits the weights that combine the category signals (stacking, Wolpert 1992) to the hold-out rows of all fits, and
 * gives the same weights to every fit.
 */
export async function fitStacking(
  data: TrainingData,
  splits: readonly Split[],
  fits: readonly Knowledge[],
  view: TaxonomyView,
): Promise<Knowledge[]> {
  if (fits.every(({ category }) => category.stacking === undefined)) return [...fits];
  const observations: Observation[] = [];
  for (const [i, { holdout }] of splits.entries()) {
    const fit = fits[i];
    if (fit !== undefined) observations.push(...(await observe(data, holdout, fit, view)));
  }
  const stacking = fitStackingWeights(observations.slice(0, MAX_ROWS));
  return fits.map((fit) => ({ ...fit, category: { ...fit.category, stacking } }));
}

async function observe(
  data: TrainingData,
  rows: Int32Array,
  { category, vocabulary }: Knowledge,
  view: TaxonomyView,
): Promise<Observation[]> {
  const scorer = new CategoryScorer(category, view);
  const encoder = new Encoder(vocabulary);
  const indexOf = new Map(scorer.ids.map((id, index) => [id, index]));
  const observations: Observation[] = [];
  for (const [n, row] of rows.entries()) {
    if (n % 200 === 0) await yieldToEventLoop();
    const product = data.products[row];
    const truth = indexOf.get(data.labels[row]?.category ?? '');
    if (product === undefined || truth === undefined) continue;
    encoder.encode(product);
    if (!scorer.score(product, encoder, data.vectors[row])) continue;
    const rivals = highestScores(scorer.probabilities, MAX_RIVALS);
    if (!rivals.includes(truth)) rivals.push(truth);
    const signals = new Float32Array(rivals.length * SIGNALS);
    for (const [i, index] of rivals.entries()) {
      signals.set(scorer.signals.subarray(index * SIGNALS, (index + 1) * SIGNALS), i * SIGNALS);
    }
    observations.push({
      signals,
      rarities: Float32Array.from(rivals, (index) => scorer.rarities[index] ?? 1),
      truth: rivals.indexOf(truth),
    });
  }
  return observations;
}

/** The signals of a hold-out row's likeliest categories, and which of them is the true one. */
export interface Observation {
  /** `SIGNALS` numbers per category. */
  readonly signals: Float32Array;
  /** One per category. */
  readonly rarities: Float32Array;
  /** Index of the true category. */
  readonly truth: number;
}

/** Strength of the penalty on deviation from the default weights, in rows. */
const PRIOR_STRENGTH = 30;
const ITERATIONS = 150;
const LEARNING_RATE = 0.15;
const MIN_ROWS = 40;

/**
 * Maximum a posteriori weights of a conditional logit model (McFadden 1974), with a Gaussian prior around the default
 * weights; by full-batch Adam (Kingma & Ba 2015). Returns the default weights for fewer than 40 rows.
 */
export function fitStackingWeights(observations: readonly Observation[]): StackingWeights {
  if (observations.length < MIN_ROWS) return DEFAULT_STACKING;
  const { weights: prior } = DEFAULT_STACKING;
  const weights = Float64Array.from(prior);
  const firstMoment = new Float64Array(weights.length);
  const secondMoment = new Float64Array(weights.length);
  const gradient = new Float64Array(weights.length);
  for (let step = 1; step <= ITERATIONS; step++) {
    gradient.fill(0);
    for (const observation of observations) addGradient(observation, weights, gradient);
    const rate = LEARNING_RATE * (1 - (step - 1) / ITERATIONS);
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i] ?? 0;
      const slope = ((gradient[i] ?? 0) + PRIOR_STRENGTH * (weight - (prior[i] ?? 0))) / observations.length;
      firstMoment[i] = 0.9 * (firstMoment[i] ?? 0) + 0.1 * slope;
      secondMoment[i] = 0.99 * (secondMoment[i] ?? 0) + 0.01 * slope * slope;
      const direction = (firstMoment[i] ?? 0) / (1 - 0.9 ** step);
      const size = Math.sqrt((secondMoment[i] ?? 0) / (1 - 0.99 ** step)) + 1e-8;
      weights[i] = weight - (rate * direction) / size;
    }
  }
  return { weights: [...weights] };
}

/** Adds the gradient of the negative log-likelihood of one row. */
function addGradient(
  { signals, rarities, truth }: Observation,
  weights: Float64Array,
  gradient: Float64Array,
): void {
  const odds = new Float64Array(rarities.length);
  let max = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < odds.length; index++) {
    const logit = stackedLogit(weights, signals, index * SIGNALS, rarities[index] ?? 0);
    odds[index] = logit;
    max = Math.max(max, logit);
  }
  let sum = 0;
  for (let index = 0; index < odds.length; index++) {
    odds[index] = Math.exp((odds[index] ?? 0) - max);
    sum += odds[index] ?? 0;
  }
  for (let index = 0; index < odds.length; index++) {
    const error = (odds[index] ?? 0) / sum - (index === truth ? 1 : 0);
    if (Math.abs(error) < 1e-6) continue;
    const rarity = rarities[index] ?? 0;
    for (let i = 0; i < SIGNALS; i++) {
      const share = error * (signals[index * SIGNALS + i] ?? 0);
      gradient[i] = (gradient[i] ?? 0) + share;
      gradient[SIGNALS + i] = (gradient[SIGNALS + i] ?? 0) + share * rarity;
    }
  }
}
