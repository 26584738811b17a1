import fc from 'fast-check';
import { expect, it, describe as suite } from 'vitest';
import { type Fact, factSchema } from '../../../src/domain/fact.js';
import type { Product } from '../../../src/domain/product.js';
import { describe, grammarOf } from '../../../src/enrich/describe/describe.js';
import { english } from '../../../src/enrich/describe/english.js';
import { taxonomySchema } from '../../../src/taxonomy/schema.js';
import { viewTaxonomy } from '../../../src/taxonomy/view.js';
import { fold } from '../../../src/text/fold.js';

const view = viewTaxonomy(
  taxonomySchema.parse({
    format: 1,
    version: 'test',
    language: 'en',
    owner: 'tests',
    changelog: [{ version: 'test', date: '2026-01-01', changes: ['made'] }],
    categories: [
      { id: 'home', name: 'Home', attributes: ['color', 'material', 'capacity', 'cordless'] },
      { id: 'kettles', name: 'Kettles', parent: 'home', required: ['capacity'] },
      { id: 'shoes', name: 'Running Shoes', attributes: ['color', 'gender'] },
      { id: 'cups', name: 'Cups & Mugs', attributes: ['color'] },
    ],
    attributes: [
      {
        id: 'color',
        name: 'Colour',
        type: 'enum',
        values: [{ name: 'Navy Blue', aliases: ['NVY'] }, { name: 'Red' }],
      },
      { id: 'material', name: 'Material', type: 'text', multiple: true },
      { id: 'gender', name: 'Gender', type: 'enum', values: [{ name: 'Women' }, { name: 'Unisex' }] },
      { id: 'capacity', name: 'Capacity', type: 'number+unit', unit: 'l' },
      { id: 'cordless', name: 'Cordless', type: 'boolean' },
    ],
  }),
);

const about = (product: Partial<Product>, facts: readonly Fact[] = []): Fact | undefined =>
  describe({ id: '1', ...product }, facts, view, english);

const applied = (field: string, value: Fact['value'], confidence: number): Fact => ({
  field,
  value,
  status: 'applied',
  confidence,
  source: 'model',
  method: 'lookup',
  evidence: { field: 'title', start: 0, end: 3, quote: 'red' },
});

suite('a description', () => {
  it('states known values in two sentences, required ones first, and names the field of each clause', () => {
    const fact = about({
      title: 'Aldis Quick 2000',
      brand: 'Aldis',
      category: 'Home > Kettles',
      attributes: {
        color: 'NVY',
        material: ['Steel', 'ABS'],
        capacity: '1.7 l',
        cordless: true,
        origin: 'Italy',
      },
    });
    expect(fact?.value).toBe(
      'This kettle by Aldis comes in navy blue and is made of steel and ABS. Its capacity is 1.7 l and its origin is Italy, and it is marked cordless.',
    );
    expect(factSchema.parse(fact)).toEqual(fact);
    const text = String(fact?.value);
    expect(
      fact !== undefined && 'clauses' in fact.evidence
        ? fact.evidence.clauses.map(({ field, start, end }) => [field, text.slice(start, end)])
        : [],
    ).toEqual([
      ['category', 'kettle'],
      ['brand', 'by Aldis'],
      ['attributes.color', 'comes in navy blue'],
      ['attributes.material', 'is made of steel and ABS'],
      ['attributes.capacity', 'Its capacity is 1.7 l'],
      ['attributes.origin', 'its origin is Italy'],
      ['attributes.cordless', 'cordless'],
    ]);
  });

  it('uses the plural for pairs, and for a joined category the kind that the title names', () => {
    expect(
      about({ category: 'Running Shoes', brand: 'Fleet', attributes: { gender: 'Unisex' } })?.value,
    ).toBe('These running shoes by Fleet are for women and men.');
    expect(about({ category: 'Cups & Mugs', title: 'Big mug', attributes: { color: 'Red' } })?.value).toBe(
      'This mug comes in red.',
    );
    expect(about({ category: 'Cups & Mugs', title: 'Bowl', attributes: { color: 'Red' } })?.value).toBe(
      'This product comes in red.',
    );
  });

  it('uses applied facts but no suggestions, with the confidence of the least sure clause', () => {
    const product = { category: 'Home > Kettles', brand: 'Aldis' };
    const color = applied('attributes.color', 'Red', 0.93);
    expect(about(product, [color])).toMatchObject({
      value: 'This kettle by Aldis comes in red.',
      confidence: 0.93,
    });
    expect(about(product, [{ ...color, status: 'suggested' }])).toMatchObject({
      value: 'This kettle is by Aldis.',
      confidence: 1,
    });
  });

  it('is absent with a description, without a category, or with nothing to state', () => {
    const attributes = { color: 'Red' };
    expect(about({ category: 'Kettles', attributes, description: 'Hot.' })).toBeUndefined();
    expect(about({ attributes })).toBeUndefined();
    expect(about({ category: 'Kettles' })).toBeUndefined();
    expect(about({ category: 'Kettles', attributes: { color: '<b>' } })).toBeUndefined();
  });

  it('states nothing beyond its fields: every word is from a value, a name, or the grammar', () => {
    const GRAMMAR = new Set(
      'this these by is are comes come in and made of for has have a an pattern weighs weigh its their it they marked kettle'.split(
        ' ',
      ),
    );
    const value = fc.stringMatching(/^[A-Za-z0-9]{1,8}( [A-Za-z0-9]{1,8}){0,2}$/);
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('color', 'material', 'Height', 'Style', 'weight', 'pattern'), value),
        fc.option(value, { nil: '' }),
        (attributes, brand) => {
          const fact = about({ category: 'Home > Kettles', brand, attributes });
          if (fact === undefined) {
            expect(brand === '' || Object.keys(attributes).length === 0).toBe(true);
            return;
          }
          const known = [brand, ...Object.entries(attributes).flat()].flatMap((text) =>
            fold(text).split(' '),
          );
          const text = String(fact.value);
          for (const word of fold(text.replaceAll(/[.,]/g, ' ')).split(/\s+/).filter(Boolean)) {
            expect(GRAMMAR.has(word) || known.includes(word)).toBe(true);
          }
          if (!('clauses' in fact.evidence)) throw new Error('no clauses');
          let left = text;
          for (const { start, end } of [...fact.evidence.clauses].reverse())
            left = left.slice(0, start) + left.slice(end);
          // Text outside of clauses joins them and states nothing.
          expect(left.replaceAll(/this|is|and|it|marked|[ .,]/gi, '')).toBe('');
        },
      ),
    );
  });
});

it('has grammars for supported languages only', () => {
  expect(grammarOf('en')).toBe(english);
  expect(grammarOf('en-GB')).toBe(english);
  expect(grammarOf('und')).toBe(english);
  expect(grammarOf('de')).toBeUndefined();
});
