import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Product } from '../../src/domain/product.js';
import { factsForOriginal, readableProduct } from '../../src/domain/readableProduct.js';
import { factOf } from './fact.js';

describe('readableProduct', () => {
  it('reads the text of every field and leaves codes and addresses as they are', () => {
    const product: Product = {
      id: 'a&amp;b',
      title: 'Cups &amp; saucers<br>for <b class="green">two</b>',
      description: '<ul><li>Stoneware</li><li>safe in a dishwasher</li></ul>',
      brand: 'Tischlein &#38; Co',
      category: 'Kitchen &amp; Dining &gt; Cups',
      url: 'https://shop.example/?a=1&copy=2',
      gtin: '&amp;',
      manual: 'https://shop.example/manual?id=1&reg=2',
      tags: ['tea &amp; coffee', 4],
      note: '<p></p>',
      sizes: { deep: '&amp;' },
      attributes: {
        finish: 'matt &ndash; <i>soft</i>',
        colours: ['cr&egrave;me', '<!-- none -->', 'r&d'],
        empty: '&nbsp;',
        pieces: 4,
      },
    };
    const before = structuredClone(product);
    expect(readableProduct(product)).toEqual({
      id: 'a&amp;b',
      title: 'Cups & saucers for two',
      description: 'Stoneware\nsafe in a dishwasher',
      brand: 'Tischlein & Co',
      category: 'Kitchen & Dining > Cups',
      url: 'https://shop.example/?a=1&copy=2',
      gtin: '&amp;',
      manual: 'https://shop.example/manual?id=1&reg=2',
      tags: ['tea & coffee', 4],
      sizes: { deep: '&amp;' },
      attributes: { finish: 'matt – soft', colours: ['crème', 'r&d'], pieces: 4 },
    });
    expect(product).toEqual(before);
  });

  it('returns a product without markup itself', () => {
    const product = { id: '1', title: 'Bolt M5 < 10 mm', attributes: { maker: 'AT&T' } };
    expect(readableProduct(product)).toBe(product);
  });
});

describe('factsForOriginal', () => {
  it('quotes the text as the record has it', () => {
    const original = { id: '1', title: 'Mug &amp; <b>navy</b> blue saucer' };
    expect(readableProduct(original).title).toBe('Mug & navy blue saucer');
    const quoted = factOf('attributes.color', 'Navy Blue', {
      evidence: { field: 'title', start: 6, end: 15, quote: 'navy blue' },
    });
    const ruled = factOf('category', 'Cups');
    expect(factsForOriginal(original, [quoted, ruled])).toEqual([
      { ...quoted, evidence: { field: 'title', start: 13, end: 26, quote: 'navy</b> blue' } },
      ruled,
    ]);
    const plain = { id: '1', title: 'Mug, navy blue' };
    const facts = [{ ...quoted, evidence: { field: 'title', start: 5, end: 14, quote: 'navy blue' } }];
    expect(factsForOriginal(plain, facts)).toBe(facts);
  });

  it('quotes exactly in any text', () => {
    const part = fc.constantFrom('<b>', '</b>', '&amp;', '&eacute;', 'a', 'b c', '\n', '<!-- x -->', '< ');
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), fc.nat(30), fc.nat(10), (parts, from, length) => {
        const original = { id: '1', description: `a${parts.join('')}` };
        const text = readableProduct(original).description ?? '';
        const start = Math.min(from, text.length - 1);
        const end = Math.min(start + length + 1, text.length);
        const evidence = { field: 'description', start, end, quote: text.slice(start, end) };
        const [moved] = factsForOriginal(original, [factOf('attributes.x', 'y', { evidence })]);
        if (moved === undefined || !('quote' in moved.evidence)) throw new Error('expected a span');
        const { start: first, end: last, quote } = moved.evidence;
        expect(original.description.slice(first, last)).toBe(quote);
        expect(quote.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});
