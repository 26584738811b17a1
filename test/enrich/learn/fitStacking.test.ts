import { expect, test } from 'vitest';
import { seededRandom } from '../../../src/domain/seededRandom.js';
import { fitStackingWeights, type Observation } from '../../../src/enrich/learn/fitStacking.js';
import {
  CLASSIFIER,
  DEFAULT_STACKING,
  NAME,
  SIGNALS,
  stackedLogit,
} from '../../../src/enrich/propose/stacking.js';

/** Rows with three categories each: the name signal is informative, the classifier's is noise. */
function observations(count: number): Observation[] {
  const random = seededRandom(3);
  return Array.from({ length: count }, () => {
    const truth = Math.floor(random() * 3);
    const signals = new Float32Array(3 * SIGNALS);
    for (let place = 0; place < 3; place++) {
      signals[place * SIGNALS + CLASSIFIER] = -6 * random();
      signals[place * SIGNALS + NAME] = place === truth ? 4 : 0;
    }
    return { signals, rarities: new Float32Array(3).fill(1), truth };
  });
}

function loss(rows: readonly Observation[], weights: readonly number[]): number {
  let sum = 0;
  for (const { signals, rarities, truth } of rows) {
    const odds = Array.from(rarities, (rare, place) =>
      Math.exp(stackedLogit(weights, signals, place * SIGNALS, rare)),
    );
    sum -= Math.log((odds[truth] ?? 0) / odds.reduce((all, one) => all + one, 0));
  }
  return sum / rows.length;
}

test('informative signals gain weight, noise loses weight, and new rows become more likely', () => {
  const { weights } = fitStackingWeights(observations(500));
  const gained = (signal: number): number =>
    (weights[signal] ?? 0) +
    (weights[SIGNALS + signal] ?? 0) -
    (DEFAULT_STACKING.weights[signal] ?? 0) -
    (DEFAULT_STACKING.weights[SIGNALS + signal] ?? 0);
  expect(gained(NAME)).toBeGreaterThan(0.1);
  expect(gained(CLASSIFIER)).toBeLessThan(-0.1);
  const unseen = observations(700).slice(500);
  expect(loss(unseen, weights)).toBeLessThan(0.5 * loss(unseen, DEFAULT_STACKING.weights));
});

test('few rows leave the default weights', () => {
  expect(fitStackingWeights(observations(20))).toBe(DEFAULT_STACKING);
});
