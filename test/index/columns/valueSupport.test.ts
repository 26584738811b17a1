import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Fact } from '../../../src/domain/fact.js';
import { documentOf } from '../../../src/domain/filledProduct.js';
import type { Product } from '../../../src/domain/product.js';
import { parseFilter } from '../../../src/search/filter/parseFilter.js';
import { restrictIndex } from '../../../src/search/filter/restrictIndex.js';
import { factOf } from '../../domain/fact.js';
import { indexOf } from '../../search/indexOf.js';

function quoting(quote: string, changes: Partial<Fact> = {}): Partial<Fact> {
  return { evidence: { field: 'title', start: 0, end: quote.length, quote }, ...changes };
}

const kinds: Readonly<Record<string, { fact: Fact | undefined; support: number }>> = {
  merchant: { fact: undefined, support: 1 },
  classifier: { fact: factOf('attributes.color', 'Red', { confidence: 0.87 }), support: 0.87 },
  certain: { fact: factOf('attributes.color', 'Red', { confidence: 1 }), support: 0.99 },
  literal: { fact: factOf('attributes.color', 'Red', quoting('RED')), support: 0 },
  plural: { fact: factOf('attributes.color', 'Red', quoting('reds')), support: 0 },
  alias: { fact: factOf('attributes.color', 'Red', quoting('crimson', { confidence: 0.93 })), support: 0.93 },
  reviewer: { fact: factOf('attributes.color', 'Red', { source: 'reviewer', confidence: 1 }), support: 1 },
  suggested: { fact: factOf('attributes.color', 'Red', { status: 'suggested' }), support: 1 },
};

it('knows how much each filled value says, in the file, when appended, and for some of the products', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...Object.keys(kinds)), { minLength: 1, maxLength: 8 }),
      fc.nat(8),
      async (made, built) => {
        const products = made.map((kind, i): Product => {
          const product: Product = { id: `${i}`, title: kind, attributes: { color: 'Red' } };
          const fact = kinds[kind]?.fact;
          return fact === undefined ? product : documentOf({ product, facts: [fact] });
        });
        const index = await indexOf(products.slice(0, built));
        index.apply({ upserts: products.slice(built).map((product) => ({ product })) });
        const restricted = restrictIndex(index, parseFilter("title != 'none'"));
        for (const { columns } of [index, restricted]) {
          const support = columns.support('attributes.color');
          expect(made.map((_, ordinal) => support.of(ordinal))).toEqual(
            made.map((kind) => kinds[kind]?.support),
          );
          expect(columns.support('brand').of(0)).toBe(1);
        }
        index.close();
      },
    ),
    { numRuns: 25 },
  );
});
