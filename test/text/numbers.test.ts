import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { demandIn } from '../../src/audit/countCompleteness.js';
import { readProduct } from '../../src/domain/product.js';
import { canonicalValue } from '../../src/enrich/features/labels.js';
import { quantities } from '../../src/enrich/features/quantities.js';
import { LiveColumn } from '../../src/index/columns/liveColumn.js';
import { readBound } from '../../src/search/filter/compare.js';
import { matchProduct } from '../../src/search/filter/matchProduct.js';
import { type Filter, parseFilter } from '../../src/search/filter/parseFilter.js';
import { Query } from '../../src/search/understand/query.js';
import { readMeasures } from '../../src/search/understand/structure/readMeasures.js';
import { readPrices } from '../../src/search/understand/structure/readPrices.js';
import { rereadValue } from '../../src/taxonomy/migrate/rereadValue.js';
import { readMeasure } from '../../src/text/measures.js';
import { readMoney } from '../../src/text/money.js';
import {
  canonicalDigits,
  DECIMAL_COMMA,
  DECIMAL_POINT,
  NEUTRAL,
  numberAt,
  readNumber,
} from '../../src/text/numbers.js';
import { unitOf } from '../../src/text/units.js';
import { toyView } from '../enrich/toyShop.js';
import { collect } from '../formats/collect.js';
import { indexOf } from '../search/indexOf.js';
import { fileOf } from '../support/temporaryFolder.js';
import { anyFraction, anyWritten, type Written, writtenWith } from './writtenNumbers.js';

const KG = unitOf('kg');
const weight = toyView.attribute('weight');
if (KG === undefined || weight === undefined) throw new Error('kilograms are missing');

/** All places that read a number with an optional unit: each returns the value, or undefined. */
const PLACES: Readonly<Record<string, (text: string) => number | undefined>> = {
  number: (text) => readNumber(text),
  'attribute with a unit': (text) => readMeasure(`${text} kg`)?.value,
  'filter, a bare number': (text) => boundIn(text),
  'filter, with a unit': (text) => boundIn(`${text} kg`),
  'column of the index': (text) => {
    const column = LiveColumn.empty('attributes.weight');
    column.append(0, `${text} kg`);
    return column.unit === KG ? column.numbers[0] : undefined;
  },
  'size in a query': sizeInQuery,
  'quantity in a title': (text) => {
    const [found, ...others] = quantities(`Sack, ${text} kg`);
    return found?.unit === KG && others.length === 0 ? found.value : undefined;
  },
  'label of the taxonomy': (text) => numberOf(canonicalValue(weight, `${text} kg`, toyView)),
  'value of a migrated taxonomy': (text) => numberOf(rereadValue(`${text} kg`, weight, toyView)),
};

/** All places that read an amount of money or a count. */
const MONEY_PLACES: typeof PLACES = {
  'price of a cell': (text) => readMoney(`€ ${text}`)?.amount,
  'price of a posted product': (text) => Object(readProduct({ id: '1', price: text })).product?.price,
  'stock of a posted product': (text) => Object(readProduct({ id: '1', stock: text })).product?.stock,
  'price in a query': (text) => {
    const [sense] = readPrices(new Query(`sack under ${text} €`), new Set());
    return boundOf(sense?.parsed);
  },
  'demand in an audit': (text) => demandIn({ id: '1', sales: text }, 'sales'),
};

function boundIn(text: string): number | undefined {
  const bound = readBound('attributes.weight', '<', text);
  return bound.date === undefined ? bound.value : undefined;
}

function sizeInQuery(text: string): number | undefined {
  if (KG === undefined) return undefined;
  const column = LiveColumn.empty('attributes.weight');
  const value = readMeasure(`${text} kg`)?.value ?? 0;
  column.append(0, `${value} kg`);
  const known = { column, dimension: 'mass', unit: KG, measures: [{ code: 0, base: value }], titleShare: 1 };
  const vocabulary = { names: new Map(), meaning: () => undefined, longest: 0, measures: [known] };
  const [sense, ...others] = readMeasures(new Query(`sack ${text} kg`), vocabulary, []);
  return others.length === 0 ? boundOf(sense?.parsed) : undefined;
}

/** The value of a filter's first comparison. */
function boundOf(filter: Filter | undefined): number | undefined {
  const first = filter !== undefined && 'parts' in filter ? filter.parts[0] : filter;
  return first?.kind === 'compare' ? Number(first.value) : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'string' && value.endsWith(' kg') ? Number(value.slice(0, -3)) : undefined;
}

function readInAll(places: typeof PLACES, text: string): Record<string, number | undefined> {
  return Object.fromEntries(Object.entries(places).map(([place, read]) => [place, read(text)]));
}

function sameInAll(places: typeof PLACES, value: number): Record<string, number> {
  return Object.fromEntries(Object.keys(places).map((place) => [place, value]));
}

describe('a number has the same value', () => {
  test.each([
    ['8,5', 8.5],
    ['1.299,00', 1299],
    ['1,299.00', 1299],
    ['1,299', 1299],
    ['1.299', 1.299],
    ['0,125', 0.125],
    ["1'299.50", 1299.5],
    ['1\u202f299,5', 1299.5],
    ['1,29,900.00', 129_900],
    ['1.234.567', 1_234_567],
    ['１２，５'.replace('，', ','), 12.5],
    ['٨٠', 80],
    ['.5', 0.5],
    ['1½', 1.5],
    ['½', 0.5],
    ['1 1/2', 1.5],
    ['1-1/2', 1.5],
    ['3/4', 0.75],
  ])('in every place: %s', (text, value) => {
    expect(readInAll(PLACES, text)).toEqual(sameInAll(PLACES, value));
  });

  it('in every place, whatever its notation', () => {
    fc.assert(
      fc.property(fc.oneof(anyWritten, anyFraction), ({ text, value }) => {
        expect([text, readInAll(PLACES, text)]).toEqual([text, sameInAll(PLACES, value)]);
      }),
      { numRuns: 500 },
    );
  });

  it('as an amount of money and as a count, whatever its notation', () => {
    fc.assert(
      fc.property(anyWritten, ({ text, value }) => {
        expect([text, readInAll(MONEY_PLACES, text)]).toEqual([text, sameInAll(MONEY_PLACES, value)]);
      }),
      { numRuns: 500 },
    );
  });

  it('in an index and in a product', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(anyWritten, anyFraction), { minLength: 1, maxLength: 20 }),
        async (written) => {
          const products = written.map(({ text }, i) => ({
            id: `p${i}`,
            attributes: { weight: `${text} kg` },
          }));
          const index = await indexOf(products);
          const column = index.columns.field('attributes.weight');
          expect(written.map((_, i) => column?.numberOf(i))).toEqual(written.map(({ value }) => value));
          for (const [i, { value }] of written.entries())
            expect(
              matchProduct(products[i] ?? { id: '' }, parseFilter(`attributes.weight = ${value.toFixed(3)}`)),
            ).toBe(true);
          index.close();
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('a file has one notation', () => {
  /** The first row shows the notation. The second row and some of the others are ambiguous alone. */
  const rows = fc
    .constantFrom('.' as const, ',' as const)
    .chain((mark) =>
      fc
        .array(writtenWith(mark), { maxLength: 20 })
        .map((list): Written[] => [
          { value: 9.5, text: `9${mark}5` },
          { value: 1299, text: mark === '.' ? '1,299' : '1.299' },
          { value: 1.299, text: `1${mark}299` },
          ...list,
        ]),
    );
  const read = (products: readonly Record<string, unknown>[]): unknown[] =>
    products.map(({ price, stock, attributes }) => ({
      price,
      stock,
      weight: readMeasure(String(Object(attributes).Weight))?.value,
    }));
  const expected = (numbers: readonly Written[]): unknown[] =>
    numbers.map(({ value }) => ({ price: value, stock: value, weight: value }));

  it('for prices, stock and attributes of a table, whatever the delimiter', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom(';', '\t', '|'), async (numbers, delimiter) => {
        const cells = numbers.map(({ text }, i) => [i, `€ ${text}`, text, `${text} kg`].join(delimiter));
        const header = ['id', 'price', 'stock', 'Weight'].join(delimiter);
        const { products, bad } = await collect(fileOf('.csv', `${[header, ...cells].join('\n')}\n`));
        expect(bad).toEqual([]);
        expect([numbers, read(products)]).toEqual([numbers, expected(numbers)]);
      }),
      { numRuns: 60 },
    );
  });

  it('for strings of JSONL', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (numbers) => {
        const lines = numbers.map(({ text }, i) =>
          JSON.stringify({ id: i, price: text, stock: text, attributes: { Weight: `${text} kg` } }),
        );
        const { products, bad } = await collect(fileOf('.jsonl', `${lines.join('\n')}\n`));
        expect(bad).toEqual([]);
        expect([numbers, read(products)]).toEqual([numbers, expected(numbers)]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('readNumber and numberAt', () => {
  test.each([
    ['1.299', DECIMAL_COMMA, 1299],
    ['1,299', DECIMAL_COMMA, 1.299],
    ['1.299', DECIMAL_POINT, 1.299],
    ['1,299', DECIMAL_POINT, 1299],
    ['0.125', DECIMAL_COMMA, 0.125],
    ['1234.567', DECIMAL_COMMA, 1234.567],
    ['19.99', DECIMAL_COMMA, 19.99],
    ['1 299,00', NEUTRAL, 1299],
    ['-3', NEUTRAL, -3],
    ['−3,5', NEUTRAL, -3.5],
    ['+5', NEUTRAL, 5],
    ['40 6/8', NEUTRAL, 40.75],
    ['1.5E+03', { ...NEUTRAL, exponents: true }, 1500],
    ['1,5e-3', { ...DECIMAL_COMMA, exponents: true }, 0.0015],
    ['4E12', { ...NEUTRAL, exponents: true }, 4e12],
  ])('%s', (text, notation, value) => {
    expect(readNumber(text, notation)).toBe(value);
  });

  test.each([
    ...[
      '',
      '-',
      'x',
      '5-10',
      '5 - 10',
      '10 x 20',
      '1.2.3',
      '1,2,3',
      '12.05.2024',
      '2024-05-12',
      '24/7',
      '40/80',
    ],
    ...[
      '4/8',
      '1/0',
      '3/2',
      '8 kg',
      '€5',
      '1e3',
      '1.5E+03',
      '1,29,9',
      '1.29.900',
      "1'29",
      '9'.repeat(400),
      'Infinity',
    ],
  ])('%s is not a number', (text) => {
    expect(readNumber(text)).toBeUndefined();
  });

  it('stops at the end of the number', () => {
    expect(numberAt('2 500 ml', 0)).toMatchObject({ value: 2, end: 1 });
    expect(numberAt('2 500 ml', 0, NEUTRAL, true)).toMatchObject({ value: 2500, end: 5 });
    expect(numberAt('costs 1,299, not 5', 6)).toMatchObject({ value: 1299, end: 11 });
    expect(numberAt(`5'11"`, 0)).toMatchObject({ value: 5, end: 1 });
    expect(numberAt('3/4"', 0)).toMatchObject({ value: 0.75, end: 3, decimals: undefined });
  });

  test.each([
    ['1,299.00', '1299'],
    ['1,29,900', '129900'],
    ['2.0', '2'],
    ['007', '007'],
    ['8,50', '8.5'],
    ['1.2.3', undefined],
    ['8 GB', undefined],
  ])('%s has the digits %s', (text, digits) => {
    expect(canonicalDigits(text)).toBe(digits);
  });

  it('never throws', () => {
    const piece = fc.constantFrom('1', '29', '900', ',', '.', ' ', "'", '/', '½', '-', 'e', '٣', '\u202f');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(piece).map((list) => list.join('')),
        ),
        (text) => {
          for (const notation of [NEUTRAL, DECIMAL_COMMA, { ...NEUTRAL, exponents: true }]) {
            const value = readNumber(text, notation);
            expect(value === undefined || Number.isFinite(value)).toBe(true);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
