import fc from 'fast-check';
import { expect, test } from 'vitest';
import { source } from './source.js';

type Value = string | number | boolean;
interface Reading {
  readonly text: string;
  readonly filter: string;
}
const {
  valueWords,
  priceWords,
  readingWords,
}: {
  valueWords(field: string, value: Value): string;
  priceWords(min: number | undefined, max: number | undefined): string;
  readingWords(reading: Reading): string;
} = await source('storefront/shopperWords.ts');
const {
  correctedQuery,
}: { correctedQuery(query: string, corrections: readonly string[]): string | undefined } =
  await source('storefront/chips.ts');
const { highlighted }: { highlighted(html: string): { text: string; matched: boolean }[] } =
  await source('storefront/highlight.ts');
const {
  priceScale,
  positionOf,
}: {
  priceScale(
    ranges: readonly { from?: number; to?: number; count: number }[],
    min: number | undefined,
    max: number | undefined,
  ): { edges: (number | undefined)[]; counts: number[] } | undefined;
  positionOf(
    scale: { edges: (number | undefined)[]; counts: number[] },
    price: number | undefined,
    none: number,
  ): number;
} = await source('storefront/priceScale.ts');

test.each([
  ['attributes.color', 'Red', 'Red'],
  ['category', 'Clothing > Dresses', 'Dresses'],
  ['brand', 'Oak & Ash', 'Oak & Ash'],
  ['attributes.size', 'M', 'Size M'],
  ['attributes.size', 'XXL', 'Size XXL'],
  ['attributes.shoe_size', '42', 'Shoe size 42'],
  ['attributes.memory', 8, 'Memory 8'],
  ['attributes.waterproof', true, 'Waterproof'],
  ['attributes.waterproof', 'No', 'Not waterproof'],
])('%s %s is %s to a shopper', (field, value, words) => {
  expect(valueWords(field, value)).toBe(words);
});

test.each([
  ["attributes.color = 'Red'", 'rd', 'Red'],
  ["category = 'Clothing > Men\\'s shirts'", 'shirt', "Men's shirts"],
  ["`attributes.Heel height` = 'Flat'", 'flat', 'Flat'],
  ['price < 100', 'under 100', 'under 100'],
  ['price <= 1299.5', 'bis 1.299,50', 'under 1,299.5'],
  ['price >= 20', 'from 20', 'over 20'],
  ['price >= 20 AND price <= 40', '20-40 dollars', '20-40 dollars'],
  ["_text != 'sugar'", 'ohne zucker', 'without sugar'],
  ['attributes.screen >= 13 AND attributes.screen < 14', '13 inch', '13 inch'],
])('a reading of %s (“%s”) is %s', (filter, text, words) => {
  expect(readingWords({ filter, text })).toBe(words);
});

test('prices are said by their ends', () => {
  expect(priceWords(undefined, 100)).toBe('under 100');
  expect(priceWords(20, undefined)).toBe('over 20');
  expect(priceWords(20, 1500)).toBe('20 to 1,500');
  expect(priceWords(undefined, undefined)).toBe('');
});

test('corrections are put into the query', () => {
  expect(correctedQuery('Runing shoez, red', ['runing → running', 'shoez → shoes'])).toBe(
    'running shoes, red',
  );
  expect(correctedQuery('red shoes', [])).toBeUndefined();
  expect(correctedQuery('red shoes', ['gone → other'])).toBeUndefined();
});

test('highlights are the escaped text again, whatever it holds', () => {
  const escaped = (text: string) =>
    text.replace(
      /[&<>"']/g,
      (sign) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }[sign] ?? '#39'};`,
    );
  const part = fc.record({
    text: fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('<em>', '</em>', '&amp;', '<b>', '&#39;\n')),
    matched: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const html = parts
        .map(({ text, matched }) => (matched ? `<em>${escaped(text)}</em>` : escaped(text)))
        .join('');
      const shown = highlighted(html);
      expect(shown.map(({ text }) => text).join('')).toBe(parts.map(({ text }) => text).join(''));
      expect(shown.filter(({ matched }) => matched).map(({ text }) => text)).toEqual(
        parts.filter(({ matched }) => matched).map(({ text }) => text),
      );
    }),
  );
});

test('the scale of prices has the ranges with products and those of the selection, and every price a place', () => {
  const edges = [0, 10, 20, 50, 100];
  const ranges = (counts: readonly number[]) =>
    counts.map((count, place) => ({
      ...(place > 0 && { from: edges[place] ?? 0 }),
      ...(place < 4 && { to: edges[place + 1] ?? 0 }),
      count,
    }));
  expect(priceScale(ranges([0, 3, 0, 2, 0]), undefined, undefined)).toEqual({
    edges: [10, 20, 50, 100],
    counts: [3, 0, 2],
  });
  expect(priceScale(ranges([0, 3, 0, 2, 1]), undefined, undefined)?.edges.at(-1)).toBeUndefined();
  expect(priceScale(ranges([0, 3, 0, 0, 0]), undefined, undefined)).toBeUndefined();
  expect(priceScale([], undefined, undefined)).toBeUndefined();
  const price = fc.option(fc.integer({ min: 0, max: 200 }), { nil: undefined });
  fc.assert(
    fc.property(fc.array(fc.nat(3), { minLength: 5, maxLength: 5 }), price, price, (counts, min, max) => {
      const scale = priceScale(ranges(counts), min, max);
      if (scale === undefined) return;
      expect(scale.edges).toHaveLength(scale.counts.length + 1);
      expect(scale.counts.reduce((sum, one) => sum + one, 0)).toBe(counts.reduce((sum, one) => sum + one, 0));
      const position = positionOf(scale, min, 0);
      expect(scale.edges[position] ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(
        min ?? Number.POSITIVE_INFINITY,
      );
    }),
  );
});
