import { drawLength, drawText, pick, repeated, type Shape } from './drawText.js';

type Random = () => number;

const joined = (count: number, separator: string, one: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => one(n)).join(separator);

/** Values for a parameter that has a grammar, many or deep, by the parameter's name. */
const GRAMMARS: Readonly<Record<string, readonly ((random: Random, max: number) => Shape<string>)[]>> = {
  filter: [
    (random, max) =>
      many(random, max / 14, 'conditions', (count) =>
        joined(count, pick(random, [' OR ', ' AND ']), (n) => `price > ${n}`),
      ),
    (random, max) =>
      many(random, max / 20, 'values', (count) => `brand IN [${joined(count, ', ', (n) => `'value ${n}'`)}]`),
    (random, max) =>
      many(random, max / 20, 'words', (count) => `_text IN [${joined(count, ', ', (n) => `'a${n} b'`)}]`),
    (random, max) =>
      many(
        random,
        max / 4,
        'category levels',
        (count) => `category = '${joined(count, ' > ', (n) => `${n % 10}`)}'`,
      ),
    (random, max) =>
      many(random, max / 30, 'categories', (count) =>
        joined(count, ' OR ', (n) => `category = 'Goods > mug ${n}'`),
      ),
    (random, max) =>
      many(random, max / 2, 'parentheses', (count) => `${'('.repeat(count)}price > 1${')'.repeat(count)}`),
    (random, max) => many(random, max / 4, 'negations', (count) => `${'NOT '.repeat(count)}price > 1`),
    (random, max) =>
      many(random, max / 30, 'units', (count) => joined(count, ' OR ', (n) => `attributes.size < '${n} kg'`)),
    (random, max) => {
      const { what, value } = drawText(random, max - 10);
      return { what: `brand = ${what}`, value: `brand = '${value.replaceAll(/['\\]/g, '')}'` };
    },
    (random, max) => {
      const { what, value } = drawText(random, max - 20);
      return { what: `_text = ${what}`, value: `_text = '${value.replaceAll(/['\\]/g, '')}'` };
    },
  ],
  sort: [
    (random, max) =>
      many(random, max / 12, 'sort orders', (count) => joined(count, ',', (n) => `f${n % 400}:asc`)),
  ],
  facets: [
    (random, max) =>
      many(random, max / 8, 'facets', (count) => joined(count, ',', (n) => `attributes.a ${n}`)),
    () => ({ what: 'all facets', value: '*' }),
  ],
  facet_ranges: [
    (random, max) => many(random, max / 4, 'edges', (count) => `price:..${joined(count, '..', String)}..`),
    (random, max) => many(random, max / 8, 'fields', (count) => joined(count, ',', () => 'price:10')),
  ],
  facet_query: [(random, max) => shaped('brand:', drawText(random, max - 6))],
  ids: [(random, max) => many(random, max / 6, 'ids', (count) => joined(count, ',', (n) => `p-${n}`))],
  rules: [
    (random, max) =>
      many(
        random,
        max / 12,
        'keys',
        (count) => `format: 1\nrules: []\n${joined(count, '\n', (n) => `k${n}: 1`)}`,
      ),
    (random, max) =>
      many(
        random,
        max / 80,
        'rules',
        (count) =>
          `format: 1\nrules:\n${joined(count, '\n', (n) => `  - id: r${n}\n    when: {query: mug ${n}}\n    then: {filter: "price > ${n}"}`)}`,
      ),
    (random, max) =>
      many(
        random,
        max / 80,
        'rules that are wrong',
        (count) =>
          `format: 1\nrules:\n${joined(count, '\n', (n) => `  - id: r\n    whn: {query: mug ${n}}\n    then: {boost: {filtr: x, by: 3}}`)}`,
      ),
    (random, max) =>
      many(random, max / 4, 'values', (count) => `format: 1\nrules: [${joined(count, ',', String)}]`),
    (random, max) =>
      many(
        random,
        Math.min(max, 800) / 2,
        'levels',
        (count) => `format: 1\nrules: ${repeated('[', count)}${repeated(']', count)}`,
      ),
    (random, max) =>
      many(
        random,
        max / 30,
        'aliases',
        (count) => `a: &a [1,2,3]\n${joined(count, '\n', (n) => `b${n}: [*a, *a, *a]`)}`,
      ),
    (random, max) => shaped('format: 1\nrules: ', drawText(random, max - 20)),
  ],
};

const SAME_GRAMMAR: Readonly<Record<string, string>> = {
  refine: 'filter',
  ignore: 'filter',
  where: 'filter',
};

/** A value of at most `max` characters for the parameter of this name. */
export function drawParameter(random: Random, name: string, max: number): Shape<string> {
  const grammar = GRAMMARS[SAME_GRAMMAR[name] ?? name];
  if (grammar === undefined || random() < 0.15) return drawText(random, max);
  const { what, value } = pick(random, grammar)(random, max);
  return { what, value: value.slice(0, max) };
}

function many(random: Random, max: number, what: string, write: (count: number) => string): Shape<string> {
  const count = drawLength(random, Math.max(1, Math.floor(max)));
  return { what: `${count} ${what}`, value: write(count) };
}

function shaped(before: string, { what, value }: Shape<string>): Shape<string> {
  return { what, value: before + value };
}
