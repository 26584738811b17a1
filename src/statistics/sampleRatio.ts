import { logBeta } from './normal.js';

/** Concentration of the Dirichlet mixture: sharp for shares that are off by about 2 %. */
const CONCENTRATION = 1000;

/**
 * Sequential test of whether units arrive in the intended ratio: an always-valid p-value, so that it may be looked at after
 * every unit (Lindon & Malek, "Anytime-valid inference for multinomial count data", 2022). The mixture is a Dirichlet
 * around the intended shares.
 * @param weights intended relative sizes, above 0.
 */
export function sampleRatioPValue(counts: readonly number[], weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = weights.map((weight) => weight / total);
  const prior = shares.map((share) => CONCENTRATION * share);
  let logRatio = logBeta(prior.map((value, place) => value + (counts[place] ?? 0))) - logBeta(prior);
  for (const [place, share] of shares.entries()) logRatio -= (counts[place] ?? 0) * Math.log(share);
  return Math.min(1, Math.exp(-logRatio));
}
