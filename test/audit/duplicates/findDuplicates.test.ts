import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDuplicates } from '../../../src/audit/duplicates/findDuplicates.js';
import { scorePairs } from '../../../src/audit/duplicates/scorePairs.js';
import type { Product } from '../../../src/domain/product.js';
import { toyTaxonomy } from '../toyTaxonomy.js';
import { madeUpShop } from './madeUp.js';
import { softwareAndBooks } from './softwareAndBooks.js';

const view = toyTaxonomy();
const find = (products: readonly Product[]) =>
  findDuplicates({ products, vectorOf: () => undefined, nearest: [], view });
const pairs = (products: readonly Product[]): string[] =>
  find(products).duplicates.map(({ ids }) => ids.join(' '));

describe('findDuplicates', () => {
  it('finds rows entered twice and little else, without labels', () => {
    const { products, truth } = madeUpShop(5, 300, 60);
    const found = pairs(products);
    const right = found.filter((pair) => truth.has(pair)).length;
    expect(right / found.length).toBeGreaterThanOrEqual(0.95);
    expect(right / truth.size).toBeGreaterThanOrEqual(0.8);
  });

  it('finds almost nothing in a shop without duplicates', () => {
    expect(pairs(madeUpShop(9, 300, 0).products).length).toBeLessThanOrEqual(3);
  });

  it('gives the same report for any order of the rows', () => {
    const { products } = madeUpShop(3, 60, 15);
    const report = find(products);
    fc.assert(
      fc.property(fc.shuffledSubarray(products, { minLength: products.length }), (shuffled) => {
        expect(find(shuffled)).toEqual(report);
      }),
      { numRuns: 5 },
    );
  });

  it('separates variants from duplicates', () => {
    const { products } = madeUpShop(3, 80, 20);
    const red: Product = { id: 'v1', title: 'Hartwell enamel casserole pan red 24 cm', price: 40 };
    const blue: Product = { ...red, id: 'v2', title: 'Hartwell enamel casserole pan blue 24 cm' };
    const { duplicates, variants } = find([...products, red, blue]);
    expect(variants).toContainEqual({ ids: ['v1', 'v2'], reason: 'the same but for color' });
    expect(duplicates.some(({ ids }) => ids.includes('v1'))).toBe(false);
  });

  it('never joins different GTINs or different rows of one group; joins equal GTINs', () => {
    const { products } = madeUpShop(3, 80, 20);
    const one: Product = {
      id: 'x1',
      title: 'Hartwell enamel casserole pan',
      price: 40,
      gtin: '4006381333931',
    };
    const other = { ...one, id: 'x2', gtin: '036000291452' };
    const same = { ...one, id: 'x3', title: 'Casserole enamelled, Hartwell', price: 41 };
    const sized: Product[] = ['S', 'M'].map((size) => ({
      id: `g${size}`,
      title: 'Apron linen natural long',
      group_id: 'g',
      attributes: { size },
    }));
    const found = pairs([...products, one, other, same, ...sized]);
    expect(found).toContain('x1 x3');
    expect(found).not.toContain('x1 x2');
    expect(found).not.toContain('gM gS');
  });

  it('does not join rows by a title that many rows share', () => {
    const { products } = madeUpShop(3, 80, 20);
    const heels = Array.from({ length: 6 }, (_, at) => ({
      id: `h${at}`,
      title: 'Catwalk women black heels',
    }));
    expect(pairs([...products, ...heels]).some((pair) => pair.includes('h'))).toBe(false);
  });

  it('accepts an empty catalog, one row, and rows without words', () => {
    expect(find([]).duplicates).toEqual([]);
    expect(find([{ id: '1', title: 'Mug' }]).duplicates).toEqual([]);
    expect(find([{ id: '1' }, { id: '2' }, { id: '3', title: '!!!' }]).duplicates).toEqual([]);
  });

  it('has at least 95 % of the true pairs among the candidates', () => {
    const { products, truth } = madeUpShop(11, 400, 100);
    const { listings, pairs: candidates } = scorePairs({
      products,
      vectorOf: () => undefined,
      nearest: [],
      view,
    });
    const candidatePairs = new Set<string>();
    for (const [at, first] of candidates.first.entries()) {
      candidatePairs.add(
        `${listings[first]?.product.id} ${listings[candidates.second[at] ?? 0]?.product.id}`,
      );
    }
    expect([...truth].filter((pair) => candidatePairs.has(pair)).length).toBeGreaterThanOrEqual(
      0.95 * truth.size,
    );
    expect(candidatePairs.size).toBeLessThan(30 * products.length);
  });
});

describe('findDuplicates in the tables of two shops', () => {
  const scoreOf = (withSource: boolean): { precision: number; recall: number } => {
    const { products, truth } = softwareAndBooks(withSource);
    const found = pairs(products);
    const right = found.filter((pair) => truth.has(pair)).length;
    return { precision: right / found.length, recall: right / truth.size };
  };

  it.each([
    ['a source field', true],
    ['ids that begin with the shop', false],
  ])('finds products without codes by %s', (_, withSource) => {
    const { precision, recall } = scoreOf(withSource);
    expect(precision).toBeGreaterThanOrEqual(0.9);
    expect(recall).toBeGreaterThanOrEqual(0.8);
  });

  it('joins no other edition, year, platform or volume', () => {
    const found = pairs(softwareAndBooks(true).products);
    for (const [one, other] of [
      ['one-102', 'two-101'],
      ['one-108', 'two-107'],
      ['one-154', 'two-155'],
      ['one-160', 'two-162'],
    ]) {
      expect(found).not.toContain(`${one} ${other}`);
    }
  });
});
