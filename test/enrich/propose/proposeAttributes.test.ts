import { expect, test } from 'vitest';
import type { Product } from '../../../src/domain/product.js';
import { silent } from '../../../src/domain/progress.js';
import { seededRandom } from '../../../src/domain/seededRandom.js';
import type { Example } from '../../../src/enrich/enrich.js';
import { learn } from '../../../src/enrich/learn/learn.js';
import { taxonomySchema } from '../../../src/taxonomy/schema.js';
import { viewTaxonomy } from '../../../src/taxonomy/view.js';

const view = viewTaxonomy(
  taxonomySchema.parse({
    format: 1,
    version: 'sparse-1',
    language: 'en',
    owner: 'tests',
    changelog: [{ version: 'sparse-1', date: '2026-11-21', changes: ['first'] }],
    carried: ['socket', 'glaze'],
    attributes: [
      { id: 'socket', name: 'Socket', type: 'text' },
      { id: 'glaze', name: 'Glaze', type: 'text' },
    ],
  }),
);

const GLAZES = ['cream', 'cobalt', 'speckled', 'ash'];

/** Near one corner for lamps and another for mugs: what kind a thing is, its text does not say. */
function vectorOf(isLamp: boolean, n: number): Float32Array {
  const random = seededRandom(n + 1);
  const vector = Float32Array.from(
    { length: 8 },
    (_, k) => 0.3 * random() + (k === (isLamp ? 0 : 1) ? 1 : 0),
  );
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** A shop that names no categories: lamps have a socket; mugs bear a code as well, and have a glaze. */
const examples: Example[] = Array.from({ length: 240 }, (_, i) => {
  const [socket, glaze] = [`XR${i * 7}`, GLAZES[i % 3] ?? ''];
  const product: Product =
    i % 2 === 0
      ? { id: `l${i}`, title: `Kapok ${socket} ${glaze}`, attributes: { socket } }
      : { id: `m${i}`, title: `Kapok QS${i * 3} ${glaze}`, attributes: { glaze } };
  return { product, vector: vectorOf(i % 2 === 0, i) };
});

test('spans answer for what products like this one have, and for nothing else, however alike the words look', async () => {
  const enricher = await learn(examples, view, { seed: 1, progress: silent });
  const fieldsOf = (isLamp: boolean): string[] =>
    enricher
      .enrich({ id: 'new', title: 'Kapok XR5005 cobalt' }, vectorOf(isLamp, 1000))
      .map(({ field, value }) => `${field} ${value}`);
  expect(fieldsOf(true)).toEqual(['attributes.socket XR5005']);
  expect(fieldsOf(false)).toEqual(['attributes.glaze cobalt']);
});
