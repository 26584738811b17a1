import { expect, test } from 'vitest';
import { gather, tasksFor } from '../../../src/enrich/learn/gather.js';
import { learnInWorker } from '../../../src/enrich/learn/learnInWorker.js';
import { prepare } from '../../../src/enrich/learn/prepare.js';
import { trainClassifier } from '../../../src/enrich/learn/trainClassifier.js';
import { Classifier, softmax } from '../../../src/enrich/propose/classifier.js';
import { highestScores } from '../../../src/structures/topK.js';
import { toyExamples, toyProducts, toyView } from '../toyShop.js';

const prepared = await prepare(toyExamples(toyProducts(400, 1)), toyView, 1);
const { rows } = prepared;
const taught = Int32Array.from({ length: 300 }, (_, row) => row);
const task = { classes: 4, labels: prepared.categories.labels, rows: taught, seed: 5 };

function accuracy(classifier: Classifier): number {
  const scores = new Float64Array(4);
  let right = 0;
  for (let row = 300; row < 400; row++) {
    const from = rows.starts[row] ?? 0;
    const to = rows.starts[row + 1] ?? 0;
    classifier.score(rows.ids, rows.values, from, to, rows.dense, row * rows.dimension, scores);
    if (highestScores(scores, 1)[0] === prepared.categories.labels[row]) right++;
  }
  return right / 100;
}

test('learns what separates the categories of unseen rows', () => {
  expect(accuracy(new Classifier(trainClassifier(rows, task)))).toBe(1);
});

test('learns from words alone where there are no vectors', async () => {
  const without = await prepare(
    toyProducts(400, 1).map((product) => ({ product, vector: undefined })),
    toyView,
    1,
  );
  expect(without.rows.dimension).toBe(0);
  const parts = trainClassifier(without.rows, task);
  expect(parts.denseWeights).toHaveLength(0);
  expect(accuracy(new Classifier(parts))).toBe(1);
});

test('the same seed gives the same weights, in this thread and in another', async () => {
  const here = trainClassifier(rows, task);
  expect(trainClassifier(rows, task)).toEqual(here);
  expect(trainClassifier(rows, { ...task, seed: 6 })).not.toEqual(here);
  expect(await learnInWorker(rows, [[task]], () => {})).toEqual([[here]]);
});

test('a thread that fails says why', async () => {
  const broken = { ...task, classes: -1 };
  await expect(learnInWorker(rows, [[broken]], () => {})).rejects.toThrow(
    /^The enricher could not be trained: /,
  );
});

test('only rows that teach are asked for a classifier', async () => {
  expect(tasksFor(prepared, taught, 1).map(({ key }) => key)).toEqual(['', 'color', 'season']);
  expect(tasksFor(prepared, new Int32Array(0), 1)[0]?.key).not.toBe('');
  const knowledge = await gather(
    prepared,
    new Int32Array(0),
    new Map(),
    { candidates: [], zeroShot: undefined },
    toyView,
    undefined,
  );
  expect(knowledge.category.classifier).toBeUndefined();
});

test('softmax adds up to one, also far from zero', () => {
  const scores = Float64Array.from([1000, 999, -1000]);
  softmax(scores);
  expect(scores.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1);
  expect(scores[0]).toBeGreaterThan(scores[1] ?? 1);
});
