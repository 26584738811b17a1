import { expect, test } from 'vitest';
import { learnTexts } from '../../../src/enrich/learn/learnTexts.js';
import { prepareTrainingData } from '../../../src/enrich/learn/prepareTrainingData.js';
import { MeasureReader } from '../../../src/enrich/propose/measure.js';
import { taxonomySchema } from '../../../src/taxonomy/schema.js';
import { viewTaxonomy } from '../../../src/taxonomy/view.js';

const view = viewTaxonomy(
  taxonomySchema.parse({
    format: 1,
    version: 'sides-1',
    language: 'en',
    owner: 'tests',
    changelog: [{ version: 'sides-1', date: '2026-11-30', changes: ['first'] }],
    carried: ['width', 'height'],
    categories: [
      { id: 'benches', name: 'Benches' },
      { id: 'towers', name: 'Towers' },
    ],
    attributes: [
      { id: 'width', name: 'Width', type: 'number+unit', unit: 'cm' },
      { id: 'height', name: 'Height', type: 'number+unit', unit: 'cm' },
    ],
  }),
);

const examples = Array.from({ length: 24 }, (_, i) => {
  const size = `${60 + i} cm`;
  const product =
    i % 2 === 0
      ? { id: `b${i}`, title: `Bench ${size}`, category: 'Benches', attributes: { width: size } }
      : { id: `t${i}`, title: `Tower ${size}`, category: 'Towers', attributes: { height: size } };
  return { product, vector: undefined };
});
const data = await prepareTrainingData(examples, view, 1);
const all = Int32Array.from(examples.keys());

test('learns per kind of product which attribute a number belongs to, and that it is no other’s', async () => {
  const [learned] = await learnTexts(data, [all], view);
  const reader = new MeasureReader(
    view.taxonomy.attributes.filter((attribute) => attribute.type === 'number+unit'),
  );
  const scores = (title: string, category: string) =>
    Object.fromEntries(
      reader
        .find('title', title, new Set(['width', 'height']), category)
        .map(({ attribute, situations, prior }) => [
          attribute,
          learned?.measures.estimate(situations, prior),
        ]),
    );
  const bench = scores('Bench 140 cm', 'benches');
  expect(bench.width).toBeGreaterThan(0.6);
  expect(bench.height).toBeLessThan(0.3);
  const tower = scores('Tower 140 cm', 'towers');
  expect(tower.height).toBeGreaterThan(0.6);
  expect(tower.width).toBeLessThan(0.3);
});

test('learns of several fits at once what it learns of each', async () => {
  const fits = [
    all.filter((row) => row % 3 !== 0),
    all.filter((row) => row % 2 === 0),
    all,
    new Int32Array(0),
  ];
  const together = await learnTexts(data, fits, view);
  const alone = await Promise.all(fits.map(async (rows) => (await learnTexts(data, [rows], view))[0]));
  expect(together).toEqual(alone);
  expect(together.map(({ measures }) => measures.entries())).toEqual(
    alone.map((one) => one?.measures.entries()),
  );
  expect(new Set(together.map(({ measures }) => measures.entries().length)).size).toBeGreaterThan(1);
});
