import type { Database } from 'better-sqlite3';
import { type Fact, isShown } from '../domain/fact.js';
import type { AttributeValue } from '../domain/product.js';
import { groupOf } from '../domain/suggestion.js';

/** A fact's columns. */
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
}

/** With what a fact was made. */
export interface FactOrigin {
  readonly taxonomy: string;
  readonly model: string;
}

/** A fact with its origin, and the decision that made it what it is. */
export interface StoredFact extends Fact, FactOrigin {
  readonly decision: number | null;
}

export const FACT_COLUMNS =
  'field, value, status, confidence, source, method, evidence, taxonomy, model, decision';

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
];

/**
 * What is believed of products beyond what the merchant said. At most one fact a field is applied or suggested;
 * values that were rejected, or superseded by a correction, stand beside it, each once.
 */
export class FactTable {
  private readonly of;
  private readonly inField;
  private readonly decided;
  private readonly turnedDown;
  private readonly statuses;
  private readonly put;
  private readonly drop;
  private readonly clear;
  private readonly clearAll;

  constructor(database: Database) {
    this.of = database.prepare<[string], FactRow>(
      `select ${FACT_COLUMNS} from facts where product_id = ? order by field, value`,
    );
    this.inField = database.prepare<[string, string], FactRow>(
      `select ${FACT_COLUMNS} from facts where product_id = ? and field = ? order by value`,
    );
    this.decided = database.prepare<[string], FactRow>(
      `select ${FACT_COLUMNS} from facts where product_id = ? and source = 'reviewer' order by field`,
    );
    this.turnedDown = database.prepare<[string], FactRow>(
      `select ${FACT_COLUMNS} from facts where product_id = ? and status = 'rejected' order by field, value`,
    );
    this.statuses = database.prepare<[], { status: Fact['status']; facts: number }>(
      'select status, count(*) as facts from facts group by status order by status',
    );
    // What a person decided stands in the way of the same value again, and of any value for a field that is settled.
    this.put = database.prepare<Columns>(
      `insert into facts (product_id, ${FACT_COLUMNS}, suggestion_group)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       on conflict do nothing`,
    );
    this.drop = database.prepare<[string, string, string]>(
      'delete from facts where product_id = ? and field = ? and value = ?',
    );
    // A person's decision outlives every run of the enricher.
    this.clear = database.prepare<[string]>(
      "delete from facts where product_id = ? and source = 'model' and status in ('applied', 'suggested')",
    );
    this.clearAll = database.prepare<[string]>('delete from facts where product_id = ?');
  }

  get(productId: string): Fact[] {
    return this.of.all(productId).map((row) => {
      const { taxonomy: _, model: __, decision: ___, ...fact } = storedFact(row);
      return fact;
    });
  }

  /** All facts of a field, the rejected and superseded ones too. */
  inFieldOf(productId: string, field: string): StoredFact[] {
    return this.inField.all(productId, field).map(storedFact);
  }

  /** How many facts are of each status. */
  countByStatus(): { readonly status: Fact['status']; readonly facts: number }[] {
    return this.statuses.all();
  }

  /** The facts that a person decided. */
  reviewed(productId: string): StoredFact[] {
    return this.decided.all(productId).map(storedFact);
  }

  /** The values that a person rejected. */
  rejected(productId: string): StoredFact[] {
    return this.turnedDown.all(productId).map(storedFact);
  }

  /**
   * Replaces what the enricher said of the product before, in fields that `within` takes; facts that a person decided
   * stay.
   */
  replace(
    productId: string,
    facts: readonly Fact[],
    origin: FactOrigin,
    within?: (field: string) => boolean,
  ): void {
    if (within === undefined) this.forget(productId);
    else this.forgetWithin(productId, within);
    for (const fact of facts) this.add(productId, { ...fact, ...origin, decision: null });
  }

  /** False where the value is there already, or the field is settled and the fact would be a second belief. */
  add(productId: string, fact: StoredFact): boolean {
    const written = this.put.run(
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
      fact.status === 'suggested' ? groupOf(fact) : null,
    );
    return written.changes > 0;
  }

  remove(productId: string, field: string, value: AttributeValue): void {
    this.drop.run(productId, field, JSON.stringify(value));
  }

  /** Takes back what the enricher said of a product; facts that a person decided stay. */
  forget(productId: string): void {
    this.clear.run(productId);
  }

  private forgetWithin(productId: string, within: (field: string) => boolean): void {
    for (const fact of this.get(productId)) {
      if (fact.source === 'model' && isShown(fact) && within(fact.field))
        this.remove(productId, fact.field, fact.value);
    }
  }

  delete(productId: string): void {
    this.clearAll.run(productId);
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
  };
}

/**
 * In SQL, a product's category: the merchant's, else the one that is believed or suggested. The enricher says nothing
 * of a category that the merchant filled, so its word is asked first: it is the quickest to read.
 */
export function categoryOf(productId: string): string {
  return `coalesce(
  (select json_extract(c.value, '$') from facts c
    where c.product_id = ${productId} and c.field = 'category' and c.source = 'model' and c.status in ('applied', 'suggested')),
  (select nullif(trim(json_extract(p.record, '$.category')), '') from products p where p.id = ${productId}),
  (select json_extract(c.value, '$') from facts c
    where c.product_id = ${productId} and c.field = 'category' and c.source = 'reviewer' and c.status = 'applied'))`;
}
