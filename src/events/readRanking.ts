import { UserError } from '../domain/errors.js';
import { columnKey } from '../formats/layout/layout.js';
import { openSource } from '../formats/source.js';
import { fold } from '../text/fold.js';
import { readNumber } from '../text/numbers.js';
import { MAX_RANKED } from './importedRankings.js';

/** Usual names of the columns, as column keys. */
const COLUMNS = {
  query: ['query', 'search term', 'search', 'q', 'suche', 'suchbegriff'],
  product: ['product id', 'id', 'sku', 'item id', 'object id', 'artikelnummer'],
  position: ['position', 'rank', 'place', 'platz'],
} as const;

/** The ranking of another search, or of what it ranked for some queries. */
export interface ReadRanking {
  /** Products by folded query, best first, each once. */
  readonly products: ReadonlyMap<string, readonly string[]>;
  readonly refused: readonly { readonly line: number; readonly reason: string }[];
  /** Lines beyond the places that are kept. */
  readonly leftOut: number;
}

/**
 * Reads a file (CSV, TSV, XLSX, JSONL) with a line per query and product. Without positions the order of the lines counts.
 * @throws UserError if the file cannot be read, or lacks the column of the query or the product.
 */
export async function readRanking(path: string): Promise<ReadRanking> {
  const source = await openSource(path, { requireId: false });
  const found = new Map<string, Map<string, number>>();
  const refused: { line: number; reason: string }[] = [];
  let columns: { readonly query: string; readonly product: string; readonly position?: string } | undefined;
  for await (const { line, record } of source.rows()) {
    if (record === undefined) {
      refused.push({ line, reason: 'the line cannot be read' });
      continue;
    }
    columns ??= columnsOf(path, Object.keys(record));
    const query = fold(String(record[columns.query] ?? '')).trim();
    const id = String(record[columns.product] ?? '').trim();
    const written = columns.position === undefined ? '' : String(record[columns.position] ?? '').trim();
    const position = columns.position === undefined ? line : readNumber(written);
    if (query === '') refused.push({ line, reason: 'found no query' });
    else if (id === '') refused.push({ line, reason: 'found no product' });
    else if (position === undefined || position < 0)
      refused.push({ line, reason: `found the position ${JSON.stringify(written)}; expected a number` });
    else {
      const own = found.get(query) ?? new Map<string, number>();
      found.set(query, own);
      own.set(id, Math.min(position, own.get(id) ?? Number.POSITIVE_INFINITY));
    }
  }
  let leftOut = 0;
  const products = new Map(
    [...found].map(([query, own]) => {
      const ids = [...own].sort(([, a], [, b]) => a - b).map(([id]) => id);
      leftOut += Math.max(0, ids.length - MAX_RANKED);
      return [query, ids.slice(0, MAX_RANKED)] as const;
    }),
  );
  return { products, refused, leftOut };
}

function columnsOf(path: string, names: readonly string[]) {
  const byKey = new Map(names.map((name) => [columnKey(name), name]));
  const find = (column: keyof typeof COLUMNS): string | undefined =>
    COLUMNS[column].map((key) => byKey.get(key)).find((name) => name !== undefined);
  const [query, product, position] = [find('query'), find('product'), find('position')];
  if (query !== undefined && product !== undefined)
    return { query, product, ...(position !== undefined && { position }) };
  throw new UserError(
    `${path} has no column with the ${query === undefined ? 'query' : 'product'}: found ${names.join(', ')}; expected query, product_id and position.`,
  );
}
