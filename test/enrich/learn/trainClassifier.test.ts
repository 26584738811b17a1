import { expect, test } from 'vitest';
import { Classifier, softmax } from '../../../src/enrich/features/classifier.js';
import { assembleKnowledge, classifierTasks } from '../../../src/enrich/learn/assembleKnowledge.js';
import { learnTexts } from '../../../src/enrich/learn/learnTexts.js';
import { prepareTrainingData } from '../../../src/enrich/learn/prepareTrainingData.js';
import { runClassifierWorkers } from '../../../src/enrich/learn/runClassifierWorkers.js';
import { trainClassifier } from '../../../src/enrich/learn/trainClassifier.js';
import { highestScores } from '../../../src/structures/topK.js';
import { toyExamples, toyProducts, toyView } from '../toyShop.js';

const data = await prepareTrainingData(toyExamples(toyProducts(400, 1)), toyView, 1);
const { rows } = data;
const training = Int32Array.from({ length: 300 }, (_, row) => row);
const task = { classes: 4, labels: data.categories.labels, rows: training, seed: 5 };

function accuracy(classifier: Classifier): number {
  const scores = new Float64Array(4);
  let right = 0;
  for (let row = 300; row < 400; row++) {
    const from = rows.starts[row] ?? 0;
    const to = rows.starts[row + 1] ?? 0;
    classifier.score(rows.ids, rows.values, from, to, rows.dense, row * rows.dimension, scores);
    if (highestScores(scores, 1)[0] === data.categories.labels[row]) right++;
  }
  return right / 100;
}

test('learns to separate the categories of new rows', () => {
  expect(accuracy(new Classifier(trainClassifier(rows, task)))).toBe(1);
});

test('learns from words alone without vectors', async () => {
  const without = await prepareTrainingData(
    toyProducts(400, 1).map((product) => ({ product, vector: undefined })),
    toyView,
    1,
  );
  expect(without.rows.dimension).toBe(0);
  const parts = trainClassifier(without.rows, task);
  expect(parts.denseWeights).toHaveLength(0);
  expect(accuracy(new Classifier(parts))).toBe(1);
});

test('the same seed gives the same weights, in this thread and in a worker', async () => {
  const here = trainClassifier(rows, task);
  expect(trainClassifier(rows, task)).toEqual(here);
  expect(trainClassifier(rows, { ...task, seed: 6 })).not.toEqual(here);
  expect(await runClassifierWorkers(rows, [[task]], () => {})).toEqual([[here]]);
});

test('a failing thread reports why', async () => {
  const broken = { ...task, classes: -1 };
  await expect(runClassifierWorkers(rows, [[broken]], () => {})).rejects.toThrow(
    /^The enricher could not be trained: /,
  );
});

test('a classifier is trained only for labelled rows', async () => {
  expect(classifierTasks(data, training, 1).map(({ key }) => key)).toEqual(['', 'color', 'season']);
  expect(classifierTasks(data, new Int32Array(0), 1)[0]?.key).not.toBe('');
  const none = new Int32Array(0);
  const [texts] = await learnTexts(data, [none], toyView);
  if (texts === undefined) throw new Error('nothing was learned from the texts');
  const zeroShot = { candidates: [], zeroShot: undefined };
  const knowledge = assembleKnowledge(data, none, texts, new Map(), zeroShot, undefined);
  expect(knowledge.category.classifier).toBeUndefined();
});

test('softmax adds up to one, also far from zero', () => {
  const scores = Float64Array.from([1000, 999, -1000]);
  softmax(scores);
  expect(scores.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1);
  expect(scores[0]).toBeGreaterThan(scores[1] ?? 1);
});
