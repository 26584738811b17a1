import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ValueRules } from '../../src/index/columns/valueRules.js';
import { documentId, encodeField, keyOfToken, valueToken } from '../../src/opensearch/documentNames.js';
import { decodeVector, encodeVector, productDocument } from '../../src/opensearch/productDocument.js';

const columns = { rules: ValueRules.NONE, sortable: () => undefined };
const name = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.string({ maxLength: 300 }));

test('every field has a name of its own that is no path and no pattern', () => {
  expect(encodeField('attributes.color')).toBe('a_color');
  fc.assert(
    fc.property(name, name, (a, b) => {
      const [one, other] = [encodeField(a), encodeField(b)];
      expect(one).toMatch(/^[afh]_[a-z0-9_]{0,160}$/);
      expect(one === other).toBe(a === b);
      expect(encodeField(`attributes.${a}`)).not.toBe(encodeField(a));
    }),
  );
});

test('ids that the engine would refuse are hashed, and stay different', () => {
  const long = 'ä'.repeat(400);
  expect(documentId('A-1')).toBe('A-1');
  expect(Buffer.byteLength(documentId(long))).toBeLessThan(512);
  expect(documentId(`${long}b`)).not.toBe(documentId(long));
  expect(documentId(documentId(long))).not.toBe(documentId(long));
});

test('a document holds what filters, facets, sorting and ranking need', () => {
  const document = productDocument(
    {
      id: 'A-007',
      title: 'Red Rain Boots',
      category: 'Clothing > Shoes',
      categories: ['Clothing > Shoes', 'Outdoor'],
      price: 49.9,
      group_id: 'G1',
      status: 'Draft',
      attributes: { color: ['Red', 'RED', 'Blue'], weight: '900 g' },
    },
    Float32Array.of(0.6, 0.8),
    columns,
  );
  expect(document).toMatchObject({
    id: 'A-007',
    status: 'draft',
    group: 'G1',
    identifiers: ['a7'],
    codes: ['a7', 'a007'],
    numbers: { f_price: [49.9], a_weight: [0.9] },
    first: { f_price: 49.9, a_weight: 0.9 },
    sort: { f_title: 'red rain boots', a_color: 'red', f_category: 'clothing > shoes' },
  });
  expect(document.terms).toEqual(expect.arrayContaining(['red', 'rain', 'boot', 'blue']));
  expect(document.lexical.terms).toHaveLength(document.lexical.packed.length);
  const colors = document.values.filter((token) => token.startsWith('a_color'));
  expect(colors.map((token) => keyOfToken('attributes.color', token))).toEqual(['red', 'blue']);
  expect(document.values).not.toContain(valueToken('title', 'Red Rain Boots'));
  expect(document.within).toEqual(
    ['clothing', 'clothing > shoes', 'outdoor'].map((key) => valueToken('category', key)),
  );
  expect(document.unit === undefined ? [] : [...decodeVector(document.unit)]).toEqual([
    ...Float32Array.of(0.6, 0.8),
  ]);
});

test('a product without a usable vector has none', () => {
  expect(productDocument({ id: '1' }, new Float32Array(3), columns)).not.toHaveProperty('vector');
  expect(productDocument({ id: '1' }, undefined, columns)).not.toHaveProperty('unit');
});

test('vectors come back bit by bit', () => {
  fc.assert(
    fc.property(fc.float32Array({ noNaN: true }), (vector) => {
      expect([...decodeVector(encodeVector(vector))]).toEqual([...vector]);
    }),
  );
});
