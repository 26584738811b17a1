import type { Database } from 'better-sqlite3';
import type { Fact } from '../domain/fact.js';

interface Row {
  field: string;
  value: string;
  status: Fact['status'];
  confidence: number;
  source: Fact['source'];
  method: Fact['method'];
  evidence: string;
}

/** With what a fact was made. */
export interface FactOrigin {
  readonly taxonomy: string;
  readonly model: string;
}

/** What is believed of products beyond what the merchant said, one fact a field. */
export class FactTable {
  private readonly of;
  private readonly put;
  private readonly clear;
  private readonly clearAll;

  constructor(database: Database) {
    this.of = database.prepare<[string], Row>(
      'select field, value, status, confidence, source, method, evidence from facts where product_id = ? order by field',
    );
    this.put = database.prepare<
      [string, string, string, string, number, string, string, string, string, string]
    >(
      `insert into facts (product_id, field, value, status, confidence, source, method, evidence, taxonomy, model)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (product_id, field) do nothing`,
    );
    // A person's decision outlives every run of the enricher.
    this.clear = database.prepare<[string]>(
      "delete from facts where product_id = ? and source = 'model' and status in ('applied', 'suggested')",
    );
    this.clearAll = database.prepare<[string]>('delete from facts where product_id = ?');
  }

  get(productId: string): Fact[] {
    return this.of.all(productId).map((row) => ({
      ...row,
      value: JSON.parse(row.value),
      evidence: JSON.parse(row.evidence),
    }));
  }

  /** Replaces what the enricher said of the product before; facts that a person decided stay. */
  replace(productId: string, facts: readonly Fact[], origin: FactOrigin): void {
    this.forget(productId);
    for (const fact of facts) {
      this.put.run(
        productId,
        fact.field,
        JSON.stringify(fact.value),
        fact.status,
        fact.confidence,
        fact.source,
        fact.method,
        JSON.stringify(fact.evidence),
        origin.taxonomy,
        origin.model,
      );
    }
  }

  /** Takes back what the enricher said of a product; facts that a person decided stay. */
  forget(productId: string): void {
    this.clear.run(productId);
  }

  delete(productId: string): void {
    this.clearAll.run(productId);
  }
}
