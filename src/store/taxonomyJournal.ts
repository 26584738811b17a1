import type { Database, Statement } from 'better-sqlite3';
import type { Fact } from '../domain/fact.js';
import {
  type ChangedColumns,
  changedColumns,
  type FactKey,
  type FactRow,
  factOf,
  GROUP,
  keyOf,
  onlyVersion,
  sameRow,
  type VersionedFact,
} from './versionedFact.js';

/** A migration of the store's facts that can still be undone. */
export interface JournaledMigration {
  readonly id: number;
  readonly from: string;
  readonly to: string;
  /** ISO 8601. */
  readonly appliedAt: string;
  /** The change log's newest number when it ran. */
  readonly sequence: number;
  /** The taxonomy that governed before; undefined where the store had none of its own. */
  readonly taxonomy: unknown;
}

/** What undoing did: facts as they were before; facts of the enricher made since, gone; decisions made since, left alone; facts whose product or text has changed since, not put back. */
export interface UndoneFacts {
  readonly restored: number;
  readonly removed: number;
  readonly decidedSince: number;
  readonly outdated: number;
}

interface MigrationRow {
  id: number;
  from_version: string;
  to_version: string;
  applied_at: string;
  sequence: number;
  taxonomy: string;
}

/** Of so many migrations what they changed is kept. */
const KEPT = 3;

/** Rewrites facts from one taxonomy version to another, and keeps what they were. Call inside a transaction. */
export class TaxonomyJournal {
  private readonly counts;
  private readonly page;
  private readonly rowOf;
  private readonly drop;
  private readonly relabel;
  private readonly open;
  private readonly note;
  private readonly last;
  private readonly noted;
  private readonly written;
  private readonly textChanged;
  private readonly forget;
  private readonly forgetOne;
  private readonly product;
  private readonly inserts = new Map<string, Statement<[FactRow]>>();

  constructor(private readonly database: Database) {
    this.counts = database.prepare<[], { version: string; count: number }>(
      'select taxonomy as version, count(*) as count from facts group by taxonomy order by taxonomy',
    );
    this.page = database.prepare<[...FactKey, number], FactRow>(
      'select * from facts where (product_id, field, value) > (?, ?, ?) order by product_id, field, value limit ?',
    );
    this.rowOf = database.prepare<FactKey, FactRow>(
      'select * from facts where product_id = ? and field = ? and value = ?',
    );
    this.drop = database.prepare<FactKey>(
      'delete from facts where product_id = ? and field = ? and value = ?',
    );
    this.relabel = database.prepare<[string, ...FactKey]>(
      'update facts set taxonomy = ? where product_id = ? and field = ? and value = ?',
    );
    this.open = database.prepare<[string, string, string, number, string]>(
      'insert into taxonomy_migrations (from_version, to_version, applied_at, sequence, taxonomy) values (?, ?, ?, ?, ?)',
    );
    this.note = database.prepare<[number, ...FactKey, string, string | null]>(
      'insert into migrated_facts (migration, product_id, field, value, before, changed) values (?, ?, ?, ?, ?, ?)',
    );
    this.last = database.prepare<[], MigrationRow>(
      'select * from taxonomy_migrations order by id desc limit 1',
    );
    this.noted = database.prepare<
      [number, ...FactKey, number],
      { product_id: string; field: string; value: string; before: string; changed: string | null }
    >(
      `select product_id, field, value, before, changed from migrated_facts
       where migration = ? and (product_id, field, value) > (?, ?, ?) order by product_id, field, value limit ?`,
    );
    this.written = database.prepare<[string], Pick<FactRow, 'product_id' | 'field' | 'value' | 'source'>>(
      'select product_id, field, value, source from facts where taxonomy = ?',
    );
    this.textChanged = database
      .prepare<[number], string>("select distinct id from changes where sequence > ? and kind != 'live'")
      .pluck();
    this.forget = [
      database.prepare<[number]>('delete from migrated_facts where migration <= ?'),
      database.prepare<[number]>('delete from taxonomy_migrations where id <= ?'),
    ];
    this.forgetOne = [
      database.prepare<[number]>('delete from migrated_facts where migration = ?'),
      database.prepare<[number]>('delete from taxonomy_migrations where id = ?'),
    ];
    this.product = database.prepare<[string], number>('select 1 from products where id = ?').pluck();
  }

  /** How many facts were made by which taxonomy version, by version. */
  versions(): { version: string; count: number }[] {
    return this.counts.all();
  }

  /** All facts, a product at a time, by ascending id and field; safe to rewrite the product's meanwhile. */
  *eachProduct(pageSize = 2000): Generator<{ id: string; facts: VersionedFact[] }> {
    let facts: VersionedFact[] = [];
    for (let after: FactKey = ['', '', '']; ; ) {
      const rows = this.page.all(...after, pageSize);
      for (const row of rows) {
        const first = facts[0];
        if (first !== undefined && first.productId !== row.product_id) {
          yield { id: first.productId, facts };
          facts = [];
        }
        facts.push(factOf(row));
      }
      const last = rows.at(-1);
      if (last === undefined) break;
      after = keyOf(last);
    }
    const first = facts[0];
    if (first !== undefined) yield { id: first.productId, facts };
  }

  /** Opens the journal of a migration; of the oldest what they changed is forgotten. */
  begin(migration: Omit<JournaledMigration, 'id'>): number {
    const { from, to, appliedAt, sequence, taxonomy } = migration;
    const { lastInsertRowid } = this.open.run(
      from,
      to,
      appliedAt,
      sequence,
      JSON.stringify(taxonomy ?? null),
    );
    const id = Number(lastInsertRowid);
    for (const statement of this.forget) statement.run(id - KEPT);
    return id;
  }

  /**
   * Rewrites all facts of one product, each as given beside it, undefined for those that go, and gives them the
   * version; what they were is noted.
   */
  rewrite(
    migration: number,
    changes: readonly { before: VersionedFact; after: Fact | undefined }[],
    version: string,
  ): void {
    const rows = changes.map(({ before, after }) => {
      const row = this.rowOf.get(before.productId, before.field, JSON.stringify(before.value));
      if (row === undefined) throw new Error(`the fact ${before.field} of ${before.productId} is gone`);
      return { row, changed: after === undefined ? undefined : changedColumns(row, after, version) };
    });
    for (const { row, changed } of rows) {
      this.note.run(
        migration,
        ...keyOf(row),
        JSON.stringify(row),
        changed === undefined ? null : JSON.stringify(changed),
      );
      if (changed === undefined || !onlyVersion(changed)) this.drop.run(...keyOf(row));
    }
    // First all go, then all come, since one may take the place of another.
    for (const { row, changed } of rows) {
      if (changed === undefined) continue;
      if (onlyVersion(changed)) this.relabel.run(version, ...keyOf(row));
      else this.insert({ ...row, ...changed, [GROUP]: null });
    }
  }

  /** The newest migration that can be undone. */
  newest(): JournaledMigration | undefined {
    const row = this.last.get();
    if (row === undefined) return undefined;
    const { id, from_version: from, to_version: to, applied_at: appliedAt, sequence } = row;
    const taxonomy: unknown = JSON.parse(row.taxonomy);
    return { id, from, to, appliedAt, sequence, taxonomy: taxonomy ?? undefined };
  }

  /** Puts back what the newest migration changed, and forgets it. */
  undo({ id, to, sequence }: JournaledMigration): UndoneFacts {
    const changedSince = new Set(this.textChanged.all(sequence));
    let restored = 0;
    let outdated = 0;
    const restore: FactRow[] = [];
    for (const { before, changed } of this.eachNoted(id)) {
      if (changed === undefined) continue;
      const now = { ...before, ...changed };
      const row = this.rowOf.get(...keyOf(now));
      if (row !== undefined && sameRow(row, now)) this.drop.run(...keyOf(row));
    }
    const since = this.written.all(to);
    for (const row of since) if (row.source === 'model') this.drop.run(...keyOf(row));
    const removed = since.filter(({ source }) => source === 'model').length;
    for (const { before } of this.eachNoted(id)) {
      // The enricher's facts quote a text that may no longer be there.
      if (
        changedSince.has(before.product_id) &&
        (before.source === 'model' || this.product.get(before.product_id) === undefined)
      )
        outdated++;
      else restore.push(before);
    }
    for (const row of restore) if (this.insert(row)) restored++;
    for (const statement of this.forgetOne) statement.run(id);
    return { restored, removed, decidedSince: since.length - removed, outdated };
  }

  private *eachNoted(migration: number): Generator<{ before: FactRow; changed: ChangedColumns | undefined }> {
    for (let after: FactKey = ['', '', '']; ; ) {
      const rows = this.noted.all(migration, ...after, 2000);
      for (const row of rows) {
        const before: FactRow = JSON.parse(row.before);
        const changed: ChangedColumns | undefined =
          row.changed === null ? undefined : JSON.parse(row.changed);
        yield { before, changed };
      }
      const last = rows.at(-1);
      if (last === undefined) return;
      after = keyOf(last);
    }
  }

  /** False where another fact holds the place. */
  private insert(row: FactRow): boolean {
    const columns = Object.keys(row);
    const places = columns.map((column) => `@${column}`).join(', ');
    const sql = `insert into facts (${columns.join(', ')}) values (${places}) on conflict do nothing`;
    let statement = this.inserts.get(sql);
    if (statement === undefined) {
      statement = this.database.prepare<[FactRow]>(sql);
      this.inserts.set(sql, statement);
    }
    return statement.run(row).changes > 0;
  }
}
