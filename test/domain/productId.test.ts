import { describe, expect, it } from 'vitest';
import { readProduct } from '../../src/domain/product.js';
import { findIdProblem, MAX_ID_LENGTH } from '../../src/domain/productId.js';
import { readRow } from '../../src/domain/readRow.js';

describe('findIdProblem', () => {
  it.each(['7', 'a/b', '🧦 kids', 'é'.repeat(MAX_ID_LENGTH)])('accepts %j', (id) => {
    expect(findIdProblem(id)).toBeUndefined();
  });

  it.each([
    ['', /missing or empty/],
    ['sock \ud83e', /not valid Unicode/],
    ['\udde6 sock', /not valid Unicode/],
    ['x'.repeat(MAX_ID_LENGTH + 1), /^1001 characters; expected at most 1000$/],
  ])('rejects %j', (id, reason) => {
    expect(findIdProblem(id)).toMatch(reason);
    expect(readProduct({ id })).toEqual({ problems: [{ field: 'id', reason: findIdProblem(id) }] });
  });
});

describe('a field with the name __proto__', () => {
  it.each([
    ['{"id":"1","__proto__":"x"}', '__proto__'],
    ['{"id":"1","__proto__":{"a":1}}', '__proto__'],
    ['{"id":"1","attributes":{"__proto__":"x","fit":"Slim"}}', 'attributes.__proto__'],
  ])('is reported in %s', (json, field) => {
    const reason = 'no field can have the name __proto__; rename it';
    expect(readProduct(JSON.parse(json))).toEqual({ problems: [{ field, reason }] });
    expect(readRow(JSON.parse(json))).toMatchObject({
      product: { id: '1' },
      unreadable: [{ field, reason }],
    });
  });
});
