import fc from 'fast-check';
import type { Product } from '../../src/domain/product.js';

const WORDS = [
  'red',
  'Blue',
  'running',
  'shoes',
  'shoe',
  'T-shirt',
  'café',
  '8GB',
  '1234-XYZ-B5',
  "men's",
  '2.0',
  '手机壳',
  'battery',
  'Core™2',
  '27in',
  '1 1/4"',
  '10x20 cm',
  'C#',
  '🧸',
  'リンゴ',
  '가방끈',
];

export const words = fc
  .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 5 })
  .map((list) => list.join(' '));

const value = fc.oneof(
  fc.constantFrom('Red', 'Blue', '8 GB', '16 GB', 'Yes', 'No'),
  fc.integer({ min: 0, max: 5 }),
  fc.boolean(),
  fc.array(fc.constantFrom('S', 'M', 'L'), { maxLength: 3 }),
);

/** Small products whose ids, words and values often coincide. */
export const products: fc.Arbitrary<Product> = fc
  .record(
    {
      id: fc.integer({ min: 0, max: 12 }).map((n) => `p${n}`),
      title: words,
      brand: fc.constantFrom('Acme', 'Über', 'H&M'),
      category: fc.constantFrom('Shoes', 'Shoes > Running'),
      description: words,
      price: fc.integer({ min: 0, max: 4 }),
      stock: fc.integer({ min: 0, max: 2 }),
      availability: fc.constantFrom('in stock', 'out of stock'),
      rating: fc.constantFrom(4.5, 3),
      gtin: fc.constantFrom('00123', '0123', 'AB-12'),
      tags: fc.array(fc.constantFrom('new', 'sale'), { maxLength: 2 }),
      attributes: fc.dictionary(fc.constantFrom('color', 'memory', 'touchscreen', 'mpn'), value),
    },
    { requiredKeys: ['id'] },
  )
  .map((product) => JSON.parse(JSON.stringify(product)));

/** The same numbers for the same seed (mulberry32), 0 to below 1. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `count` unit vectors around a few centroids, as titles of a catalog cluster by category. */
export function clusteredVectors(
  count: number,
  dimension: number,
  clusters: number,
  seed: number,
): Float32Array[] {
  const next = random(seed);
  const centres = Array.from({ length: clusters }, () =>
    Float32Array.from({ length: dimension }, () => next() - 0.5),
  );
  return Array.from({ length: count }, (_, i) => {
    const centre = centres[i % clusters] ?? new Float32Array(dimension);
    const vector = centre.map((number) => number + (next() - 0.5) * 1.2);
    const length = Math.hypot(...vector);
    return vector.map((number) => number / length);
  });
}
