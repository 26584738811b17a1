/**
 * What is known of one category for one product, each about as large as a log-odds:
 * the classifier's log-probability, closeness to the category's own words, closeness to its labelled
 * products, its name's words in the title, and whether it has labelled products at all.
 */
export const SIGNALS = 5;
export const [SPOKEN, MEANT, RESEMBLED, NAMED, LABELLED] = [0, 1, 2, 3, 4] as const;

/** Cosines lie close together: this makes of .6 against .5 odds of e^2. */
export const COSINE_SCALE = 20;
export const NAMED_SCALE = 4;
/** The classifier is never taken to exclude a category altogether, and of one it does not know it says this. */
export const MIN_SPOKEN = -9;
export const UNSPOKEN = -6;
/** Labelled products lie about this much nearer (in cosine) to a product of their category than its words do. */
export const WORDS_BEHIND = 0.1;
/** Labelled products of a category at which it is half as "rare" as without any. */
const HALF_RARE = 10;

/** How much each signal weighs, and how much more where a category has no labelled products; halfway at ten of them. */
export interface Mixture {
  /** `SIGNALS` weights, then as many for the rare. */
  readonly weights: readonly number[];
}

/** Where nothing could be held out to learn it from: chosen on other catalogs than those that figures are published on. */
export const DEFAULT_MIXTURE: Mixture = {
  weights: [0.9, 0.2, 0.5, 0.2, 0, -0.3, 0.2, 0, 0.6, 0],
};

/** How rare a category with so many labelled products is: 1 without any, towards 0 with many. */
export function rarity(labelled: number): number {
  return 1 / (1 + labelled / HALF_RARE);
}

/** What a signal weighs for a category of this rarity. */
export function weightOf(weights: ArrayLike<number>, signal: number, rare: number): number {
  return (weights[signal] ?? 0) + rare * (weights[SIGNALS + signal] ?? 0);
}

/** Log-odds, up to a constant, of the category whose signals stand at `at`. */
export function mixed(
  weights: ArrayLike<number>,
  signals: ArrayLike<number>,
  at: number,
  rare: number,
): number {
  let sum = 0;
  for (let i = 0; i < SIGNALS; i++) sum += (signals[at + i] ?? 0) * weightOf(weights, i, rare);
  return sum;
}
