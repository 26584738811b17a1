import type { ProductRow, RowSource } from '../formats/source.js';
import type { Store } from '../store/open.js';

const BATCH = 500;

/** The stored products, as people read them, as the rows of a file by ascending id. */
export function storeRows(store: Pick<Store, 'products'>): RowSource {
  return {
    async *rows() {
      let line = 0;
      for (const product of store.products.each(BATCH)) {
        line++;
        const values = { product, original: product, cleared: [], unreadable: [] };
        yield { kind: 'product', line, record: {}, ...values } satisfies ProductRow;
      }
    },
  };
}
