/** What is known of a product: clicks, and times that it was looked at without. */
export interface Trials {
  readonly id: string;
  readonly successes: number;
  readonly failures: number;
}

/**
 * Thompson sampling (Thompson 1933; Chapelle & Li, "An empirical evaluation of Thompson sampling", 2011): draws a click
 * rate for each product from its Beta posterior and returns the ids by draw, best first. A product that was never
 * shown is drawn from the prior, so it comes first now and then.
 * @param prior clicks and misses of an average product; worth one look at a rate of 5 % unless given.
 */
export function thompsonOrder(
  products: readonly Trials[],
  random: () => number,
  prior: { readonly successes: number; readonly failures: number } = { successes: 0.05, failures: 0.95 },
): string[] {
  return products
    .map(({ id, successes, failures }) => ({
      id,
      draw: sampleBeta(successes + prior.successes, failures + prior.failures, random),
    }))
    .sort((a, b) => b.draw - a.draw || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
}

/** A draw from Beta(a, b), both above 0. */
export function sampleBeta(a: number, b: number, random: () => number): number {
  // By logarithms, because draws of small shapes are smaller than the smallest number.
  const difference = logGammaDraw(b, random) - logGammaDraw(a, random);
  return 1 / (1 + Math.exp(difference));
}

/** A standard normal draw (Box & Muller, 1958). */
export function sampleNormal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Logarithm of a draw from Gamma(shape, 1) (Marsaglia & Tsang, "A simple method for generating gamma variables", 2000). */
function logGammaDraw(shape: number, random: () => number): number {
  if (shape < 1) return logGammaDraw(shape + 1, random) + Math.log(1 - random()) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = sampleNormal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return Math.log(d * v);
  }
}
