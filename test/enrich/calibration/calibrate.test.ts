import { expect, test } from 'vitest';
import { calibrate, type HoldoutRow } from '../../../src/enrich/calibration/calibrate.js';
import { toyView } from '../toyShop.js';

function row(given: string | string[], truth: string | string[] | undefined): HoldoutRow {
  const evidence = { field: 'title', start: 0, end: 1, quote: 'x' };
  return {
    proposals: new Map([['color', [{ method: 'tagger' as const, value: given, score: 0.8, evidence }]]]),
    labels: {
      category: undefined,
      values: truth === undefined ? new Map() : new Map([['color', truth]]),
      explicitlyEmpty: truth === undefined ? new Set(['color']) : new Set(),
    },
  };
}

const many = (count: number, one: HoldoutRow): HoldoutRow[] => Array.from({ length: count }, () => one);
const answered = (rows: readonly HoldoutRow[]) =>
  calibrate(rows, toyView).fields.find(({ field }) => field === 'attributes.color');

test('counts each of several values separately', () => {
  const found = answered(many(40, row(['Red', 'Blue'], ['Red', 'Olive', 'Black'])));
  expect(found).toMatchObject({ answered: 80, right: 40 });
});

test('counts a value as wrong if the merchant states that there is none', () => {
  const rows = [...many(40, row('Red', 'Red')), ...many(40, row('Red', undefined))];
  expect(answered(rows)).toMatchObject({ answered: 80, right: 40 });
});

test('counts nothing for a cell without a label', () => {
  const unknown: HoldoutRow = {
    ...row('Red', 'Red'),
    labels: { category: undefined, values: new Map(), explicitlyEmpty: new Set() },
  };
  expect(answered([...many(40, row('Red', 'Red')), ...many(40, unknown)])).toMatchObject({ answered: 40 });
});
