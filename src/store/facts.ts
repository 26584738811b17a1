import type { Database } from 'better-sqlite3';
import { type Fact, isShown } from '../domain/fact.js';
import type { AttributeValue } from '../domain/product.js';
import { groupOf } from '../domain/suggestion.js';

/** The columns of a fact. */
export interface FactRow {
  readonly field: string;
  readonly value: string;
  readonly status: Fact['status'];
  readonly confidence: number;
  readonly source: Fact['source'];
  readonly method: Fact['method'];
  readonly evidence: string;
  readonly taxonomy: string;
  readonly model: string;
  readonly decision: number | null;
  readonly written: string | null;
}

/** The versions that a fact was made with. */
export interface FactOrigin {
  readonly taxonomy: string;
  readonly model: string;
}

/** A fact with its origin and the decision that last changed it. */
export interface StoredFact extends Fact, FactOrigin {
  readonly decision: number | null;
}

export const FACT_COLUMNS =
  'field, value, status, confidence, source, method, evidence, taxonomy, model, decision, written';

type Columns = [
  string,
  string,
  string,
  string,
  number,
  string,
  string,
  string,
  string,
  string,
  number | null,
  string | null,
  string | null,
];

/**
 * The facts about products beyond the merchant's own values. At most one fact per field is applied or suggested;
 * rejected and superseded
 * values are kept beside it, each once.
 */
export class FactTable {
  private readonly byProduct;
  private readonly byField;
  private readonly byReviewer;
  private readonly byRejection;
  private readonly shown;
  private readonly statusCounts;
  private readonly insert;
  private readonly deleteOne;
  private readonly deleteByModel;
  private readonly deleteEnriched;
  private readonly deleteAll;

  constructor(database: Database) {
    this.byProduct = database.prepare<[string], FactRow>(
      `select ${FACT_COLUMNS} from facts where product_id = ? order by field, value`,
    );
    this.byField = database.prepare<[string, string], FactRow>(
      `select ${FACT_COLUMNS} from facts where product_id = ? and field = ? order by value`,
    );
    this.byReviewer = database.prepare<[string], FactRow>(
      `select ${FACT_COLUMNS} from facts where product_id = ? and source = 'reviewer' order by field`,
    );
    this.byRejection = database.prepare<[string], FactRow>(
      `select ${FACT_COLUMNS} from facts where product_id = ? and status = 'rejected' order by field, value`,
    );
    this.shown = database
      .prepare<[], unknown[]>(
        `select product_id, field, value, status, confidence, source, method, evidence, written from facts
         order by product_id, field, value`,
      )
      .raw();
    this.statusCounts = database.prepare<[], { status: Fact['status']; facts: number }>(
      'select status, count(*) as facts from facts group by status order by status',
    );
    // A decided value blocks the same value, and a settled field blocks any other value for it.
    this.insert = database.prepare<Columns>(
      `insert into facts (product_id, ${FACT_COLUMNS}, suggestion_group)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       on conflict do nothing`,
    );
    this.deleteOne = database.prepare<[string, string, string]>(
      'delete from facts where product_id = ? and field = ? and value = ?',
    );
    // A person's decision survives every run of the enricher.
    this.deleteByModel = database.prepare<[string]>(
      "delete from facts where product_id = ? and source = 'model' and status in ('applied', 'suggested')",
    );
    // Composed texts follow from the other facts; `describeStore` replaces them.
    this.deleteEnriched = database.prepare<[string]>(
      "delete from facts where product_id = ? and source = 'model' and status in ('applied', 'suggested') and method <> 'template'",
    );
    this.deleteAll = database.prepare<[string]>('delete from facts where product_id = ?');
  }

  get(productId: string): Fact[] {
    return this.stored(productId).map(({ taxonomy: _, model: __, decision: ___, ...fact }) => fact);
  }

  /** All facts of a product with their origin and decision, including rejected and superseded ones. */
  stored(productId: string): StoredFact[] {
    return this.byProduct.all(productId).map(storedFact);
  }

  /** All facts of a field, including rejected and superseded ones. */
  inFieldOf(productId: string, field: string): StoredFact[] {
    return this.byField.all(productId, field).map(storedFact);
  }

  /** Everything that `get` says of all products, line by line in one order. The connection must not write meanwhile. */
  *lines(): Generator<string> {
    for (const row of this.shown.iterate()) yield `${JSON.stringify(row)}\n`;
  }

  /** The number of facts per status. */
  countByStatus(): { readonly status: Fact['status']; readonly facts: number }[] {
    return this.statusCounts.all();
  }

  /** The facts a person decided. */
  reviewed(productId: string): StoredFact[] {
    return this.byReviewer.all(productId).map(storedFact);
  }

  /** The facts a person rejected. */
  rejected(productId: string): StoredFact[] {
    return this.byRejection.all(productId).map(storedFact);
  }

  /**
   * Replaces the enricher's facts of a product in the fields that `within` accepts. Facts a person decided and composed
   * texts stay.
   */
  replace(
    productId: string,
    facts: readonly Fact[],
    origin: FactOrigin,
    within?: (field: string) => boolean,
  ): void {
    if (within === undefined) this.deleteEnriched.run(productId);
    else this.forgetWithin(productId, within);
    for (const fact of facts) this.add(productId, { ...fact, ...origin, decision: null });
  }

  /** False if the value already exists, or the fact would be a second applied or suggested one for its field. */
  add(productId: string, fact: StoredFact): boolean {
    const written = this.insert.run(
      productId,
      fact.field,
      JSON.stringify(fact.value),
      fact.status,
      fact.confidence,
      fact.source,
      fact.method,
      JSON.stringify(fact.evidence),
      fact.taxonomy,
      fact.model,
      fact.decision,
      fact.written === undefined ? null : JSON.stringify(fact.written),
      fact.status === 'suggested' ? groupOf(fact) : null,
    );
    return written.changes > 0;
  }

  remove(productId: string, field: string, value: AttributeValue): void {
    this.deleteOne.run(productId, field, JSON.stringify(value));
  }

  /** Deletes the enricher's applied and suggested facts of a product. */
  forget(productId: string): void {
    this.deleteByModel.run(productId);
  }

  private forgetWithin(productId: string, within: (field: string) => boolean): void {
    for (const fact of this.get(productId)) {
      if (fact.source === 'model' && fact.method !== 'template' && isShown(fact) && within(fact.field))
        this.remove(productId, fact.field, fact.value);
    }
  }

  delete(productId: string): void {
    this.deleteAll.run(productId);
  }
}

export function storedFact(row: FactRow): StoredFact {
  const { field, status, confidence, source, method, taxonomy, model, decision } = row;
  return {
    field,
    value: JSON.parse(row.value),
    status,
    confidence,
    source,
    method,
    evidence: JSON.parse(row.evidence),
    taxonomy,
    model,
    decision,
    ...(row.written !== null && { written: JSON.parse(row.written) }),
  };
}

/**
 * SQL for a product's category: the merchant's, else an applied or suggested one. The enricher makes no category fact
 * where the merchant
 * gave one, so its fact is looked up first, which is the fastest.
 */
export function categorySql(productId: string): string {
  return `coalesce(
  (select json_extract(c.value, '$') from facts c
    where c.product_id = ${productId} and c.field = 'category' and c.source = 'model' and c.status in ('applied', 'suggested')),
  (select nullif(trim(json_extract(p.record, '$.category')), '') from products p where p.id = ${productId}),
  (select json_extract(c.value, '$') from facts c
    where c.product_id = ${productId} and c.field = 'category' and c.source = 'reviewer' and c.status = 'applied'))`;
}
