import { expect, test } from 'vitest';
import { identifierKey, identifierKeys } from '../../../src/index/identifiers/identifierKeys.js';

test.each([
  ['dv7-1211ea', 'dv71211ea'],
  ['00 123', '123'],
  ['000', '0'],
  ['0A1', '0a1'],
  ['00A1', '0a1'],
  ['AB-007', 'ab7'],
  ['AB 7', 'ab7'],
  ['AB-100', 'ab100'],
  ['dv7-00', 'dv700'],
  ['ÄB 1', 'ab1'],
  ['--', ''],
])('%s is looked up as %s', (text, key) => {
  expect(identifierKey(text)).toBe(key);
});

test('codes identify a product in any field; models and names only if they look like codes', () => {
  const product = {
    id: 'P-1',
    name: 'dv7-1211ea',
    ean: ['0884420588030'],
    model: 'Classic',
    modelNumber: '63-0129-05',
    upc: 600603130472,
    attributes: { 'Part Number': 'X 99', MPN: 'AB-1', Model: 'Galaxy S8' },
  };
  expect(identifierKeys(product).sort()).toEqual(
    ['p1', 'dv71211ea', '884420588030', '63012905', '600603130472', 'x99', 'ab1'].sort(),
  );
  expect(identifierKeys({ id: '7', name: 'Standard Capacity Toner Cartridge Cyan 1.6k' })).toEqual(['7']);
});
