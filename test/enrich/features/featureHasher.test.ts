import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FEATURE_SPACE, FeatureHasher } from '../../../src/enrich/features/featureHasher.js';

function featuresOf(product: { title?: string; brand?: string; description?: string }): number[] {
  const reader = new FeatureHasher();
  reader.read({ id: '1', ...product });
  return [...reader.hashes.subarray(0, reader.count)];
}

test('every feature is in the space, occurs once, and comes from a word of the text', () => {
  const reader = new FeatureHasher();
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.option(fc.string({ unit: 'grapheme' }), { nil: undefined }),
      (title, brand) => {
        const product = { id: '1', title, ...(brand === undefined ? {} : { brand }) };
        reader.read(product);
        const hashes = reader.hashes.subarray(0, reader.count);
        expect(new Set(hashes).size).toBe(hashes.length);
        expect(hashes.every((hash) => hash >= 0 && hash < FEATURE_SPACE)).toBe(true);
        for (let i = 0; i < reader.count; i++) {
          const token = reader.tokens[reader.owners[i] ?? -1];
          if (token === undefined) throw new Error('a feature without a word');
          const text = token.field === 'title' ? title : (brand ?? '');
          expect(text.slice(token.start, token.end).length).toBe(token.end - token.start);
          expect(token.end).toBeGreaterThan(token.start);
        }
      },
    ),
  );
});

test('case and accents make no difference, other words do', () => {
  expect(featuresOf({ title: 'Crème BRÛLÉE Torch' })).toEqual(featuresOf({ title: 'creme brulee torch' }));
  expect(featuresOf({ title: 'creme brulee torch' })).not.toEqual(featuresOf({ title: 'creme brulee dish' }));
});

test('the description counts only without a title', () => {
  expect(featuresOf({ title: 'Kettle', description: 'Whistles' })).toEqual(featuresOf({ title: 'Kettle' }));
  expect(featuresOf({ description: 'Whistles' }).length).toBeGreaterThan(0);
  expect(featuresOf({})).toEqual([]);
});
