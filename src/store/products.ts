import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { LIVE_FIELDS, type LivePatch, type Product } from '../domain/product.js';
import { readableProduct } from '../domain/readableProduct.js';

export type Upserted = 'inserted' | 'content' | 'live' | 'unchanged';

interface Row {
  id: string;
  record: string;
  content_hash: string;
}

const LIVE: ReadonlySet<string> = new Set(LIVE_FIELDS);

/** The merchant's records. Every write is also logged in the change log. */
export class ProductTable {
  private readonly one;
  private readonly live;
  private readonly held;
  private readonly put;
  private readonly drop;
  private readonly log;
  private readonly page;
  private readonly total;
  private readonly ids;

  constructor(database: Database) {
    this.one = database.prepare<[string], Row>('select id, record, content_hash from products where id = ?');
    // The log of a price file has a million entries, and parsing each whole product would take minutes.
    this.live = database
      .prepare<[string], string>(
        `select json_extract(record, ${LIVE_FIELDS.map((name) => `'$.${name}'`).join(', ')}) from products where id = ?`,
      )
      .pluck();
    this.held = database.prepare<[string], number>('select 1 from products where id = ?').pluck();
    this.put = database.prepare<[string, string, string]>(
      'insert into products (id, record, content_hash) values (?, ?, ?) on conflict (id) do update set record = excluded.record, content_hash = excluded.content_hash',
    );
    this.drop = database.prepare<[string]>('delete from products where id = ?');
    this.log = database.prepare<[string, string]>('insert into changes (id, kind) values (?, ?)');
    this.page = database.prepare<[string, number], Row>(
      'select id, record, content_hash from products where id > ? order by id limit ?',
    );
    this.total = database.prepare<[], number>('select count(*) from products').pluck();
    this.ids = database
      .prepare<[string, number], string>('select id from products where id > ? order by id limit ?')
      .pluck();
  }

  /** The product as people read it, see `readableProduct`. */
  get(id: string): Product | undefined {
    const original = this.original(id);
    return original === undefined ? undefined : readableProduct(original);
  }

  /** The product as written, with the merchant's own markup. */
  original(id: string): Product | undefined {
    const row = this.one.get(id);
    return row === undefined ? undefined : productOf(row.record);
  }

  /** The live fields that the product has; undefined for an unknown id. */
  liveFields(id: string): LivePatch | undefined {
    const found = this.live.get(id);
    if (found === undefined) return undefined;
    const [price, stock, availability]: [number | null, number | null, string | null] = JSON.parse(found);
    return {
      ...(price !== null && { price }),
      ...(stock !== null && { stock }),
      ...(availability !== null && { availability }),
    };
  }

  has(id: string): boolean {
    return this.held.get(id) !== undefined;
  }

  count(): number {
    return this.total.get() ?? 0;
  }

  /**
   * Inserts or replaces a product, and returns whether its content or only live fields changed. Call in a
   * transaction.
   */
  upsert(product: Product): Upserted {
    const known = this.one.get(product.id);
    const hash = contentHash(product);
    const live = known?.content_hash === hash;
    const before = live ? productOf(known.record) : undefined;
    if (before !== undefined && sameLive(before, product)) return 'unchanged';
    this.put.run(product.id, JSON.stringify(product), hash);
    // A patch cannot remove a field, so a removed live field counts as a change of content.
    const patchable =
      before !== undefined &&
      LIVE_FIELDS.every((name) => before[name] === undefined || product[name] !== undefined);
    this.log.run(product.id, patchable ? 'live' : 'content');
    if (known === undefined) return 'inserted';
    return live ? 'live' : 'content';
  }

  /** Sets live fields of a product. Returns the new product, or undefined if the id is unknown. */
  patch(id: string, live: LivePatch): Product | undefined {
    const known = this.one.get(id);
    if (known === undefined) return undefined;
    const product = { ...productOf(known.record), ...live };
    this.put.run(id, JSON.stringify(product), known.content_hash);
    this.log.run(id, 'live');
    return product;
  }

  delete(id: string): boolean {
    const gone = this.drop.run(id).changes > 0;
    if (gone) this.log.run(id, 'delete');
    return gone;
  }

  /**
   * All products by ascending id, from after `from` on, as people read them; one page of rows in memory at a time. The
   * store may be written meanwhile.
   */
  *each(pageSize = 1000, from = ''): Generator<Product> {
    for (let after = from; ; ) {
      const rows = this.page.all(after, pageSize);
      for (const row of rows) yield readableProduct(productOf(row.record));
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.id;
    }
  }

  /** All ids, ascending. */
  *eachId(pageSize = 10_000): Generator<string> {
    for (let after = ''; ; ) {
      const page = this.ids.all(after, pageSize);
      yield* page;
      const last = page.at(-1);
      if (last === undefined) return;
      after = last;
    }
  }
}

function productOf(record: string): Product {
  const product: Product = JSON.parse(record);
  return product;
}

/** A hash of everything except live fields, whatever the order of keys. */
function contentHash(product: Product): string {
  const content = Object.entries(product).filter(([name]) => !LIVE.has(name));
  return createHash('sha256')
    .update(JSON.stringify(Object.fromEntries(content), sortedKeys))
    .digest('base64url');
}

/** A replacer for JSON.stringify that sorts keys. */
function sortedKeys(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sameLive(a: Product, b: Product): boolean {
  return LIVE_FIELDS.every((name) => a[name] === b[name]);
}
