import { expect, test } from 'vitest';
import { seededRandom } from '../../../src/domain/seededRandom.js';
import { type Observation, weighMixture } from '../../../src/enrich/learn/weighMixture.js';
import { DEFAULT_MIXTURE, mixed, NAMED, SIGNALS, SPOKEN } from '../../../src/enrich/propose/mixture.js';

/** Rows of three categories each; one signal tells the truth, the classifier's is noise. */
function observations(count: number): Observation[] {
  const random = seededRandom(3);
  return Array.from({ length: count }, () => {
    const truth = Math.floor(random() * 3);
    const signals = new Float32Array(3 * SIGNALS);
    for (let place = 0; place < 3; place++) {
      signals[place * SIGNALS + SPOKEN] = -6 * random();
      signals[place * SIGNALS + NAMED] = place === truth ? 4 : 0;
    }
    return { signals, rarities: new Float32Array(3).fill(1), truth };
  });
}

function loss(rows: readonly Observation[], weights: readonly number[]): number {
  let sum = 0;
  for (const { signals, rarities, truth } of rows) {
    const odds = Array.from(rarities, (rare, place) =>
      Math.exp(mixed(weights, signals, place * SIGNALS, rare)),
    );
    sum -= Math.log((odds[truth] ?? 0) / odds.reduce((all, one) => all + one, 0));
  }
  return sum / rows.length;
}

test('what tells the truth on held-out rows weighs more, noise less, and unseen rows are likelier for it', () => {
  const { weights } = weighMixture(observations(500));
  const gained = (signal: number): number =>
    (weights[signal] ?? 0) +
    (weights[SIGNALS + signal] ?? 0) -
    (DEFAULT_MIXTURE.weights[signal] ?? 0) -
    (DEFAULT_MIXTURE.weights[SIGNALS + signal] ?? 0);
  expect(gained(NAMED)).toBeGreaterThan(0.1);
  expect(gained(SPOKEN)).toBeLessThan(-0.1);
  const unseen = observations(700).slice(500);
  expect(loss(unseen, weights)).toBeLessThan(0.5 * loss(unseen, DEFAULT_MIXTURE.weights));
});

test('a handful of rows changes nothing', () => {
  expect(weighMixture(observations(20))).toBe(DEFAULT_MIXTURE);
});
