import { describe, expect, it } from 'vitest';
import { readProduct } from '../../src/domain/product.js';
import { findBeyondLimits, PRODUCT_LIMITS } from '../../src/domain/productLimits.js';

const { attributes, characters, depth, fields, levels, name, text, values } = PRODUCT_LIMITS;
const numbered = (count: number, value: unknown = 1) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`a${n}`, value]));
const nested = (count: number): unknown => JSON.parse(`${'['.repeat(count)}1${']'.repeat(count)}`);
const path = (count: number) => Array.from({ length: count }, (_, n) => `L${n}`).join(' > ');
const long = (count: number) => 'x'.repeat(count);

describe('limits of a product', () => {
  it.each([
    ['title', { title: long(text.title) }, { title: long(text.title + 1) }],
    ['description', { description: long(text.description) }, { description: long(text.description + 1) }],
    ['notes', { notes: long(text.other) }, { notes: long(text.other + 1) }],
    [
      'attributes.fit',
      { attributes: { fit: long(text.other) } },
      { attributes: { fit: long(text.other + 1) } },
    ],
    ['attributes', { attributes: numbered(attributes) }, { attributes: numbered(attributes + 1) }],
    ['', numbered(fields - 1), numbered(fields + 1)],
    ['tags', { tags: Array(values).fill('x') }, { tags: Array(values + 1).fill('x') }],
    [
      'attributes.tags',
      { attributes: { tags: Array(values).fill('x') } },
      { attributes: { tags: Array(values + 1).fill('x') } },
    ],
    ['category', { category: path(levels) }, { category: path(levels + 1) }],
    ['category', { category: path(levels).split(' > ') }, { category: path(levels + 1).split(' > ') }],
    ['extra', { extra: nested(depth) }, { extra: nested(depth + 1) }],
    [
      long(name + 1)
        .slice(0, name)
        .concat('…'),
      { [long(name)]: 1 },
      { [long(name + 1)]: 1 },
    ],
  ])('refuse the field %s one beyond, and take what is within', (field, within, beyond) => {
    expect(findBeyondLimits({ id: 'a', ...within })).toBeUndefined();
    expect(findBeyondLimits({ id: 'a', ...beyond })).toMatchObject({ field, limit: true });
    expect(readProduct({ id: 'a', ...beyond })).toEqual({
      problems: [{ field, limit: true, reason: expect.stringMatching(/; expected (?:at most|fewer)/) }],
    });
  });

  it('count all texts together, names included', () => {
    const each = long(text.other);
    const record = { id: 'a', one: each, two: each, three: each };
    expect(findBeyondLimits(record)).toBeUndefined();
    const rest = characters - 3 * text.other;
    expect(findBeyondLimits({ ...record, four: long(rest) })).toMatchObject({ field: 'four' });
    expect(findBeyondLimits({ id: 'a', attributes: numbered(900, Array(250).fill('')) })).toMatchObject({
      field: expect.stringMatching(/^attributes\.a\d+$/),
    });
  });
});
