import { describe, expect, it } from 'vitest';
import { FEATURE_COUNT, FEATURES } from '../../../src/audit/duplicates/comparePair.js';
import {
  type Comparisons,
  fitLinkage,
  linkageLogOdds,
  UNRANKED,
} from '../../../src/audit/duplicates/fitLinkage.js';

const place = (name: string): number => FEATURES.findIndex((feature) => feature.name === name);

/**
 * Twenty kinds of product with six rows each. Rows of one kind agree partly; in every second kind two rows
 * agree fully.
 */
function kinds(): { comparisons: Comparisons; same: number[]; akin: number[]; unlike: number[] } {
  const rows: { first: number; second: number; levels: [wording: number, meaning: number, price: number] }[] =
    [];
  const [same, akin, unlike]: [number[], number[], number[]] = [[], [], []];
  for (let kind = 0; kind < 20; kind++) {
    for (let i = 0; i < 6; i++) {
      for (let j = i + 1; j < 6; j++) {
        const isSame = kind % 2 === 0 && i === 0 && j === 1;
        const noise = (i * 3 + j + kind) % 3;
        (isSame ? same : akin).push(rows.length);
        rows.push({
          first: kind * 6 + i,
          second: kind * 6 + j,
          levels: isSame ? [8, 7, 5] : [4 + noise, 5 + (noise % 2), 1 + noise],
        });
      }
      unlike.push(rows.length);
      const other = (kind * 6 + i + 17) % 120;
      rows.push({
        first: Math.min(kind * 6 + i, other),
        second: Math.max(kind * 6 + i, other),
        levels: [1 + (i % 2), 1 + (kind % 2), 1 + (i % 3)],
      });
    }
  }
  const levels = new Uint8Array(rows.length * FEATURE_COUNT);
  for (const [
    pair,
    {
      levels: [wording, meaning, price],
    },
  ] of rows.entries()) {
    levels[pair * FEATURE_COUNT + place('wording')] = wording;
    levels[pair * FEATURE_COUNT + place('meaning')] = meaning;
    levels[pair * FEATURE_COUNT + place('price')] = price;
  }
  const pairs = {
    first: Uint32Array.from(rows, ({ first }) => first),
    second: Uint32Array.from(rows, ({ second }) => second),
  };
  return {
    comparisons: { pairs, listings: 120, levels, distinct: new Uint8Array(rows.length) },
    same,
    akin,
    unlike,
  };
}

describe('fitLinkage', () => {
  it('learns “same thing” and not “same kind”, although pairs of one kind are far more frequent', () => {
    const { comparisons, same, akin, unlike } = kinds();
    const guess = new Float64Array(comparisons.distinct.length).fill(0.01);
    for (const pair of [...same, ...akin]) guess[pair] = 0.6;
    const linkage = fitLinkage(comparisons, guess, UNRANKED);
    const odds = (pair: number): number => linkageLogOdds(linkage, comparisons.levels, pair);
    expect(Math.min(...same.map(odds))).toBeGreaterThan(0);
    expect(Math.max(...akin.map(odds), ...unlike.map(odds))).toBeLessThan(0);
  });

  it('never gives more agreement a lower weight', () => {
    const { comparisons } = kinds();
    const { weights } = fitLinkage(
      comparisons,
      new Float64Array(comparisons.distinct.length).fill(0.3),
      UNRANKED,
    );
    for (const weight of weights) {
      for (let level = 2; level < weight.length; level++) {
        expect(weight[level]).toBeGreaterThanOrEqual((weight[level - 1] ?? 0) - 1e-9);
      }
    }
  });
});
