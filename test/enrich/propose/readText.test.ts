import { expect, test } from 'vitest';
import { silent } from '../../../src/domain/progress.js';
import { learn } from '../../../src/enrich/learn/learn.js';
import { toyExamples, toyProducts, toyVector, toyView } from '../toyShop.js';

/** Every second row has its colour, in the shop's own spelling; all titles contain it. */
const shop = toyProducts(400, 5).map((product, i) => {
  const { color, ...rest } = product.attributes ?? {};
  const kept = color === 'Navy Blue' ? 'NAVY' : String(color).toUpperCase();
  return { ...product, attributes: i % 2 === 0 ? { ...rest, color: kept } : rest };
});

test('training rows without a colour get the one in their title, in canonical form', async () => {
  const learned = await learn(toyExamples(shop), toyView, {
    embed: async (texts) => texts.map(toyVector),
    seed: 1,
    progress: silent,
  });
  const report = learned.report.fields.find(({ field }) => field === 'attributes.color');
  expect((report?.right ?? 0) / (report?.heldOut ?? 1)).toBeGreaterThan(0.95);
  const blank = shop.filter(({ attributes }) => !('color' in attributes));
  const truth = new Map(toyProducts(400, 5).map(({ id, attributes }) => [id, attributes?.color]));
  let applied = 0;
  for (const product of blank) {
    const fact = learned
      .enrich(product, toyVector(product.title ?? ''))
      .find(({ field }) => field === 'attributes.color');
    if (fact?.status === 'applied' && fact.value === truth.get(product.id)) applied++;
  }
  expect(applied / blank.length).toBeGreaterThan(0.95);
});
