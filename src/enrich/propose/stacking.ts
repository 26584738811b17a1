/**
 * The signals for one category of one product, each on the scale of a log-odds: the classifier's log-probability, the
 * cosine with the category's texts (zero-shot), the cosine with its centroid, the overlap of its name with the title,
 * and whether it has labelled products at all.
 */
export const SIGNALS = 5;
export const [CLASSIFIER, ZERO_SHOT, CENTROID, NAME, HAS_LABELS] = [0, 1, 2, 3, 4] as const;

/** Cosines lie close together. With this scale 0.6 against 0.5 gives odds of e². */
export const COSINE_SCALE = 20;
export const NAME_SCALE = 4;
/** Lower bound of the classifier's log-probability, so that it never excludes a category. */
export const MIN_LOG_PROBABILITY = -9;
/** The log-probability of a category that the classifier does not know. */
export const UNKNOWN_LOG_PROBABILITY = -6;
/** A product's cosine with its category's centroid is higher by about this much than with the category's texts. */
export const TEXT_COSINE_OFFSET = 0.1;
/** Labelled products at which the rarity of a category is a half. */
const HALF_RARITY = 10;

/** Weights of the signals. Each signal has a second weight that is multiplied by the category's rarity and added. */
export interface StackingWeights {
  /** `SIGNALS` weights, then the `SIGNALS` weights for rare categories. */
  readonly weights: readonly number[];
}

/** For shops with too few hold-out rows. Chosen on other catalogs than those that figures are published on. */
export const DEFAULT_STACKING: StackingWeights = {
  weights: [0.9, 0.2, 0.5, 0.2, 0, -0.3, 0.2, 0, 0.6, 0],
};

/** The rarity of a category with this many labelled products: 1 without any, near 0 with many. */
export function rarity(labelled: number): number {
  return 1 / (1 + labelled / HALF_RARITY);
}

/** The weight of a signal for a category of this rarity. */
export function signalWeight(weights: ArrayLike<number>, signal: number, rare: number): number {
  return (weights[signal] ?? 0) + rare * (weights[SIGNALS + signal] ?? 0);
}

/** Log-odds, up to a constant, of the category whose signals start at `at`. */
export function stackedLogit(
  weights: ArrayLike<number>,
  signals: ArrayLike<number>,
  at: number,
  rare: number,
): number {
  let sum = 0;
  for (let i = 0; i < SIGNALS; i++) sum += (signals[at + i] ?? 0) * signalWeight(weights, i, rare);
  return sum;
}
