import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Product } from '../../../src/domain/product.js';
import type { LiveIndex } from '../../../src/index/liveIndex.js';
import { applyFilter } from '../../../src/search/filter/applyFilter.js';
import { parseFilter } from '../../../src/search/filter/parseFilter.js';
import { search } from '../../../src/search/search.js';
import { searchRequestSchema } from '../../../src/search/searchRequest.js';
import { KnownQueries, type PopularQuery } from '../../../src/search/suggest/knownQueries.js';
import { Suggester } from '../../../src/search/suggest/suggester.js';
import { MAX_SUGGESTIONS, type Suggestion } from '../../../src/search/suggest/suggestSchemas.js';
import { allowedEdits, keyOf, readTypedText, wordStarts } from '../../../src/search/suggest/typedText.js';
import { editDistance } from '../../../src/text/editDistance.js';
import { products as anyProducts } from '../../index/products.js';
import { indexOf } from '../indexOf.js';

const shop: Product[] = [
  {
    id: 'r1',
    title: 'Fleetfoot red running shoes',
    brand: 'Nordvik',
    category: 'Footwear > Running Shoes',
    attributes: { color: 'Red', material: "Dyer's wool" },
  },
  { id: 'r2', title: 'Trail running shoes', brand: 'Nordvik', category: 'Footwear > Running Shoes' },
  { id: 'r3', title: 'Red shawl', brand: 'Über & Co', category: 'Clothing > Shawls' },
  { id: 'c1', title: 'Blue linen shirt', category: 'Clothing > Shirts', attributes: { color: 'Blue' } },
  { id: 'c2', title: 'Café apron', category: 'Kitchen', sku: 'KX-4417-B' },
  { id: 'p1', title: '手机壳 red', category: '手机 > 手机壳' },
];
const asked: PopularQuery[] = [
  { text: 'running shoes', popularity: 50 },
  { text: 'Running Socks', popularity: 90 },
  { text: 'red shawl', popularity: 5 },
  { text: 'linen', popularity: 2 },
];

async function suggesterOf(products: readonly Product[], queries = asked) {
  const index = await indexOf(products);
  const suggester = new Suggester(index);
  const known = new KnownQueries(queries);
  return { index, ask: (q: string, limit = 10) => suggester.suggest({ q, limit }, known).suggestions };
}
const texts = (list: readonly Suggestion[], kind?: string): string[] =>
  list.filter((each) => kind === undefined || each.kind === kind).map(({ text }) => text);
const marked = ({ text, highlights }: Suggestion): string[] =>
  highlights.map(([start, end]) => text.slice(start, end));

describe('suggesting', () => {
  it('completes queries that find something, categories, brands, values and products', async () => {
    const { ask } = await suggesterOf(shop);
    expect(texts(ask('run'), 'query')[0]).toBe('running shoes');
    expect(texts(ask('run'))).not.toContain('Running Socks');
    expect(ask('run')).toContainEqual({
      kind: 'category',
      text: 'Footwear > Running Shoes',
      filter: "category = 'Footwear > Running Shoes'",
      count: 2,
      highlights: [[11, 14]],
    });
    expect(ask('nor')).toContainEqual(
      expect.objectContaining({ kind: 'brand', text: 'Nordvik', filter: "brand = 'Nordvik'", count: 2 }),
    );
    expect(ask('dyers')).toContainEqual(
      expect.objectContaining({ text: "Dyer's wool", filter: "attributes.material = 'Dyer\\'s wool'" }),
    );
    expect(ask('fleet')).toContainEqual({
      kind: 'product',
      text: 'Fleetfoot red running shoes',
      id: 'r1',
      highlights: [[0, 5]],
    });
  });

  it('finds a word inside a title, and a level inside a category', async () => {
    const { ask } = await suggesterOf(shop);
    expect(texts(ask('apr'), 'product')).toEqual(['Café apron']);
    expect(texts(ask('shirts'), 'category')).toEqual(['Clothing > Shirts']);
    expect(texts(ask('clothing shi'), 'category')[0]).toBe('Clothing > Shirts');
  });

  it('completes the last of several words with what occurs together with the others', async () => {
    const { ask } = await suggesterOf(shop);
    expect(texts(ask('Red running sh'), 'query')).toEqual(['Red running shoes']);
    expect(texts(ask('red sh'), 'query')).toEqual(['red shawl', 'red shoes']);
    expect(texts(ask('blue sh'), 'query')).toEqual(['blue shirt']);
    expect(marked(ask('red running sh')[0] ?? expect.fail())).toEqual(['red', 'running', 'sh']);
  });

  it.each(['nrodvik', 'ordvik', 'mordv', 'nordwi'])('reads %s as Nordvik', async (typed) => {
    const { ask } = await suggesterOf(shop);
    expect(texts(ask(typed), 'brand')).toEqual(['Nordvik']);
    expect(ask(typed).find(({ kind }) => kind === 'brand')?.highlights).toHaveLength(1);
  });

  it('corrects an earlier word, but not codes', async () => {
    const { ask } = await suggesterOf(shop);
    expect(texts(ask('rnuning sho'), 'query')).toContain('running shoes');
    expect(texts(ask('kx-4418'))).toEqual([]);
    expect(ask('kx-44')).toContainEqual(expect.objectContaining({ kind: 'product', id: 'c2' }));
    expect(ask('KX4417')).toContainEqual(expect.objectContaining({ kind: 'product', id: 'c2' }));
  });

  it('reads accents, capitals, width and scripts without spaces', async () => {
    const { ask } = await suggesterOf(shop);
    const [cafe] = ask('CAFÉ').filter(({ kind }) => kind === 'product');
    expect(cafe === undefined ? [] : marked(cafe)).toEqual(['Café']);
    expect(texts(ask('uber'), 'brand')).toEqual(['Über & Co']);
    expect(texts(ask('ｕｂｅｒ'), 'brand')).toEqual(['Über & Co']);
    expect(texts(ask('手'), 'category')).toContain('手机');
    expect(texts(ask('壳'), 'category')).toEqual(['手机 > 手机壳']);
    expect(texts(ask('手机壳'), 'product')).toEqual(['手机壳 red']);
  });

  it('lists the most popular if nothing is typed', async () => {
    const { ask } = await suggesterOf(shop);
    expect(texts(ask(''))).toEqual(
      expect.arrayContaining(['running shoes', 'red shawl', 'linen', 'Clothing', 'Footwear', 'Nordvik']),
    );
    expect(texts(ask('', 1))).toEqual(['running shoes']);
    expect(texts((await suggesterOf([])).ask(''))).toEqual([]);
  });

  it('takes turns by kind, exact matches first, each text once', async () => {
    const { ask } = await suggesterOf(
      [...shop, { id: 'n', title: 'Linens', brand: 'Linen' }, { id: 'm', title: 'Linnet', brand: 'Linne' }],
      [{ text: 'Linen', popularity: 1 }],
    );
    const list = ask('linen');
    expect(list.filter(({ text }) => keyOf(text) === 'linen')).toHaveLength(1);
    const edits = list.map(({ text }) => (keyOf(text).includes('linen') ? 0 : 1));
    expect([...edits].sort()).toEqual(edits);
    expect(texts(list)).toContain('Linne');
  });

  it('includes what was written and deleted after it was built', async () => {
    const { index, ask } = await suggesterOf(shop);
    expect(texts(ask('zeb'))).toEqual([]);
    index.apply({
      upserts: [{ product: { id: 'z', title: 'Zebra rug', brand: 'Zebulon', category: 'Rugs' } }],
      deletes: ['r3'],
    });
    expect(texts(ask('zeb'))).toEqual(
      ['zebra', 'zebulon', 'Zebulon', 'Zebra rug'].slice(0, 1).concat(['Zebulon', 'Zebra rug']),
    );
    expect(texts(ask('shaw'))).toEqual([]);
    expect(texts(ask('rug'), 'category')).toEqual(['Rugs']);
    index.apply({ deletes: ['z'] });
    expect(texts(ask('zeb'))).toEqual([]);
    expect(texts(ask('rug'))).toEqual([]);
  });

  it('suggests nothing for signs, and accepts any text', async () => {
    const { ask } = await suggesterOf(shop);
    expect(ask('!?')).toEqual([]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        for (const each of ask(text)) {
          for (const [start, end] of each.highlights) {
            expect(start).toBeLessThan(end);
            expect(end).toBeLessThanOrEqual(each.text.length);
          }
        }
      }),
    );
    expect(() => ask('é'.repeat(1000))).not.toThrow();
    expect(() => ask('a b '.repeat(250))).not.toThrow();
  });
});

/** Every value of live products with a prefix near enough, by a scan: text → edits. */
function scanned(products: readonly Product[], typed: string, edits: number): Map<string, number> {
  const found = new Map<string, number>();
  const consider = (text: string) => {
    const key = keyOf(text);
    for (const start of wordStarts(key)) {
      const rest = `${key.slice(start)} `;
      for (let length = 0; length <= rest.length; length++) {
        const distance = editDistance(typed, rest.slice(0, length));
        if (distance <= Math.min(edits, found.get(text) ?? edits)) found.set(text, distance);
      }
    }
  };
  for (const { brand, category, attributes } of products) {
    if (brand !== undefined) consider(brand);
    const levels = category?.split(' > ') ?? [];
    for (let depth = 1; depth <= levels.length; depth++) consider(levels.slice(0, depth).join(' > '));
    for (const value of Object.values(attributes ?? {}).flat())
      if (typeof value === 'string' && /\p{L}/u.test(value)) consider(value);
  }
  return found;
}

const typedText = fc.oneof(
  fc.constantFrom(
    '',
    'r',
    're',
    'red',
    'red ',
    'shoe',
    'shoes ',
    'runn',
    'runing',
    'hsoes',
    'cafe',
    '8',
    'sho',
    'battrey',
  ),
  fc.constantFrom(
    'red sh',
    'running s',
    't-sh',
    'men',
    '手',
    '手机',
    'acme',
    'acm',
    'ubre',
    'h m',
    '16 g',
    'blue b',
  ),
);

async function finds(index: LiveIndex, { kind, text, filter, id }: Suggestion): Promise<number> {
  if (filter !== undefined) return applyFilter(index, parseFilter(filter)).count();
  if (kind === 'product') return index.ordinalOf(id ?? '') === undefined ? 0 : 1;
  const context = () => ({ index, minCosine: 1, taxonomy: undefined });
  return (await search(context, searchRequestSchema.parse({ q: text }), undefined)).total;
}

describe('over any catalog, and after any changes', () => {
  it('lists all values within the allowed edits, with their counts, and only what finds something', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyProducts, { maxLength: 10 }),
        fc.array(anyProducts, { maxLength: 5 }),
        fc.array(
          fc.integer({ min: 0, max: 12 }).map((n) => `p${n}`),
          { maxLength: 4 },
        ),
        typedText,
        async (before, upserts, deletes, q) => {
          const first = [...new Map(before.map((each) => [each.id, each])).values()];
          const index = await indexOf(first);
          const suggester = new Suggester(index);
          const known = new KnownQueries([{ text: 'running shoes', popularity: 3 }]);
          suggester.suggest({ q: 'r', limit: 5 }, known);
          index.apply({ upserts: upserts.map((product) => ({ product })), deletes });
          const list = suggester.suggest({ q, limit: MAX_SUGGESTIONS }, known).suggestions;
          const fresh = new Suggester(index).suggest({ q, limit: MAX_SUGGESTIONS }, known).suggestions;
          expect(list).toEqual(fresh);

          const living = new Map(first.map((each) => [each.id, each]));
          for (const product of upserts) living.set(product.id, product);
          for (const id of deletes) living.delete(id);
          const typed = readTypedText(q).key;
          const edits = list.length * 2 < MAX_SUGGESTIONS ? allowedEdits(typed) : 0;
          const phrases = list.filter(
            ({ kind }) => kind === 'brand' || kind === 'category' || kind === 'value',
          );
          // Of texts that fold to the same key one is listed, whatever its kind.
          const listed = new Set(list.map(({ text }) => keyOf(text)));
          const expected = scanned([...living.values()], typed, edits);
          for (const text of expected.keys()) expect(listed.has(keyOf(text)), text).toBe(true);
          for (const { text } of phrases) expect([...expected.keys()]).toContain(text);

          expect(new Set(list.map(({ text }) => keyOf(text))).size).toBe(list.length);
          for (const each of list) {
            const total = await finds(index, each);
            expect(total, each.text).toBeGreaterThan(0);
            if (each.filter !== undefined) expect(each.count).toBe(total);
            if (typed !== '' && each.kind !== 'product') expect(each.highlights, each.text).not.toEqual([]);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('sizes', () => {
  const pipes: Product[] = [
    { id: 'e1', title: 'Elbow 1 1/4 in brass' },
    { id: 'e2', title: 'Elbow 1/2" copper' },
    { id: 'm', title: 'Curved monitor 27-inch' },
  ];

  it.each([
    ['elbow 1¼', ['Elbow 1 1/4 in brass'], ['1 1/4 in', 'Elbow']],
    ['elbow 1.25', ['Elbow 1 1/4 in brass'], ['Elbow']],
    ['1-1/4 in br', ['Elbow 1 1/4 in brass'], ['1 1/4 in', 'br']],
    ['½ elbow', ['Elbow 1/2" copper'], ['Elbow']],
    ['0.5 inch', ['Elbow 1/2" copper'], ['1/2"']],
    ['monitor 68.58 cm', ['Curved monitor 27-inch'], ['27-inch', 'monitor']],
    ['elbow 12', [], []],
  ])('completes %s by what it means', async (q, titles, marks) => {
    const { ask } = await suggesterOf(pipes, []);
    const found = ask(q).filter(({ kind }) => kind === 'product');
    expect(found.map(({ text }) => text)).toEqual(titles);
    for (const mark of marks) expect(found.flatMap(marked)).toContain(mark);
  });
});
