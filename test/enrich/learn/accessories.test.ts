import { beforeAll, expect, test } from 'vitest';
import type { Enricher } from '../../../src/enrich/enricher.js';
import { learn } from '../../../src/enrich/learn/learn.js';
import { ModelEnricher } from '../../../src/enrich/modelEnricher.js';
import { readEnricher } from '../../../src/enrich/persistence/loadEnricher.js';
import { toyEmbed, toyExamples, toyProducts, toyVector, toyView } from '../toyShop.js';

let enricher: Enricher;

beforeAll(async () => {
  enricher = await learn(toyExamples(toyProducts(400, 5)), toyView, {
    embed: toyEmbed,
    seed: 1,
    progress: () => {},
  });
});

function category(title: string, by: Enricher = enricher): [status: string | undefined, confidence: number] {
  const facts = by.enrich({ id: 'x', title }, toyVector(title));
  const fact = facts.find(({ field }) => field === 'category');
  return [fact?.status, fact?.confidence ?? 0];
}

test.each(['Brunnwerk Red Tent 900 g, model 7', 'Kapok Navy Blue Kettle 1200 g', 'Olive knife'])(
  'a product of the shop is applied: %s',
  (title) => {
    expect(category(title)[0]).toBe('applied');
  },
);

test.each([
  'Tent replacement cover, Olive',
  'Kettle descaler',
  'Knife grinder',
  'Hook for tents, Red',
  'Storage box, fits kettles',
])('an accessory is not: %s', (title) => {
  const [status, confidence] = category(title);
  expect(status).not.toBe('applied');
  expect(confidence).toBeLessThan(0.7);
});

test('accessories are no rows of the hold-out in the report', () => {
  expect(enricher.report.heldOut).toBe(400);
});

test('a saved enricher tells accessories as well', () => {
  const loaded = new ModelEnricher(readEnricher(enricher.toBuffer(), 'toy'), toyView);
  for (const title of ['Tent replacement cover, Olive', 'Olive knife'])
    expect(category(title, loaded)).toEqual(category(title));
});
