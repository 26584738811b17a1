import { expect, test } from 'vitest';
import type { FieldProblem } from '../../../src/domain/fieldProblem.js';
import { setGtin } from '../../../src/formats/layout/setGtin.js';

function read(cell: string) {
  const draft: Record<string, unknown> = {};
  const unreadable: FieldProblem[] = [];
  setGtin(draft, unreadable, cell);
  return { gtin: draft.gtin, fields: unreadable.map(({ field }) => field) };
}

test.each([
  ['5012345678900', '5012345678900'],
  ['5012345678900.0', '5012345678900'],
  ['5,012345678901E+12', '5012345678901'],
  ['5.012345678901e12', '5012345678901'],
  ['0012345678905', '0012345678905'],
])('%s is read as %s', (cell, gtin) => {
  expect(read(cell)).toEqual({ gtin, fields: [] });
});

test.each(['5,01235E+12', '5.01E12', '5E+12'])('%s is unreadable, because digits are missing', (cell) => {
  expect(read(cell)).toEqual({ gtin: null, fields: ['gtin'] });
});
