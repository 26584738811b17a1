import { expect, test } from 'vitest';
import { silent } from '../../../src/domain/progress.js';
import { learnCategoryCheck } from '../../../src/enrich/learn/learnCategoryCheck.js';
import { toyEmbed, toyExamples, toyProducts, toyVector, toyView } from '../toyShop.js';

const options = { embed: toyEmbed, seed: 1, progress: silent };
const products = toyProducts(600, 1);
/** Every fiftieth product is filed under knives, and used for training like that. */
const misfiled = products.map((product, i) =>
  i % 50 === 0 ? { ...product, category: 'Kitchen > Knives' } : product,
);
const checker = await learnCategoryCheck(toyExamples(misfiled), toyView, options);

test('misfiled rows are suspected, although they were training rows; correct rows are not', () => {
  let wrong = 0;
  let suspected = 0;
  for (const [i, product] of misfiled.entries()) {
    const suspicion = checker.check(product, toyVector(product.title ?? ''));
    const truth = products[i]?.category;
    if (product.category !== truth) wrong++;
    if (suspicion === undefined) continue;
    expect(suspicion).toMatchObject({ field: 'category', given: 'Kitchen > Knives', proposed: truth });
    expect(suspicion.confidence).toBeGreaterThan(0.9);
    suspected++;
  }
  expect(suspected / wrong).toBeGreaterThan(0.7);
});

test('a group that is misfiled as a whole does not confirm itself', async () => {
  const group = Array.from({ length: 12 }, (_, i) => ({
    id: `g${i}`,
    group_id: 'tent-1',
    title: `Kapok Red Tent ${100 * i} g, model ${i}`,
    category: 'Kitchen > Kettles',
  }));
  const groupChecker = await learnCategoryCheck(toyExamples([...products, ...group]), toyView, options);
  for (const product of group) {
    expect(groupChecker.check(product, toyVector(product.title))?.proposed).toBe('Outdoor > Tents');
  }
});

test('blank, unknown and broader categories are not suspected', () => {
  const vector = toyVector('Kapok Red Tent');
  const { category: _, ...blank } = products[0] ?? { id: '1' };
  expect(checker.check(blank, vector)).toBeUndefined();
  expect(checker.check({ id: '1', title: 'Kapok Red Tent', category: 'Camping' }, vector)).toBeUndefined();
  expect(checker.check({ id: '1', title: 'Kapok Red Tent', category: 'Outdoor' }, vector)).toBeUndefined();
});
