import { expect, it } from 'vitest';
import { ExampleSample } from '../../../src/catalog/enrich/exampleSample.js';

it('keeps labelled products: with a category or any attribute', () => {
  const examples = new ExampleSample();
  for (const product of [
    { id: 'a', category: 'Shirts' },
    { id: 'b', attributes: { color: 'Red' } },
    { id: 'c', title: 'Shirt', category: ' ', attributes: {} },
  ])
    examples.offer(product);
  expect(examples.kept.map(({ id }) => id)).toEqual(['a', 'b']);
});

it('keeps at most 60,000 of a long stream, spread evenly over it', () => {
  const examples = new ExampleSample();
  const length = 150_000;
  let max = 0;
  for (let place = 0; place < length; place++) {
    examples.offer({ id: String(place), category: 'x' });
    max = Math.max(max, examples.kept.length);
  }
  expect(max).toBe(60_000);
  expect(examples.kept.map(({ id }) => Number(id))).toEqual(
    Array.from({ length: Math.ceil(length / 4) }, (_, place) => 4 * place),
  );
});
