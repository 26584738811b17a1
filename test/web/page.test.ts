import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseFilter } from '../../src/search/filter/parseFilter.js';
import { source } from './source.js';

type Value = string | number | boolean;
interface State {
  q: string;
  filters: Record<string, Value[]>;
  min: number | undefined;
  max: number | undefined;
  sort: string;
  exact: boolean;
  page: number;
  product: string | undefined;
}
interface Span {
  field: string;
  start: number;
  end: number;
  quote: string;
}

const {
  readState,
  writeState,
  toggled,
  emptyState,
}: {
  readState(query: string): State;
  writeState(state: State): string;
  toggled(state: State, field: string, value: Value): State;
  emptyState(): State;
} = await source('storefront/state.ts');
const { filterOf }: { filterOf(state: State): string } = await source('storefront/filter.ts');
const {
  pieces,
}: { pieces(text: string, quotes: { span: Span; key: string }[]): { text: string; keys: string[] }[] } =
  await source('shared/evidence.ts');
const { reasonOf }: { reasonOf(fact: object): string } = await source('storefront/reasons.ts');

const { examplesFor }: { examplesFor(facets: Record<string, { value: Value; count: number }[]>): string[] } =
  await source('storefront/examples.ts');

const value = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom("O'Neil", 'back\\slash', '~5', "~'", '5', 'true'),
  fc.integer(),
  fc.boolean(),
);
const field = fc.constantFrom(
  'brand',
  'category',
  'attributes.Sleeve Length',
  'attributes.größe',
  'attributes.a=b',
);
const filters = fc.dictionary(field, fc.uniqueArray(value, { minLength: 1, maxLength: 3 }));
const price = fc.option(fc.integer({ min: 0, max: 9999 }), { nil: undefined });

test('the state of the page survives its address', () => {
  const state = fc.record({
    q: fc.string({ unit: 'grapheme' }),
    filters: filters.map((chosen) => ({ ...chosen })),
    min: price,
    max: price,
    sort: fc.constantFrom('', 'price:asc'),
    ignore: fc.array(fc.string(), { maxLength: 3 }),
    exact: fc.boolean(),
    page: fc.integer({ min: 1, max: 50 }),
    product: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(state, (shown) => {
      expect(readState(writeState(shown))).toEqual(shown);
    }),
  );
});

test('the valid parts of an address typed by hand are read', () => {
  const shown = readState(
    '?page=-1&min=cheap&f.__proto__=x&f.constructor=y&f.brand=~5&f.brand=~nonsense&other=1',
  );
  expect(shown).toMatchObject({ page: 1, min: undefined });
  expect(shown.filters.brand).toEqual([5, '~nonsense']);
  expect(shown.filters.constructor).toEqual(['y']);
});

test('every selection makes a filter that the service parses to the same selection', () => {
  fc.assert(
    fc.property(filters, (chosen) => {
      const entries = Object.entries(chosen);
      fc.pre(entries.length > 0);
      const filter = parseFilter(filterOf({ ...emptyState(), filters: chosen }));
      const leaves = filter.kind === 'and' ? filter.parts : [filter];
      expect(leaves).toEqual(entries.map(([name, values]) => ({ kind: 'in', field: name, values })));
    }),
  );
});

test('prices are part of the filter, and a selected value can be removed', () => {
  const state = { ...toggled(emptyState(), 'brand', "O'Neil"), min: 5, max: 20 };
  expect(filterOf(state)).toBe("brand IN ['O\\'Neil'] AND price >= 5 AND price <= 20");
  expect(toggled(state, 'brand', "O'Neil").filters).toEqual({});
});

test('highlighted pieces add up to the text, and wrong quotes are ignored', () => {
  const text = 'Satin slip dress, navy';
  const span = (start: number, end: number, quote = text.slice(start, end)) => ({
    field: 'title',
    start,
    end,
    quote,
  });
  const cut = pieces(text, [
    { span: span(6, 16), key: 'category' },
    { span: span(11, 16), key: 'kind' },
    { span: span(0, 5, 'Linen'), key: 'wrong' },
    { span: span(18, 22), key: 'color' },
  ]);
  expect(cut.map((piece) => piece.text).join('')).toBe(text);
  expect(cut.filter((piece) => piece.keys.length > 0)).toEqual([
    { text: 'slip ', keys: ['category'] },
    { text: 'dress', keys: ['category', 'kind'] },
    { text: 'navy', keys: ['color'] },
  ]);
});

test('reasons are plain words', () => {
  const quoted = { field: 'title', start: 0, end: 4, quote: 'Navy' };
  const fact = { source: 'model', value: 'Navy' };
  expect(reasonOf({ ...fact, method: 'lookup', evidence: quoted })).toBe('said by the title: “Navy”');
  expect(reasonOf({ ...fact, method: 'tagger', evidence: quoted })).toBe('read from the title: “Navy”');
  const neighbours = [1, 2, 3, 4, 5].map((id) => ({ id: String(id), similarity: 0.9, value: 'Navy' }));
  expect(reasonOf({ ...fact, method: 'neighbours', evidence: { neighbours } })).toBe('like these 5 products');
});

test('the example queries suit the catalog: semantic ones if it has such products, otherwise its largest names', () => {
  const counted = (...values: Value[]) => values.map((value, place) => ({ value, count: 100 - place }));
  expect(
    examplesFor({
      category: counted('Apparel > Dresses > Midi Dresses', 'Office > Pens'),
      brand: counted('Solvane'),
    }),
  ).toEqual([
    'summer dress for outdoor wedding',
    'pen for left-handed people',
    'Midi Dresses',
    'Pens',
    'Solvane',
  ]);
  expect(
    examplesFor({
      category: counted('Phones > Smartphones', 'Phones > Cases', 'Open pendants', 'Cables', 'Chargers'),
      brand: counted('Nordfon', 'Smartphones', 'Tellum'),
    }),
  ).toEqual(['Smartphones', 'Cases', 'Open pendants', 'Nordfon']);
  expect(examplesFor({ brand: counted(7) })).toEqual(['7']);
  expect(examplesFor({})).toEqual([]);
});
