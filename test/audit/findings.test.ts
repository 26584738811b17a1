import { describe, expect, it } from 'vitest';
import { findContradictions } from '../../src/audit/findContradictions.js';
import { findImpossible } from '../../src/audit/findImpossible.js';
import { findMiscategorised } from '../../src/audit/findMiscategorised.js';
import { findMissing } from '../../src/audit/findMissing.js';
import { findOutOfVocabulary } from '../../src/audit/findOutOfVocabulary.js';
import { findSpellings } from '../../src/audit/findSpellings.js';
import type { Product } from '../../src/domain/product.js';
import { viewTaxonomy } from '../../src/taxonomy/view.js';
import { toyTaxonomy } from './toyTaxonomy.js';

const view = toyTaxonomy();

describe('findMissing', () => {
  it('finds a missing category and missing required attributes, but not optional ones', () => {
    const found = findMissing(
      [
        { id: '1', title: 'Mug', category: 'Home > Mugs' },
        { id: '2', title: 'Mug', category: 'Home > Mugs', attributes: { color: 'Red' } },
        { id: '3', title: 'Pot' },
      ],
      view,
    );
    expect(found.map(({ id, field }) => `${id} ${field}`)).toEqual(['1 attributes.color', '3 category']);
  });

  it('does not report categories if no row has one', () => {
    expect(findMissing([{ id: '1', title: 'Mug' }], view)).toEqual([]);
  });
});

describe('findOutOfVocabulary', () => {
  it('suggests the nearest known value; accepts aliases, other cases and lists of known values', () => {
    const colours = ['Turqoise', 'navy blue', 'RED', 'Red / Blue', 'dark navy', 'Fuchsia'];
    const found = findOutOfVocabulary(
      colours.map((color, at) => ({ id: String(at), attributes: { color } })),
      view,
    );
    expect(found.map(({ value, suggestion }) => [value, suggestion])).toEqual([
      ['Turqoise', 'Turquoise'],
      ['dark navy', 'Navy'],
      ['Fuchsia', undefined],
    ]);
  });

  it('accepts any value of an open list', () => {
    const attributes = view.taxonomy.attributes.map((one) =>
      one.type === 'enum' && one.id === 'color' ? { ...one, open: true } : one,
    );
    const open = viewTaxonomy({ ...view.taxonomy, attributes });
    expect(findOutOfVocabulary([{ id: '1', attributes: { color: 'Fuchsia' } }], open)).toEqual([]);
  });

  it('reports a category that the taxonomy does not have', () => {
    const [found] = findOutOfVocabulary([{ id: '1', category: 'Home > Mugz' }], view);
    expect(found).toMatchObject({ field: 'category', suggestion: 'Home > Mugs' });
  });
});

describe('findImpossible', () => {
  const of = (product: Partial<Product>) =>
    findImpossible([{ id: '1', ...product }], view).map(({ message }) => message);

  it('checks measures against bounds and dimension', () => {
    expect(of({ attributes: { weight: '70 kg' } })[0]).toContain('above the maximum, 50 kg');
    expect(of({ attributes: { weight: '1 g' } })[0]).toContain('below the minimum');
    expect(of({ attributes: { weight: '2 l' } })[0]).toContain('is a volume');
    expect(of({ attributes: { weight: '500 g' } })).toEqual([]);
    expect(of({ attributes: { weight: 3 } })).toEqual([]);
  });

  it('checks GTINs: check digit, length, spreadsheet damage, lost zeros, placeholders', () => {
    expect(of({ gtin: '4006381333931' })).toEqual([]);
    expect(of({ gtin: '4006381333932' })[0]).toContain('check digit of “4006381333932” should be 1');
    expect(of({ gtin: '4.00638E+12' })[0]).toContain('rounded by a spreadsheet');
    expect(of({ gtin: '12345' })[0]).toContain('5 digits');
    expect(of({ gtin: '000000000000' })[0]).toContain('is a placeholder');
    expect(findImpossible([{ id: '1', upc: '36000291452' }], view)[0]).toMatchObject({
      suggestion: '036000291452',
    });
  });

  it('reports a price of 0', () => {
    expect(of({ price: 0 })).toEqual(['has a price of 0']);
    expect(of({ price: 0.5 })).toEqual([]);
  });
});

describe('findSpellings', () => {
  const rows = (values: readonly string[]): Product[] =>
    values.map((color, at) => ({ id: String(at), attributes: { color } }));

  it('suggests the most frequent of the spellings that fold to the same, without a governed taxonomy', () => {
    const found = findSpellings(rows(['Sky blue', 'Sky blue', 'sky-blue', 'Sky  Blue', 'Rust']), view, false);
    expect(found.map(({ value, suggestion }) => [value, suggestion])).toEqual([
      ['sky-blue', 'Sky blue'],
      ['Sky  Blue', 'Sky blue'],
    ]);
  });

  it('suggests the taxonomy’s name for aliases, under a governed taxonomy', () => {
    const found = findSpellings(rows(['NVY', 'navy blue', 'Navy', 'Red']), view, true);
    expect(found.map(({ value, suggestion }) => [value, suggestion])).toEqual([
      ['NVY', 'Navy'],
      ['navy blue', 'Navy'],
    ]);
  });

  it('finds a typing error beside a frequent value, but not a plural, and not beside a rare value', () => {
    const many = Array.from({ length: 40 }, () => 'Leather');
    const found = findSpellings(rows([...many, 'Lether', 'Leathers', 'Canvas', 'Canvat']), view, false);
    expect(found.map(({ value }) => value)).toEqual(['Lether']);
  });

  it('converts a measure in another unit of the attribute’s dimension', () => {
    const found = findSpellings([{ id: '1', attributes: { weight: '500 g' } }], view, true);
    expect(found[0]).toMatchObject({ value: '500 g', suggestion: '0.5 kg' });
  });
});

describe('findContradictions', () => {
  const agreeing = Array.from({ length: 20 }, (_, at) => ({
    id: `a${at}`,
    title: `Red mug no ${at}`,
    attributes: { color: 'Red' },
  }));
  const blue = Array.from({ length: 20 }, (_, at) => ({
    id: `b${at}`,
    title: `Blue mug no ${at}`,
    attributes: { color: 'Blue' },
  }));

  it('finds a title that contradicts its attribute, if such titles are nearly always right', () => {
    const odd = { id: 'x', title: 'Red mug with handle', attributes: { color: 'Blue' } };
    expect(findContradictions([...agreeing, ...blue, odd], view)).toMatchObject([
      { id: 'x', field: 'attributes.color', value: 'Blue', suggestion: 'Red' },
    ]);
  });

  it('ignores words that are often wrong, titles with two values, and attributes with a more specific value', () => {
    const often = Array.from({ length: 5 }, (_, at) => ({
      id: `o${at}`,
      title: 'Red mug',
      attributes: { color: 'Blue' },
    }));
    expect(findContradictions([...agreeing, ...blue, ...often], view)).toEqual([]);
    const both = { id: 'x', title: 'Red and blue mug', attributes: { color: 'Navy' } };
    const kind = { id: 'y', title: 'Blue mug', attributes: { color: 'navy blue' } };
    expect(findContradictions([...agreeing, ...blue, both, kind], view)).toEqual([]);
  });

  it('finds a quantity in the title that contradicts the attribute, but not in a pack', () => {
    const weighed = Array.from({ length: 20 }, (_, at) => ({
      id: `w${at}`,
      title: `Pot ${at + 1} kg`,
      attributes: { weight: `${at + 1} kg` },
    }));
    const odd = { id: 'x', title: 'Pot 2 kg', attributes: { weight: '20 kg' } };
    const pack = { id: 'y', title: 'Pots 6 x 2 kg', attributes: { weight: '12 kg' } };
    expect(findContradictions([...weighed, odd, pack], view)).toMatchObject([
      { id: 'x', suggestion: '2 kg' },
    ]);
  });
});

describe('findMiscategorised', () => {
  it('reports a suspected category, but not within one branch', () => {
    const products: Product[] = [
      { id: '1', category: 'Home > Pots' },
      { id: '2', category: 'Home' },
      { id: '3' },
    ];
    const check = () => ({
      proposed: 'Home > Mugs',
      confidence: 0.97,
      evidence: { rule: 'mugs have handles' },
    });
    const found = findMiscategorised(products, () => undefined, check, view);
    expect(found).toMatchObject([{ id: '1', value: 'Home > Pots', suggestion: 'Home > Mugs' }]);
    expect(found[0]?.message).toContain('mugs have handles');
  });
});
