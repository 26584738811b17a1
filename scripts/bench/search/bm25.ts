import type { Product } from '../../../src/domain/product.js';
import { Sqlite } from '../../../src/store/sqlite.js';

/** A product and its score, the higher the better. */
interface Scored {
  readonly id: string;
  readonly score: number;
}

/** BM25 of SQLite's FTS5 with Porter's stemmer, over all of a product's text. */
export interface Bm25Index {
  search(query: string, limit: number): Scored[];
  close(): void;
}

export function openBm25(products: readonly Product[]): Bm25Index {
  const database = new Sqlite(':memory:');
  database.exec(
    "CREATE VIRTUAL TABLE product USING fts5(id UNINDEXED, text, tokenize = 'porter unicode61 remove_diacritics 2')",
  );
  const insert = database.prepare('INSERT INTO product (id, text) VALUES (?, ?)');
  database.transaction(() => {
    for (const product of products) insert.run(product.id, textOf(product));
  })();
  // FTS5 gives the better match the smaller number.
  const select = database.prepare<[string, number], Scored>(
    'SELECT id, -rank AS score FROM product WHERE product MATCH ? ORDER BY rank LIMIT ?',
  );
  return {
    search: (query, limit) => {
      const words = query.match(/[\p{L}\p{N}]+/gu) ?? [];
      return words.length === 0 ? [] : select.all(words.map((word) => `"${word}"`).join(' OR '), limit);
    },
    close: () => {
      database.close();
    },
  };
}

export function fieldsOf({
  title,
  brand,
  category,
  description,
  attributes,
  name,
}: Product): Record<string, string> {
  return {
    title: title ?? '',
    brand: brand ?? '',
    category: category ?? '',
    description: description ?? '',
    attributes: [typeof name === 'string' ? name : '', ...Object.values(attributes ?? {}).flat()].join(' '),
  };
}

export function textOf(product: Product): string {
  return Object.values(fieldsOf(product)).join('\n');
}
