import { expect, test } from 'vitest';
import { silent } from '../../../src/domain/progress.js';
import { learnDoubts } from '../../../src/enrich/learn/learnDoubts.js';
import { toyEmbed, toyExamples, toyProducts, toyVector, toyView } from '../toyShop.js';

const tools = { embed: toyEmbed, seed: 1, progress: silent };
const products = toyProducts(600, 1);
/** Every fiftieth is filed under knives, whatever it is, and taught as such. */
const misfiled = products.map((product, i) =>
  i % 50 === 0 ? { ...product, category: 'Kitchen > Knives' } : product,
);
const doubter = await learnDoubts(toyExamples(misfiled), toyView, tools);

test('rows filed wrongly are doubted, though they taught; rows filed rightly are not', () => {
  let wrong = 0;
  let doubted = 0;
  for (const [i, product] of misfiled.entries()) {
    const doubt = doubter.doubt(product, toyVector(product.title ?? ''));
    const truth = products[i]?.category;
    if (product.category !== truth) wrong++;
    if (doubt === undefined) continue;
    expect(doubt).toMatchObject({ field: 'category', given: 'Kitchen > Knives', proposed: truth });
    expect(doubt.confidence).toBeGreaterThan(0.9);
    doubted++;
  }
  expect(doubted / wrong).toBeGreaterThan(0.7);
});

test('a group filed wrongly as a whole does not vouch for itself', async () => {
  const group = Array.from({ length: 12 }, (_, i) => ({
    id: `g${i}`,
    group_id: 'tent-1',
    title: `Kapok Red Tent ${100 * i} g, model ${i}`,
    category: 'Kitchen > Kettles',
  }));
  const doubts = await learnDoubts(toyExamples([...products, ...group]), toyView, tools);
  for (const product of group) {
    expect(doubts.doubt(product, toyVector(product.title))?.proposed).toBe('Outdoor > Tents');
  }
});

test('nothing is doubted that is blank, unknown, or filed less finely', () => {
  const vector = toyVector('Kapok Red Tent');
  const { category: _, ...blank } = products[0] ?? { id: '1' };
  expect(doubter.doubt(blank, vector)).toBeUndefined();
  expect(doubter.doubt({ id: '1', title: 'Kapok Red Tent', category: 'Camping' }, vector)).toBeUndefined();
  expect(doubter.doubt({ id: '1', title: 'Kapok Red Tent', category: 'Outdoor' }, vector)).toBeUndefined();
});
