import type { Database } from 'better-sqlite3';
import type { AttributeValue } from '../domain/product.js';
import { categoryOf, type StoredFact } from './facts.js';

export type DecisionAction = 'accept' | 'reject' | 'correct' | 'undo';

/** One entry of the log, as it is written. */
export interface NewDecision {
  /** When, as ISO 8601 in UTC. */
  readonly at: string;
  readonly by: string;
  readonly action: DecisionAction;
  readonly field: string;
  /** What was suggested. */
  readonly value: AttributeValue;
  /** What it was corrected to. */
  readonly corrected: AttributeValue | undefined;
  /** The decision that an undo takes back. */
  readonly undoes: number | undefined;
  /** The group decided about and its state; undefined where it was a single product. */
  readonly group: string | undefined;
  readonly state: string | undefined;
  readonly settled: number;
  /** What the person had before them. */
  readonly shown: unknown;
}

export interface LoggedDecision extends NewDecision {
  readonly id: number;
  /** The entry that took it back. */
  readonly undoneBy: number | undefined;
}

/** A product decided about, with the facts of the field as they stood before. */
export interface DecidedFact {
  readonly productId: string;
  readonly before: readonly StoredFact[];
}

/** How a suggestion of the enricher's fared with a person. */
export interface DecidedOutcome {
  readonly field: string;
  readonly confidence: number;
  readonly right: boolean;
  /** Path of the product's category as it is now, or the category itself where that was decided about. */
  readonly category: string | undefined;
  /** How many products the one decision settled. */
  readonly settled: number;
}

interface Row {
  id: number;
  at: string;
  by: string;
  action: DecisionAction;
  field: string;
  value: string;
  corrected: string | null;
  undoes: number | null;
  suggestion_group: string | null;
  state: string | null;
  settled: number;
  shown: string;
  undone_by: number | null;
}

interface FaredRow extends Pick<Row, 'field' | 'action' | 'settled'> {
  readonly confidence: number;
  readonly category: string | null;
}

const SELECT =
  'select d.*, (select u.id from decisions u where u.undoes = d.id) as undone_by from decisions d';
const IN_FORCE = "d.action != 'undo' and not exists (select 1 from decisions u where u.undoes = d.id)";

/** Who decided what, when, and what was shown: append-only, which triggers of the database hold. */
export class DecisionTable {
  private readonly put;
  private readonly putFact;
  private readonly one;
  private readonly newest;
  private readonly all;
  private readonly ofGroup;
  private readonly decided;
  private readonly decidedPage;
  private readonly fared;
  private readonly highest;
  private readonly tallies;

  constructor(database: Database) {
    this.put = database.prepare<unknown[]>(
      `insert into decisions (at, by, action, field, value, corrected, undoes, suggestion_group, state, settled, shown)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.putFact = database.prepare<[number, string, string]>(
      'insert into decided_facts (decision, product_id, before) values (?, ?, ?)',
    );
    this.one = database.prepare<[number], Row>(`${SELECT} where d.id = ?`);
    this.newest = database.prepare<[number, number], Row>(`${SELECT} order by d.id desc limit ? offset ?`);
    this.all = database.prepare<[], number>('select count(*) from decisions').pluck();
    this.ofGroup = database.prepare<[string], Row>(
      `${SELECT} where d.suggestion_group = ? and ${IN_FORCE} order by d.id desc`,
    );
    this.decided = database.prepare<[number], { product_id: string; before: string }>(
      'select product_id, before from decided_facts where decision = ? order by product_id',
    );
    this.decidedPage = database.prepare<[number, number, number], { product_id: string; before: string }>(
      'select product_id, before from decided_facts where decision = ? order by product_id limit ? offset ?',
    );
    this.fared = database.prepare<[], FaredRow>(
      `select d.field, json_extract(f.before, '$[0].confidence') as confidence, d.action, d.settled,
         case d.field when 'category' then json_extract(f.before, '$[0].value')
           else ${categoryOf('f.product_id')} end as category
       from decisions d join decided_facts f on f.decision = d.id
       where ${IN_FORCE} and json_extract(f.before, '$[0].source') = 'model'
       order by d.id, f.product_id`,
    );
    this.tallies = database.prepare<[string], { field: string; decided: number; refused: number }>(
      `select d.field, count(*) as decided, sum(d.action != 'accept') as refused
       from decisions d where d.at >= ? and ${IN_FORCE} group by d.field order by d.field`,
    );
    this.highest = database.prepare<[], number>('select coalesce(max(id), 0) from decisions').pluck();
  }

  /** The number that `add` gives to the next entry, for facts that name it. Ask inside the same transaction. */
  next(): number {
    return this.last() + 1;
  }

  /** The number of the newest entry; 0 where nothing was ever decided. */
  last(): number {
    return this.highest.get() ?? 0;
  }

  /** Call inside the transaction that changes the facts. In `before` the fact that was decided about comes first. */
  add(entry: NewDecision, facts: readonly DecidedFact[]): number {
    const written = this.put.run(
      entry.at,
      entry.by,
      entry.action,
      entry.field,
      JSON.stringify(entry.value),
      entry.corrected === undefined ? null : JSON.stringify(entry.corrected),
      entry.undoes ?? null,
      entry.group ?? null,
      entry.state ?? null,
      entry.settled,
      JSON.stringify(entry.shown),
    );
    const id = Number(written.lastInsertRowid);
    for (const { productId, before } of facts) this.putFact.run(id, productId, JSON.stringify(before));
    return id;
  }

  get(id: number): LoggedDecision | undefined {
    const row = this.one.get(id);
    return row === undefined ? undefined : logged(row);
  }

  /** Newest first. */
  page(limit: number, offset: number): LoggedDecision[] {
    return this.newest.all(limit, offset).map(logged);
  }

  count(): number {
    return this.all.get() ?? 0;
  }

  /** Decisions about a group that were not taken back, newest first. */
  inForce(group: string): LoggedDecision[] {
    return this.ofGroup.all(group).map(logged);
  }

  /** What a decision was about, by product id. */
  facts(id: number, limit?: number, offset = 0): DecidedFact[] {
    const rows = limit === undefined ? this.decided.all(id) : this.decidedPage.all(id, limit, offset);
    return rows.map(({ product_id, before }) => ({ productId: product_id, before: JSON.parse(before) }));
  }

  /** Decisions in force since a time (ISO 8601), by field, and how many of them turned the suggestion down. */
  tallySince(at: string): { readonly field: string; readonly decided: number; readonly refused: number }[] {
    return this.tallies.all(at);
  }

  /** How the enricher's values fared with people, by the decisions in force, oldest first. */
  outcomes(): DecidedOutcome[] {
    return this.fared.all().map(({ action, category, ...fared }) => ({
      ...fared,
      right: action === 'accept',
      category: category ?? undefined,
    }));
  }
}

function logged(row: Row): LoggedDecision {
  return {
    id: row.id,
    at: row.at,
    by: row.by,
    action: row.action,
    field: row.field,
    value: JSON.parse(row.value),
    corrected: row.corrected === null ? undefined : JSON.parse(row.corrected),
    undoes: row.undoes ?? undefined,
    group: row.suggestion_group ?? undefined,
    state: row.state ?? undefined,
    settled: row.settled,
    shown: JSON.parse(row.shown),
    undoneBy: row.undone_by ?? undefined,
  };
}
