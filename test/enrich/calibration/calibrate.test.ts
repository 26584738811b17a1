import { expect, test } from 'vitest';
import { calibrate, type HeldOutRow } from '../../../src/enrich/calibration/calibrate.js';
import { toyView } from '../toyShop.js';

function row(given: string | string[], truth: string | string[] | undefined): HeldOutRow {
  const evidence = { field: 'title', start: 0, end: 1, quote: 'x' };
  return {
    proposals: new Map([['color', [{ method: 'tagger' as const, value: given, score: 0.8, evidence }]]]),
    labels: {
      category: undefined,
      values: truth === undefined ? new Map() : new Map([['color', truth]]),
      silent: truth === undefined ? new Set(['color']) : new Set(),
    },
  };
}

const many = (count: number, one: HeldOutRow): HeldOutRow[] => Array.from({ length: count }, () => one);
const answered = (rows: readonly HeldOutRow[]) =>
  calibrate(rows, toyView).fields.find(({ field }) => field === 'attributes.color');

test('each of several values counts, whatever stands beside it', () => {
  const found = answered(many(40, row(['Red', 'Blue'], ['Red', 'Olive', 'Black'])));
  expect(found).toMatchObject({ answered: 80, right: 40 });
});

test('a value given where the merchant says that there is none is wrong', () => {
  const rows = [...many(40, row('Red', 'Red')), ...many(40, row('Red', undefined))];
  expect(answered(rows)).toMatchObject({ answered: 80, right: 40 });
});

test('where the merchant says nothing of it, nothing is counted', () => {
  const unknown: HeldOutRow = {
    ...row('Red', 'Red'),
    labels: { category: undefined, values: new Map(), silent: new Set() },
  };
  expect(answered([...many(40, row('Red', 'Red')), ...many(40, unknown)])).toMatchObject({ answered: 40 });
});
