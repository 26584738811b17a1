import { expect, test } from 'vitest';
import type { Product } from '../../../src/domain/product.js';
import { Classifier } from '../../../src/enrich/features/classifier.js';
import { Encoder } from '../../../src/enrich/features/encoder.js';
import { FEATURE_SPACE, FeatureHasher } from '../../../src/enrich/features/featureHasher.js';
import { Vocabulary } from '../../../src/enrich/features/vocabulary.js';

/**
 * An encoder with the product's words as vocabulary, and a classifier with the given weights of words for
 * class 0.
 */
function context(
  product: Product,
  weights: Record<string, number>,
): { encoder: Encoder; classifier: Classifier } {
  const counts = new Int32Array(FEATURE_SPACE);
  const reader = new FeatureHasher();
  reader.read(product);
  for (const hash of reader.hashes.subarray(0, reader.words)) counts[hash] = 2;
  const vocabulary = Vocabulary.of(counts, 10);
  const encoder = new Encoder(vocabulary);
  encoder.encode(product);
  const pairWeights = new Float32Array(vocabulary.size);
  for (const [word, weight] of Object.entries(weights)) {
    const alone = new FeatureHasher();
    alone.read({ id: '', title: word });
    const id = vocabulary.hashes.indexOf(alone.hashes[0] ?? -1);
    pairWeights[id] = weight;
  }
  return {
    encoder,
    classifier: new Classifier({
      classes: 2,
      dimension: 0,
      pairStarts: Int32Array.from({ length: vocabulary.size + 1 }, (_, i) => i),
      pairClasses: new Uint16Array(vocabulary.size),
      pairWeights,
      denseWeights: new Float32Array(0),
      bias: new Float32Array(2),
    }),
  };
}

const product: Product = { id: '1', title: 'Miaucroft dinner pouches salmon', brand: 'Miaucroft' };

test('a word of the brand gives way to a word that is nearly as strong', () => {
  const near = context(product, { miaucroft: 4, pouches: 3 });
  expect(near.encoder.explain(product, near.classifier, 0, 1, 2)?.evidence.quote).toBe('pouches');
  const far = context(product, { miaucroft: 4, pouches: 1 });
  expect(far.encoder.explain(product, far.classifier, 0, 1, 2)?.evidence.quote).toBe('Miaucroft');
});

test('the share is the part of the margin that the words contribute', () => {
  const { encoder, classifier } = context(product, { pouches: 3 });
  const some = encoder.explain(product, classifier, 0, 1, 2)?.share ?? 0;
  const little = encoder.explain(product, classifier, 0, 1, 20)?.share ?? 0;
  expect(some).toBeGreaterThan(0.25);
  expect(little).toBeCloseTo(some / 10);
  expect(encoder.explain(product, classifier, 0, 1, -1)?.share).toBe(0);
});
