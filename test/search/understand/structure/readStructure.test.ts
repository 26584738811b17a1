import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact, SpanEvidence } from '../../../../src/domain/fact.js';
import { documentOf } from '../../../../src/domain/filledProduct.js';
import { FACTS_KEY, type Product } from '../../../../src/domain/product.js';
import type { LiveIndex } from '../../../../src/index/liveIndex.js';
import { applyFilter } from '../../../../src/search/filter/applyFilter.js';
import { matchProduct } from '../../../../src/search/filter/matchProduct.js';
import { parseFilter } from '../../../../src/search/filter/parseFilter.js';
import { search } from '../../../../src/search/search.js';
import type { SearchAnswer } from '../../../../src/search/searchAnswer.js';
import { type SearchRequest, searchRequestSchema } from '../../../../src/search/searchRequest.js';
import { taxonomySchema } from '../../../../src/taxonomy/schema.js';
import { type TaxonomyView, viewTaxonomy } from '../../../../src/taxonomy/view.js';
import { factOf } from '../../../domain/fact.js';
import { indexOf } from '../../indexOf.js';

const BRANDS = ['Fernhill', 'Oakline', 'Tarn'];
const COLOURS = ['Red', 'Blue', 'Orange'];
const KINDS = ['Sneakers', 'Coats'];

/** Every combination of brand, colour, kind and gender, so that each value is learned from enough products. */
const shop: Product[] = BRANDS.flatMap((brand, b) =>
  COLOURS.flatMap((colour, c) =>
    KINDS.flatMap((kind, k) =>
      ['Women', 'Men'].map((gender, g): Product => {
        const place = ((b * 3 + c) * 2 + k) * 2 + g;
        return {
          id: `p${String(place).padStart(2, '0')}`,
          title: `${brand} ${gender}'s ${kind.toLowerCase()} ${colour.toLowerCase()}${place % 5 === 0 ? ' with fur' : ''}${place % 7 === 3 ? ', fur free' : ''}`,
          brand,
          category: `Shop > ${kind}`,
          price: 10 + place * 3,
          currency: 'EUR',
          attributes: { color: colour, gender, length: `${10 + place} cm` },
        };
      }),
    ),
  ),
).concat(
  Array.from(
    { length: 40 },
    (_, i): Product => ({
      id: `o${i}`,
      title: `Orange juice ${i} litres`,
      brand: 'Grove',
      category: 'Shop > Drinks',
      price: 2,
      attributes: { flavour: 'Orange' },
    }),
  ),
);

const taxonomy = viewTaxonomy(
  taxonomySchema.parse({
    format: 1,
    version: '1',
    language: 'en',
    owner: 'test',
    changelog: [{ version: '1', date: '2026-01-01', changes: ['made'] }],
    attributes: [
      {
        id: 'color',
        name: 'Colour',
        type: 'enum',
        values: [{ name: 'Red', aliases: ['crimson'] }, { name: 'Blue' }, { name: 'Orange' }],
      },
    ],
    categories: [
      { id: 'shop', name: 'Shop' },
      { id: 'sneakers', name: 'Sneakers', parent: 'shop', aliases: ['trainers'] },
    ],
  }),
);

function ask(
  index: LiveIndex,
  request: Partial<SearchRequest>,
  view: TaxonomyView | undefined = taxonomy,
): Promise<SearchAnswer> {
  return search(
    () => ({ index, minCosine: 0.35, taxonomy: view }),
    searchRequestSchema.parse({ per_page: 250, ...request }),
    undefined,
  );
}

const quoteOf = (quote: string): SpanEvidence => ({ field: 'title', start: 0, end: quote.length, quote });
const filters = (answer: SearchAnswer): Record<string, string> =>
  Object.fromEntries(answer.understood.readings.map(({ text, filter }) => [text, filter]));
const ids = (answer: SearchAnswer): string[] => answer.hits.map(({ id }) => id).sort();

describe('reading structure in queries', () => {
  it('reads brand, colour, category, gender and price, with their positions', async () => {
    const q = 'red fernhill sneakers women under 80';
    const answer = await ask(await indexOf(shop), { q });
    expect(filters(answer)).toEqual({
      red: "attributes.color = 'Red'",
      fernhill: "brand = 'Fernhill'",
      sneakers: "category = 'Shop > Sneakers'",
      women: "attributes.gender = 'Women'",
      'under 80': 'price < 80',
    });
    for (const { text, start, end } of answer.understood.readings) expect(q.slice(start, end)).toBe(text);
    expect(answer.understood.filters).toContain('price < 80');
    expect(answer.hits[0]).toMatchObject({ product: { price: 10, brand: 'Fernhill' } });
  });

  it("knows the taxonomy's aliases", async () => {
    const answer = await ask(await indexOf(shop), { q: 'crimson trainers' });
    expect(filters(answer)).toEqual({
      crimson: "attributes.color = 'Red'",
      trainers: "category = 'Shop > Sneakers'",
    });
  });

  it('boosts by a word with several meanings, but does not filter by it', async () => {
    const answer = await ask(await indexOf(shop), { q: 'orange sneakers' });
    expect(answer.understood.readings.filter(({ text, strict }) => text === 'orange' && strict)).toEqual([]);
  });

  it('reads a size in the unit of the titles', async () => {
    const products = [12, 15, 20, 24].map((size) => ({
      id: `b${size}`,
      title: `Ring binder ${size} cm`,
      attributes: { width: `${size} cm` },
    }));
    const index = await indexOf(products);
    expect(filters(await ask(index, { q: 'binder 15cm' }))).toEqual({
      '15cm': 'attributes.width >= 15 AND attributes.width < 16',
    });
    expect(filters(await ask(index, { q: 'binder 150 mm' }))).toEqual({
      '150 mm': "attributes.width IN ['15 cm']",
    });
    expect(filters(await ask(index, { q: 'binder 15 kg' }))).toEqual({});
  });

  it.each([
    ['coats without fur', "_text != 'fur'"],
    ['coats -fur', "_text != 'fur'"],
    ['coats no fur', "_text != 'fur'"],
    ['coats ohne fur', "_text != 'fur'"],
    ['not red coats', "_text != 'red'"],
  ])('%s takes out what says it, and keeps what says that it lacks it', async (q, filter) => {
    const answer = await ask(await indexOf(shop), { q });
    expect(answer.understood.filters).toContain(filter);
    const titles = answer.hits.map(({ product }) => String(product.title));
    expect(titles.length).toBeGreaterThan(3);
    expect(titles.filter((title) => /with fur/.test(title) && filter.includes('fur'))).toEqual([]);
    if (filter.includes('fur')) expect(titles.some((title) => /fur free/.test(title))).toBe(true);
    if (filter.includes('red')) expect(titles.filter((title) => / red/.test(title))).toEqual([]);
  });

  it.each([
    'No. 5 coats',
    'no 5',
    't-shirt',
    'dv7-1211ea',
    'w-fur',
    'without fur',
    'coats - red',
    'no show coats',
    'p00',
  ])('%s denies nothing', async (q) => {
    const { understood } = await ask(await indexOf(shop), { q });
    expect(understood.readings.filter(({ filter }) => filter.includes('_text !='))).toEqual([]);
  });

  it('filters nothing in a query that is a whole title', async () => {
    const index = await indexOf([
      ...shop,
      { id: 'x', title: 'Fernhill coat without fur under 80', price: 900 },
    ]);
    const answer = await ask(index, { q: 'Fernhill coat without fur under 80' });
    expect(answer.hits[0]).toMatchObject({ id: 'x', tier: 'exact' });
    expect(answer.understood.filters).toEqual([]);
  });

  it('reports that an interpretation which leaves nothing does not filter', async () => {
    const answer = await ask(await indexOf(shop), { q: 'sneakers over 9000' });
    expect(answer.total).toBeGreaterThan(0);
    expect(answer.understood.filters).not.toContain('price > 9000');
    expect(answer.understood.readings).toContainEqual(
      expect.objectContaining({ filter: 'price > 9000', strict: false }),
    );
  });

  it('reads no value without live products, and learns those of a catalog that has grown', async () => {
    const index = await indexOf(shop);
    expect(filters(await ask(index, { q: 'tarn' }))).toEqual({ tarn: "brand = 'Tarn'" });
    index.apply({ deletes: shop.filter(({ brand }) => brand === 'Tarn').map(({ id }) => id) });
    expect(filters(await ask(index, { q: 'tarn' }))).toEqual({});
    const made = Array.from({ length: 60 }, (_, i) => ({
      id: `n${i}`,
      title: `Nordal scarf ${i}`,
      brand: 'Nordal',
    }));
    index.apply({ upserts: made.map((product) => ({ product })) });
    expect(filters(await ask(index, { q: 'nordal' }))).toEqual({ nordal: "brand = 'Nordal'" });
  });

  it('learns what a word means from the merchant, not from what the enricher read from the word', async () => {
    const plain = Array.from({ length: 30 }, (_, i): Product => ({ id: `a${i}`, title: `Adapter ${i}` }));
    const stated = ['Cable', 'Cable'].map(
      (type, i): Product => ({ id: `s${i}`, title: `Lead ${i}`, attributes: { type } }),
    );
    const read = plain.map((product) => {
      const evidence = { field: 'title', start: 0, end: 7, quote: 'Adapter' };
      const facts = [factOf('attributes.type', 'Adapter', { evidence })];
      return documentOf({ product: { ...product, attributes: { type: 'Adapter' } }, facts });
    });
    const known = read.map((product) => ({ ...product, [FACTS_KEY]: { facts: [] } }));
    expect(filters(await ask(await indexOf([...stated, ...known]), { q: 'adapter' }))).toEqual({
      adapter: "attributes.type = 'Adapter'",
    });
    const answer = await ask(await indexOf([...stated, ...read]), { q: 'adapter' });
    expect(filters(answer)).toEqual({});
    expect(answer.total).toBe(30);
  });

  it('counts a filled value by its confidence, and not where the words say it already', async () => {
    const filling = (id: string, fact: Fact): Product =>
      documentOf({ product: { id, title: 'Wool hat', attributes: { color: 'Red' } }, facts: [fact] });
    const index = await indexOf([
      ...shop,
      { id: 'stated', title: 'Wool hat', attributes: { color: 'Red' } },
      filling('guessed', factOf('attributes.color', 'Red', { confidence: 0.6, method: 'classifier' })),
      filling('literal', factOf('attributes.color', 'Red', { evidence: quoteOf('red') })),
    ]);
    const { hits } = await ask(index, { q: 'red wool hat', explain: true });
    const structure = (id: string) =>
      hits.find((hit) => hit.id === id)?.explain?.features.structure?.value ?? Number.NaN;
    expect(structure('stated')).toBeGreaterThan(0);
    expect(structure('guessed')).toBeCloseTo(0.6 * structure('stated'), 6);
    expect(structure('literal')).toBe(0);
  });

  it('knows the brands of a shop in which most brands have one product', async () => {
    const unique = Array.from({ length: 40 }, (_, i): Product => {
      const brand = `Brand${String.fromCharCode(97 + (i % 26), 97 + (i >> 3), 97 + i / 2)}`;
      return { id: `u${i}`, title: `${brand} lamp`, brand };
    });
    const pair = ['desk', 'floor'].map(
      (kind): Product => ({ id: kind, title: `Lumina ${kind} light`, brand: 'Lumina' }),
    );
    expect(filters(await ask(await indexOf([...unique, ...pair]), { q: 'lumina lamp' }))).toEqual({
      lumina: "brand = 'Lumina'",
    });
  });

  it('names the parameter if the interpretations to ignore do not parse', async () => {
    const index = await indexOf(shop);
    await expect(ask(index, { q: 'coats', ignore: 'brand =' })).rejects.toThrow(/^ignore, character 8/);
  });
});

const queries = fc
  .array(
    fc.constantFrom(
      ...[
        'red',
        'blue',
        'orange',
        'fernhill',
        'tarn',
        'sneakers',
        'coats',
        'women',
        'crimson',
        'fur',
        '12 cm',
      ],
      ...[
        'under 40',
        'over 60',
        'between 20 and 50',
        'over 9000',
        'without fur',
        '-red',
        'not blue',
        'juice',
        'zzz',
      ],
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((pieces) => pieces.join(' '));

describe('strict interpretations', () => {
  it('leave what their filters pass of the hits without them, and never nothing', async () => {
    const index = await indexOf(shop);
    const byId = new Map(shop.map((product) => [product.id, product]));
    await fc.assert(
      fc.asyncProperty(
        queries,
        fc.constantFrom(undefined, 'price < 70', "brand = 'Tarn'"),
        async (q, filter) => {
          const request = { q, ...(filter !== undefined && { filter }) };
          const answer = await ask(index, { ...request, facets: ['brand'] });
          const strict = answer.understood.filters.map((one) => parseFilter(one));
          for (const { id } of answer.hits) {
            const product = byId.get(id) ?? { id };
            expect(strict.every((one) => matchProduct(product, one))).toBe(true);
          }
          expect(answer.total).toBe(answer.hits.length);
          const counted = answer.facets.brand?.reduce((sum, { count }) => sum + count, 0);
          expect(counted).toBe(answer.total);
          // Their filters, applied directly, pass at least what was found.
          const ignore = answer.understood.readings.map((reading) => reading.filter).join(' AND ');
          const plain = await ask(index, { ...request, ...(ignore !== '' && { ignore }) });
          const off = await ask(index, { ...request, understand: false });
          expect({ ...plain, took_ms: 0 }).toEqual({ ...off, took_ms: 0 });
          const consumesWords = answer.understood.readings.some(({ text }) => /\d|fur|not|-/.test(text));
          if (!consumesWords) {
            const passing = ids(off).filter((id) =>
              strict.every((one) => matchProduct(byId.get(id) ?? { id }, one)),
            );
            expect(ids(answer)).toEqual(passing);
            if (off.total > 0) expect(answer.total).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('leave something if a relaxed query finds something without them', async () => {
    const index = await indexOf(shop);
    const request = { q: '12 cm coats sneakers', filter: "brand = 'Tarn'" };
    const answer = await ask(index, request);
    expect(answer.total).toBeGreaterThan(0);
    expect(answer.understood.filters).toEqual([]);
    expect(answer.understood.relaxed).toHaveLength(1);
    expect(ids(answer)).toEqual(ids(await ask(index, { ...request, understand: false })));
  });

  it('match words as matchProduct does for a product that is not indexed', async () => {
    const index = await indexOf(shop);
    for (const phrase of [
      'fur',
      'red',
      'orange juice',
      'fur free',
      'sneakers',
      'fernhill coats',
      'nothing',
      '',
    ]) {
      const filter = parseFilter(`_text = '${phrase}'`);
      const passing = [...applyFilter(index, filter).toArray()].map((ordinal) => index.idOf(ordinal)).sort();
      expect(passing).toEqual(
        shop
          .filter((product) => matchProduct(product, filter))
          .map(({ id }) => id)
          .sort(),
      );
    }
  });
});

describe('readings that filter together', () => {
  const dress = (id: string, color: string, price: number, more: object = {}): Product => ({
    id,
    title: `${color} dress ${id}`,
    category: 'Shop > Dresses',
    price,
    attributes: { color },
    ...more,
  });
  const others: Product[] = [
    {
      id: 'speaker',
      title: 'Red speaker, a dress rehearsal for your ears',
      category: 'Audio',
      price: 30,
      attributes: { color: 'Red' },
    },
    { id: 'sofa', title: 'Red sofa', category: 'Sofas', price: 90, attributes: { color: 'Red' } },
    ...Array.from({ length: 30 }, (_, n) => ({
      id: `f${n}`,
      title: `Filler item ${n}`,
      category: 'Fillers',
    })),
    { id: 'juicer', title: 'Juicer for orange juice', category: 'Kitchen', price: 40 },
  ];
  const dresses = [1, 2, 3, 4].map((n) => dress(`r${n}`, 'Red', 20 * n));
  const blue = [1, 2, 3, 4].map((n) => dress(`b${n}`, 'Blue', 20 * n));
  const oranges = [1, 2, 3].map((n) => ({
    id: `o${n}`,
    title: `Orange hat ${n}`,
    category: 'Hats',
    price: 9,
    attributes: { color: 'Orange' },
  }));

  it('are a category, an attribute and a price, if they leave enough products', async () => {
    const answer = await ask(await indexOf([...dresses, ...blue, ...others]), { q: 'red dress under 100' });
    expect(ids(answer)).toEqual(['r1', 'r2', 'r3', 'r4']);
    expect(answer.understood.filters).toEqual([
      "attributes.color = 'Red'",
      "category = 'Shop > Dresses'",
      'price < 100',
    ]);
  });

  it('filter although one product is left, if it has all of the words, and offer what is close', async () => {
    const index = await indexOf([...dresses.slice(0, 1), ...blue, ...others]);
    const answer = await ask(index, { q: 'red dress under 100' });
    expect(ids(answer)).toEqual(['r1']);
    expect(answer.understood.filters).toEqual([
      "attributes.color = 'Red'",
      "category = 'Shop > Dresses'",
      'price < 100',
    ]);
    expect(answer.close_products?.map(({ id }) => id)).toEqual(['b1', 'b2', 'b3', 'b4']);
    const filtered = await ask(index, { q: 'red dress under 100', filter: 'price < 50' });
    expect(ids(filtered)).toEqual(['r1']);
    expect(filtered.close_products?.map(({ id }) => id)).toEqual(['b1', 'b2']);
    const enough = await ask(await indexOf([...dresses, ...blue, ...others]), { q: 'red dress under 100' });
    expect(enough.close_products).toBeUndefined();
  });

  it('count products whose field is blank and whose text says the value', async () => {
    const bare = dress('bare', 'Red', 70, { attributes: { size: 'M' } });
    const striped = dress('striped', 'Blue', 70, { title: 'Blue dress with red stripes' });
    const index = await indexOf([...dresses.slice(0, 2), bare, striped, ...blue, ...others]);
    const answer = await ask(index, { q: 'red dress under 100' });
    expect(ids(answer)).toEqual(['bare', 'r1', 'r2']);
    const [filter] = answer.understood.filters;
    expect(filter).toBe("(attributes.color = 'Red' OR (NOT attributes.color EXISTS AND _text = 'red'))");
    const again = await ask(index, { q: 'dress', filter: answer.understood.filters.join(' AND ') });
    expect(ids(again)).toEqual(['bare', 'r1', 'r2']);
    const ignored = await ask(index, { q: 'red dress under 100', ignore: filter });
    expect(ignored.understood.readings.map(({ text }) => text)).toEqual(['dress', 'under 100']);
  });

  it('relax the attribute first, then the category, and say so', async () => {
    const velvet = [1, 2].map((n) => ({
      ...dress(`v${n}`, 'Red', 20 * n),
      attributes: { color: 'Red', material: 'Velvet' },
    }));
    const sofas = [1, 2, 3].map((n) => ({
      id: `s${n}`,
      title: `Velvet sofa ${n}`,
      category: 'Sofas',
      price: 50,
      attributes: { material: 'Velvet' },
    }));
    const index = await indexOf([...velvet, ...blue, ...sofas, ...others]);
    // No blue dress is of velvet, so one of the two has to give way.
    const few = await ask(index, { q: 'blue velvet dress under 100' });
    expect(few.understood.filters).toContain("category = 'Shop > Dresses'");
    expect(few.understood.filters).toContain('price < 100');
    expect(few.understood.filters.filter((one) => one.startsWith('attributes.')).length).toBeLessThan(2);
  });

  it('do not depend on a filter, which only removes hits', async () => {
    const index = await indexOf([...dresses, ...blue, ...others]);
    const all = await ask(index, { q: 'red dress under 100' });
    const cheap = await ask(index, { q: 'red dress under 100', filter: 'price < 30' });
    expect(ids(cheap)).toEqual(['r1']);
    expect(cheap.understood.filters).toEqual(all.understood.filters);
  });

  it('do not filter where another word may change what they mean, nor where fields are incomplete', async () => {
    const juice = await ask(await indexOf([...oranges, ...others]), { q: 'orange hat juice' });
    expect(juice.understood.filters).toEqual([]);
    const blank = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => dress(`x${n}`, 'Red', 20, { attributes: {} }));
    const answer = await ask(await indexOf([...dresses, ...blue, ...blank]), { q: 'red dress under 100' });
    expect(answer.understood.filters).not.toContain("attributes.color = 'Red'");
    expect(ids(answer)).toContain('x1');
  });
});
