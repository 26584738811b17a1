import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Product } from '../../../src/domain/product.js';
import { ValueRules } from '../../../src/index/columns/valueRules.js';
import type { LiveIndex } from '../../../src/index/liveIndex.js';
import { applyFilter } from '../../../src/search/filter/applyFilter.js';
import { matchProduct } from '../../../src/search/filter/matchProduct.js';
import { parseFilter } from '../../../src/search/filter/parseFilter.js';
import { search } from '../../../src/search/search.js';
import { searchRequestSchema } from '../../../src/search/searchRequest.js';
import { taxonomySchema } from '../../../src/taxonomy/schema.js';
import { viewTaxonomy } from '../../../src/taxonomy/view.js';
import { indexOf } from '../../search/indexOf.js';

const view = viewTaxonomy(
  taxonomySchema.parse({
    format: 1,
    version: '1',
    language: 'en',
    owner: 'Test',
    changelog: [{ version: '1', date: '2026-01-01', changes: ['First.'] }],
    attributes: [
      {
        id: 'color',
        name: 'Colour',
        aliases: ['farbe', 'Main colour'],
        type: 'enum',
        values: [{ name: 'Red', aliases: ['rot'] }, { name: 'Blue' }],
      },
      { id: 'note', name: 'Note', aliases: ['remark'], type: 'text' },
      // Two attributes share the name `size`, so it means neither.
      { id: 'ring', name: 'Ring size', aliases: ['size'], type: 'text' },
      { id: 'hat', name: 'Hat size', aliases: ['size'], type: 'text' },
    ],
    categories: [
      { id: 'home', name: 'Home', aliases: ['household'] },
      { id: 'home.seats', name: 'Seating', parent: 'home' },
      { id: 'home.seats.couch', name: 'Couches', parent: 'home.seats', aliases: ['Sofas', 'settees'] },
      { id: 'home.mats', name: 'Mats', parent: 'home', aliases: ['rugs'] },
      { id: 'car', name: 'Cars' },
      { id: 'car.mats', name: 'Floor mats', parent: 'car', aliases: ['rugs'] },
    ],
  }),
);

const COUCH = 'Home > Seating > Couches';
const products: Product[] = [
  { id: '1', title: 'Alder two seater', category: 'Sofas', attributes: { colour: 'rot' } },
  { id: '2', title: 'Birch two seater', category: COUCH, attributes: { color: 'Red' } },
  {
    id: '3',
    title: 'Cedar two seater',
    category: 'household > seating > SETTEES',
    attributes: { Farbe: 'blue' },
  },
  { id: '4', title: 'Dust two seater', category: 'Rugs', attributes: { size: 'L', remark: 'soft' } },
  { id: '5', title: 'Elm two seater', category: 'Toys > Sofas', attributes: { 'main colour': 'Green' } },
];

function counts(index: LiveIndex, field: string): Record<string, number> {
  const column = index.columns.field(field);
  const all = (column?.values ?? []).map((value, code): [string, number] => [
    value,
    column?.documents(code) ?? 0,
  ]);
  return Object.fromEntries(all.filter(([, count]) => count > 0));
}

function passing(index: LiveIndex, filter: string): string[] {
  return [...applyFilter(index, parseFilter(filter)).toArray()].map((ordinal) => index.idOf(ordinal)).sort();
}

async function found(index: LiveIndex, request: object): Promise<string[]> {
  const { hits } = await search(
    () => ({ index, minCosine: 1, taxonomy: view }),
    searchRequestSchema.parse(request),
    undefined,
  );
  return hits.map(({ id }) => id).sort();
}

describe('other names of a category', () => {
  it('are the category in facets and filters', async () => {
    const index = await indexOf(products, undefined, view);
    // `Rugs` may be two categories, and no category of the taxonomy is at `Toys > Sofas`.
    expect(counts(index, 'category')).toEqual({ [COUCH]: 3, Rugs: 1, 'Toys > Sofas': 1 });
    for (const name of [COUCH, 'Sofas', 'couches', 'Home > Seating > settees', 'Seating', 'Household'])
      expect(passing(index, `category = '${name}'`), name).toEqual(['1', '2', '3']);
    expect(passing(index, "category IN ['Rugs', 'Toys']")).toEqual(['4', '5']);
    expect(passing(index, "category != 'Sofas'")).toEqual(['4', '5']);
    index.close();
  });

  it('find the products, as do the words of the merchant', async () => {
    const index = await indexOf(products, undefined, view);
    expect(await found(index, { q: 'couches', understand: false })).toEqual(['1', '2', '3']);
    expect(await found(index, { q: 'sofas', understand: false })).toEqual(['1', '5']);
    expect(await found(index, { q: 'settees', understand: false })).toEqual(['3']);
    expect(index.document(0).category).toBe('Sofas');
    index.close();
  });
});

describe('other names of an attribute', () => {
  it('are the attribute in facets, filters and orders', async () => {
    const index = await indexOf(products, undefined, view);
    expect(index.columns.names()).toEqual([
      'attributes.color',
      'attributes.note',
      'attributes.size',
      'category',
    ]);
    expect(counts(index, 'attributes.color')).toEqual({ Red: 2, Blue: 1, Green: 1 });
    for (const name of ['color', 'Colour', 'farbe', '`Main colour`', 'COLOUR']) {
      const field = name.startsWith('`') ? `\`attributes.${name.slice(1)}` : `attributes.${name}`;
      expect(passing(index, `${field} = 'red'`), field).toEqual(['1', '2']);
      expect(passing(index, `${field} EXISTS`), field).toEqual(['1', '2', '3', '5']);
    }
    expect(
      await found(index, { q: '', sort: ['attributes.farbe:asc'], filter: "attributes.colour = 'rot'" }),
    ).toEqual(['1', '2']);
    expect(index.document(0).attributes).toEqual({ colour: 'rot' });
    index.close();
  });
});

it('a product written later is as one indexed before, and rules read from a file are the same', async () => {
  const parts = fc.record({
    category: fc.constantFrom(
      'Sofas',
      COUCH,
      'home > seating',
      'Mats',
      'Rugs',
      'Cars > Floor Mats',
      'x > Sofas',
    ),
    name: fc.constantFrom('color', 'Colour', 'FARBE', 'main colour', 'size', 'remark', 'other'),
    value: fc.constantFrom('red', 'ROT', 'Blue', 'green'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(parts, { minLength: 1, maxLength: 6 }), fc.nat(6), async (drawn, later) => {
      // So that filters by these fields are never refused.
      const always = { category: COUCH, name: 'color', value: 'Blue' };
      const all = [always, ...drawn].map(({ category, name, value }, n) => ({
        id: `${n}`,
        category,
        attributes: { [name]: value },
      }));
      const whole = await indexOf(all, undefined, view);
      const grown = await indexOf(all.slice(0, later + 1), undefined, view);
      grown.apply({ upserts: all.slice(later + 1).map((product) => ({ product, vector: undefined })) });
      expect(grown.columns.names()).toEqual(whole.columns.names());
      for (const name of whole.columns.names()) expect(counts(grown, name)).toEqual(counts(whole, name));
      const rules = ValueRules.parse(whole.columns.rules.toJson());
      for (const filter of ["category = 'Sofas'", "attributes.farbe = 'red'", "category = 'Home'"]) {
        expect(passing(grown, filter)).toEqual(passing(whole, filter));
        const parsed = parseFilter(filter);
        const alone = all.filter((product) =>
          matchProduct(product, parsed, { typeOf: () => undefined, rules }),
        );
        expect(alone.map(({ id }) => id).sort()).toEqual(passing(whole, filter));
      }
      whole.close();
      grown.close();
    }),
    { numRuns: 30 },
  );
});

it('rules of a generation that knows no names leave fields and categories as they are', () => {
  const rules = ValueRules.parse(JSON.stringify({ rules: [], names: {} }));
  expect(rules.fieldOf('attributes.colour')).toBe('attributes.colour');
  expect(rules.categoryPath('Sofas')).toBe('Sofas');
});
