import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AttributeValue } from '../../../src/domain/product.js';
import type { Neighbour } from '../../../src/enrich/propose/neighbourIndex.js';
import {
  applicabilityOf,
  trustsText,
  trustWeights,
  vote,
} from '../../../src/enrich/propose/neighbourVote.js';
import type { Attribute } from '../../../src/taxonomy/schema.js';
import { attributesOf } from '../toyShop.js';

function attribute(more: object): Attribute {
  const [parsed] = attributesOf([{ id: 'a', name: 'a', ...more }]);
  if (parsed === undefined) throw new Error('no attribute');
  return parsed;
}

const season = attribute({ type: 'enum', values: [{ name: 'Winter' }, { name: 'Summer' }] });
const hours = attribute({ type: 'number+unit', unit: 'h' });

function near(
  similarity: number,
  value?: AttributeValue,
  more: { brand?: string; says?: boolean } = {},
): Neighbour {
  return {
    labelled: {
      id: `${similarity}`,
      category: '',
      brand: more.brand ?? '',
      unfilled: new Set(more.says === true ? ['a'] : []),
      values: new Map<string, AttributeValue>([
        ['b', 'x'],
        ...(value === undefined ? [] : [['a', value] as const]),
      ]),
    },
    similarity,
  };
}

test('the side with more weight wins, with the ids of its neighbours as evidence', () => {
  const cast = vote(
    [near(0.9, 'Winter'), near(0.8, 'Winter'), near(0.55, 'Summer'), near(0.54, 'Summer')],
    season,
    '',
  );
  expect(cast?.value).toBe('Winter');
  expect(cast?.evidence.neighbours).toEqual([
    { id: '0.9', similarity: 0.9, value: 'Winter' },
    { id: '0.8', similarity: 0.8, value: 'Winter' },
  ]);
});

test('a single neighbour does not decide, and distant ones do not', () => {
  expect(vote([near(0.95, 'Winter'), near(0.9)], season, '')).toBeUndefined();
  expect(vote([near(0.4, 'Winter'), near(0.38, 'Winter')], season, '')).toBeUndefined();
});

test('few and moderately similar neighbours give a lower score than many or close ones', () => {
  const two = vote([near(0.56, 'Winter'), near(0.55, 'Winter')], season, '')?.score ?? 1;
  const close = vote([near(0.9, 'Winter'), near(0.9, 'Winter')], season, '')?.score ?? 0;
  const many =
    vote(
      Array.from({ length: 10 }, () => near(0.7, 'Winter')),
      season,
      '',
    )?.score ?? 0;
  expect(two).toBeLessThan(0.4);
  expect(close).toBeGreaterThan(0.85);
  expect(many).toBeGreaterThan(0.85);
});

test('a measure is copied from agreeing variants of the same brand only', () => {
  const own = { brand: 'ostravox' };
  expect(vote([near(0.56, '40 h', own), near(0.55, '40 h', own)], hours, 'ostravox')).toBeUndefined();
  expect(vote([near(0.98, '40 h', own), near(0.97, '40 h', own)], hours, 'ostravox')?.value).toBe('40 h');
  expect(vote([near(0.98, '40 h', own), near(0.97, '40 h', own)], hours, 'skarn')).toBeUndefined();
  expect(
    vote([near(0.98, '40 h', own), near(0.97, '40 h', own), near(0.96, '8 h', own)], hours, 'ostravox'),
  ).toBeUndefined();
});

test('the score of a vote is a share below 1', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom('Winter', 'Summer', undefined)),
        {
          maxLength: 12,
        },
      ),
      (cells) => {
        const cast = vote(
          cells.map(([similarity, value]) => near(similarity, value)),
          season,
          '',
        );
        if (cast === undefined) return;
        expect(cast.score).toBeGreaterThan(0);
        expect(cast.score).toBeLessThan(1);
        expect(cast.evidence.neighbours.length).toBeGreaterThan(1);
      },
    ),
  );
});

test('the applicability is the share of neighbours with the attribute', () => {
  expect(applicabilityOf([near(0.9, 'Winter'), near(0.8), near(0.7), near(0.6)], 'a')).toBe(0.25);
  expect(applicabilityOf([], 'a')).toBe(1);
});

test('a mention in the text is trusted, unless similar products mention it and leave it blank', () => {
  const rows = (have: number, ignored: number, silent: number): Neighbour[] => [
    ...Array.from({ length: have }, () => near(0.7, 'Winter')),
    ...Array.from({ length: ignored }, () => near(0.7, undefined, { says: true })),
    ...Array.from({ length: silent }, () => near(0.7)),
  ];
  const trusts = (neighbours: Neighbour[]): boolean => trustsText(neighbours, trustWeights(neighbours), 'a');
  expect(trusts(rows(0, 0, 0))).toBe(true);
  expect(trusts(rows(1, 3, 1))).toBe(true);
  expect(trusts(rows(0, 0, 5))).toBe(true);
  expect(trusts(rows(0, 8, 2))).toBe(false);
  expect(trusts(rows(0, 0, 10))).toBe(false);
});
