import { expect, test } from 'vitest';
import { assembleKnowledge } from '../../../src/enrich/learn/assembleKnowledge.js';
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

test('learns per kind of product which attribute a number belongs to, and that it is no other’s', async () => {
  const examples = Array.from({ length: 24 }, (_, i) => {
    const size = `${60 + i} cm`;
    const product =
      i % 2 === 0
        ? { id: `b${i}`, title: `Bench ${size}`, category: 'Benches', attributes: { width: size } }
        : { id: `t${i}`, title: `Tower ${size}`, category: 'Towers', attributes: { height: size } };
    return { product, vector: undefined };
  });
  const data = await prepareTrainingData(examples, view, 1);
  const { measures } = await assembleKnowledge(
    data,
    Int32Array.from(examples.keys()),
    new Map(),
    { candidates: [], zeroShot: undefined },
    view,
    undefined,
  );
  const reader = new MeasureReader(
    view.taxonomy.attributes.filter((attribute) => attribute.type === 'number+unit'),
  );
  const scores = (title: string, category: string) =>
    Object.fromEntries(
      reader
        .find('title', title, new Set(['width', 'height']), category)
        .map(({ attribute, situations, prior }) => [attribute, measures.estimate(situations, prior)]),
    );
  const bench = scores('Bench 140 cm', 'benches');
  expect(bench.width).toBeGreaterThan(0.6);
  expect(bench.height).toBeLessThan(0.3);
  const tower = scores('Tower 140 cm', 'towers');
  expect(tower.height).toBeGreaterThan(0.6);
  expect(tower.width).toBeLessThan(0.3);
});
