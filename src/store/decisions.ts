import type { Database } from 'better-sqlite3';
import type { AttributeValue } from '../domain/product.js';
import { categorySql, type StoredFact } from './facts.js';

export type DecisionAction = 'accept' | 'reject' | 'correct' | 'undo';

/** A new entry of the decision log. */
export interface NewDecision {
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly by: string;
  readonly action: DecisionAction;
  readonly field: string;
  /** The suggested value. */
  readonly value: AttributeValue;
  /** The value it was corrected to. */
  readonly corrected: AttributeValue | undefined;
  /** The decision that an undo reverts. */
  readonly undoes: number | undefined;
  /** The group and its state, see `groupOf` and `stateOf`; undefined for a decision about a single product. */
  readonly group: string | undefined;
  readonly state: string | undefined;
  readonly settled: number;
  /** What the person saw. */
  readonly shown: unknown;
}

export interface LoggedDecision extends NewDecision {
  readonly id: number;
  /** The undo that reverted it. */
  readonly undoneBy: number | undefined;
}

/** A product of a decision, with the facts of the field before it. */
export interface DecidedFact {
  readonly productId: string;
  readonly before: readonly StoredFact[];
}

/** Whether a person accepted a suggestion of the enricher. */
export interface DecidedOutcome {
  readonly field: string;
  readonly confidence: number;
  readonly right: boolean;
  /** The product's current category path, or the suggested category if the decision was about the category. */
  readonly category: string | undefined;
  /** How many products the decision settled. */
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

interface OutcomeRow extends Pick<Row, 'field' | 'action' | 'settled'> {
  readonly confidence: number;
  readonly category: string | null;
}

const SELECT =
  'select d.*, (select u.id from decisions u where u.undoes = d.id) as undone_by from decisions d';
const IN_FORCE = "d.action != 'undo' and not exists (select 1 from decisions u where u.undoes = d.id)";

/** The decision log: who decided what and when, and what was shown. Triggers of the database make it append-only. */
export class DecisionTable {
  private readonly insert;
  private readonly insertFact;
  private readonly one;
  private readonly newest;
  private readonly all;
  private readonly byGroup;
  private readonly factsOf;
  private readonly factsPage;
  private readonly outcomeRows;
  private readonly lastId;
  private readonly tallies;
  private readonly later;
  private readonly laterRefusals;

  constructor(database: Database) {
    this.insert = database.prepare<unknown[]>(
      `insert into decisions (at, by, action, field, value, corrected, undoes, suggestion_group, state, settled, shown)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.insertFact = database.prepare<[number, string, string]>(
      'insert into decided_facts (decision, product_id, before) values (?, ?, ?)',
    );
    this.one = database.prepare<[number], Row>(`${SELECT} where d.id = ?`);
    this.newest = database.prepare<[number, number], Row>(`${SELECT} order by d.id desc limit ? offset ?`);
    this.all = database.prepare<[], number>('select count(*) from decisions').pluck();
    this.byGroup = database.prepare<[string], Row>(
      `${SELECT} where d.suggestion_group = ? and ${IN_FORCE} order by d.id desc`,
    );
    this.factsOf = database.prepare<[number], { product_id: string; before: string }>(
      'select product_id, before from decided_facts where decision = ? order by product_id',
    );
    this.factsPage = database.prepare<[number, number, number], { product_id: string; before: string }>(
      'select product_id, before from decided_facts where decision = ? order by product_id limit ? offset ?',
    );
    this.outcomeRows = database.prepare<[], OutcomeRow>(
      `select d.field, json_extract(f.before, '$[0].confidence') as confidence, d.action, d.settled,
         case d.field when 'category' then json_extract(f.before, '$[0].value')
           else ${categorySql('f.product_id')} end as category
       from decisions d join decided_facts f on f.decision = d.id
       where ${IN_FORCE} and json_extract(f.before, '$[0].source') = 'model'
       order by d.id, f.product_id`,
    );
    this.tallies = database.prepare<[string], { field: string; decided: number; refused: number }>(
      `select d.field, count(*) as decided, sum(d.action != 'accept') as refused
       from decisions d where d.at >= ? and ${IN_FORCE} group by d.field order by d.field`,
    );
    this.later = database.prepare<[number], { field: string; settled: number; refused: number }>(
      `select d.field, sum(d.settled) as settled, sum(d.action in ('reject', 'correct')) as refused
       from decisions d where d.id > ? group by d.field`,
    );
    this.laterRefusals = database.prepare<[number], { field: string; refused: number }>(
      `select d.field, count(*) as refused from decisions d join decided_facts f on f.decision = d.id
       where d.id > ? and d.action in ('reject', 'correct') and ${IN_FORCE}
         and json_extract(f.before, '$[0].status') = 'applied'
         and json_extract(f.before, '$[0].source') = 'model'
       group by d.field`,
    );
    this.lastId = database.prepare<[], number>('select coalesce(max(id), 0) from decisions').pluck();
  }

  /** The id that `add` gives to the next entry, for facts that refer to it. Call in the same transaction. */
  next(): number {
    return this.last() + 1;
  }

  /** The id of the newest entry; 0 if there is none. */
  last(): number {
    return this.lastId.get() ?? 0;
  }

  /** Call in the transaction that changes the facts. The first fact in `before` is the one that was decided about. */
  add(entry: NewDecision, facts: readonly DecidedFact[]): number {
    const written = this.insert.run(
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
    for (const { productId, before } of facts) this.insertFact.run(id, productId, JSON.stringify(before));
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

  /** Decisions about a group that were not undone, newest first. */
  inForce(group: string): LoggedDecision[] {
    return this.byGroup.all(group).map(logged);
  }

  /** The products of a decision, by id. */
  facts(id: number, limit?: number, offset = 0): DecidedFact[] {
    const rows = limit === undefined ? this.factsOf.all(id) : this.factsPage.all(id, limit, offset);
    return rows.map(({ product_id, before }) => ({ productId: product_id, before: JSON.parse(before) }));
  }

  /**
   * Decisions since a time (ISO 8601) that were not undone, by field, and how many of them did not accept the
   * suggestion.
   */
  tallySince(at: string): { readonly field: string; readonly decided: number; readonly refused: number }[] {
    return this.tallies.all(at);
  }

  /**
   * The decisions after one, undos included: how many products they settled, how many applied values people refused by
   * field, and the fields in which they did not accept what the enricher said.
   */
  since(id: number): {
    readonly settled: number;
    readonly refusedApplied: ReadonlyMap<string, number>;
    readonly refusedIn: ReadonlySet<string>;
  } {
    const rows = this.later.all(id);
    return {
      settled: rows.reduce((sum, { settled }) => sum + settled, 0),
      refusedApplied: new Map(this.laterRefusals.all(id).map(({ field, refused }) => [field, refused])),
      refusedIn: new Set(rows.filter(({ refused }) => refused > 0).map(({ field }) => field)),
    };
  }

  /** Whether people accepted the enricher's values, by decisions that were not undone, oldest first. */
  outcomes(): DecidedOutcome[] {
    return this.outcomeRows.all().map(({ action, category, ...outcome }) => ({
      ...outcome,
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
