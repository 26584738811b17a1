import { expect, it } from 'vitest';
import { buildIndex } from '../../../src/opensearch/buildGeneration.js';
import { makeSamples, OpenSearchProducts } from '../../../src/opensearch/search/openSearchProducts.js';
import type { ListRequest } from '../../../src/search/engine/productEngine.js';
import { indexOf } from '../../search/indexOf.js';
import { describeOpenSearch, sharedEngine } from '../../support/openSearch.js';
import { mixedCatalog } from './searchBoth.js';

describeOpenSearch('listing products', () => {
  const engine = sharedEngine({ layout: { shards: 2, replicas: 0 } });

  it('reaches the same pages by place and by going through those before', async () => {
    const { products, vectors } = mixedCatalog(90);
    const index = await indexOf(products, vectors);
    await buildIndex(engine(), index, () => undefined);
    const name = engine().names.index(index.generation.id);
    const list: Omit<ListRequest, 'from' | 'size'> = {
      products: { kind: 'not', part: { kind: 'ids', ids: ['p3'] } },
      scores: [],
      sort: [{ by: 'field', field: 'price', direction: 'desc', numeric: true, texts: true }],
      ...{ grouped: false, whole: true },
    };
    const near = new OpenSearchProducts(engine(), name, 90, makeSamples());
    const deep = new OpenSearchProducts(engine(), name, 90, makeSamples(), 20);
    for (const [from, size] of [
      [15, 10],
      [60, 10],
      [85, 10],
      [200, 10],
    ] as const) {
      const [expected] = (await near.list([{ ...list, from, size }], [])).listed;
      const [walked] = (await deep.list([{ ...list, from, size }], [])).listed;
      expect(walked?.ids).toEqual(expected?.ids);
      expect(walked?.total).toBe(89);
      expect(walked?.products.map(({ id }) => id)).toEqual(walked?.ids);
    }
  });
});
