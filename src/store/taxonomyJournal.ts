import type { Database, Statement } from 'better-sqlite3';
import type { Fact } from '../domain/fact.js';
import {
  type ChangedColumns,
  changedColumns,
  type FactKey,
  type FactRow,
  factKeyOf,
  GROUP,
  onlyVersion,
  sameRow,
  type VersionedFact,
  versionedFactOf,
} from './versionedFact.js';

/** A migration of the store's facts that can be undone. */
export interface JournaledMigration {
  readonly id: number;
  readonly from: string;
  readonly to: string;
  /** ISO 8601. */
  readonly appliedAt: string;
  /** The sequence number of the newest change when it ran. */
  readonly sequence: number;
  /** The store's taxonomy before; undefined if it had none. */
  readonly taxonomy: unknown;
}

/**
 * The counts of an undo: facts restored; facts of the enricher made since, removed; decisions made since, kept; facts
 * not restored because
 * their product or its text has changed since.
 */
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

/** The journal keeps this many migrations. */
const KEPT = 3;

/** Rewrites facts from one taxonomy version to another and records their previous state. Call in a transaction. */
export class TaxonomyJournal {
  private readonly counts;
  private readonly page;
  private readonly rowOf;
  private readonly deleteFact;
  private readonly relabel;
  private readonly insertMigration;
  private readonly record;
  private readonly newestRow;
  private readonly allRows;
  private readonly recorded;
  private readonly factsOfVersion;
  private readonly contentChanges;
  private readonly deleteOld;
  private readonly deleteOneMigration;
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
    this.deleteFact = database.prepare<FactKey>(
      'delete from facts where product_id = ? and field = ? and value = ?',
    );
    this.relabel = database.prepare<[string, ...FactKey]>(
      'update facts set taxonomy = ? where product_id = ? and field = ? and value = ?',
    );
    this.insertMigration = database.prepare<[string, string, string, number, string]>(
      'insert into taxonomy_migrations (from_version, to_version, applied_at, sequence, taxonomy) values (?, ?, ?, ?, ?)',
    );
    this.record = database.prepare<[number, ...FactKey, string, string | null]>(
      'insert into migrated_facts (migration, product_id, field, value, before, changed) values (?, ?, ?, ?, ?, ?)',
    );
    this.newestRow = database.prepare<[], MigrationRow>(
      'select * from taxonomy_migrations order by id desc limit 1',
    );
    this.allRows = database.prepare<[], Omit<MigrationRow, 'taxonomy'>>(
      'select id, from_version, to_version, applied_at, sequence from taxonomy_migrations order by id desc',
    );
    this.recorded = database.prepare<
      [number, ...FactKey, number],
      { product_id: string; field: string; value: string; before: string; changed: string | null }
    >(
      `select product_id, field, value, before, changed from migrated_facts
       where migration = ? and (product_id, field, value) > (?, ?, ?) order by product_id, field, value limit ?`,
    );
    this.factsOfVersion = database.prepare<
      [string],
      Pick<FactRow, 'product_id' | 'field' | 'value' | 'source'>
    >('select product_id, field, value, source from facts where taxonomy = ?');
    this.contentChanges = database
      .prepare<[number], string>("select distinct id from changes where sequence > ? and kind != 'live'")
      .pluck();
    this.deleteOld = [
      database.prepare<[number]>('delete from migrated_facts where migration <= ?'),
      database.prepare<[number]>('delete from taxonomy_migrations where id <= ?'),
    ];
    this.deleteOneMigration = [
      database.prepare<[number]>('delete from migrated_facts where migration = ?'),
      database.prepare<[number]>('delete from taxonomy_migrations where id = ?'),
    ];
    this.product = database.prepare<[string], number>('select 1 from products where id = ?').pluck();
  }

  /** The number of facts per taxonomy version. */
  versions(): { version: string; count: number }[] {
    return this.counts.all();
  }

  /**
   * All facts, one product at a time, by ascending id and field. The facts of a yielded product may be rewritten
   * meanwhile.
   */
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
        facts.push(versionedFactOf(row));
      }
      const last = rows.at(-1);
      if (last === undefined) break;
      after = factKeyOf(last);
    }
    const first = facts[0];
    if (first !== undefined) yield { id: first.productId, facts };
  }

  /** Starts the journal of a migration and deletes the oldest one. */
  begin(migration: Omit<JournaledMigration, 'id'>): number {
    const { from, to, appliedAt, sequence, taxonomy } = migration;
    const { lastInsertRowid } = this.insertMigration.run(
      from,
      to,
      appliedAt,
      sequence,
      JSON.stringify(taxonomy ?? null),
    );
    const id = Number(lastInsertRowid);
    for (const statement of this.deleteOld) statement.run(id - KEPT);
    return id;
  }

  /**
   * Replaces the facts of one product, each by the one beside it (undefined deletes it), and sets their version.
   * Records the previous state.
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
      this.record.run(
        migration,
        ...factKeyOf(row),
        JSON.stringify(row),
        changed === undefined ? null : JSON.stringify(changed),
      );
      if (changed === undefined || !onlyVersion(changed)) this.deleteFact.run(...factKeyOf(row));
    }
    // Delete all before inserting any, since one may take the key of another.
    for (const { row, changed } of rows) {
      if (changed === undefined) continue;
      if (onlyVersion(changed)) this.relabel.run(version, ...factKeyOf(row));
      else this.insert({ ...row, ...changed, [GROUP]: null });
    }
  }

  /** The migrations that are kept, newest first, without their taxonomies. */
  list(): Omit<JournaledMigration, 'taxonomy'>[] {
    return this.allRows
      .all()
      .map(({ id, from_version: from, to_version: to, applied_at: appliedAt, sequence }) => ({
        ...{ id, from, to, appliedAt, sequence },
      }));
  }

  /** The newest migration that can be undone. */
  newest(): JournaledMigration | undefined {
    const row = this.newestRow.get();
    if (row === undefined) return undefined;
    const { id, from_version: from, to_version: to, applied_at: appliedAt, sequence } = row;
    const taxonomy: unknown = JSON.parse(row.taxonomy);
    return { id, from, to, appliedAt, sequence, taxonomy: taxonomy ?? undefined };
  }

  /** Restores what the newest migration changed, and deletes its journal. */
  undo({ id, to, sequence }: JournaledMigration): UndoneFacts {
    const changedSince = new Set(this.contentChanges.all(sequence));
    let restored = 0;
    let outdated = 0;
    const restore: FactRow[] = [];
    for (const { before, changed } of this.eachRecorded(id)) {
      if (changed === undefined) continue;
      const now = { ...before, ...changed };
      const row = this.rowOf.get(...factKeyOf(now));
      if (row !== undefined && sameRow(row, now)) this.deleteFact.run(...factKeyOf(row));
    }
    const since = this.factsOfVersion.all(to);
    for (const row of since) if (row.source === 'model') this.deleteFact.run(...factKeyOf(row));
    const removed = since.filter(({ source }) => source === 'model').length;
    for (const { before } of this.eachRecorded(id)) {
      // The enricher's facts may quote text that no longer exists.
      if (
        changedSince.has(before.product_id) &&
        (before.source === 'model' || this.product.get(before.product_id) === undefined)
      )
        outdated++;
      else restore.push(before);
    }
    for (const row of restore) if (this.insert(row)) restored++;
    for (const statement of this.deleteOneMigration) statement.run(id);
    return { restored, removed, decidedSince: since.length - removed, outdated };
  }

  private *eachRecorded(
    migration: number,
  ): Generator<{ before: FactRow; changed: ChangedColumns | undefined }> {
    for (let after: FactKey = ['', '', '']; ; ) {
      const rows = this.recorded.all(migration, ...after, 2000);
      for (const row of rows) {
        const before: FactRow = JSON.parse(row.before);
        const changed: ChangedColumns | undefined =
          row.changed === null ? undefined : JSON.parse(row.changed);
        yield { before, changed };
      }
      const last = rows.at(-1);
      if (last === undefined) return;
      after = factKeyOf(last);
    }
  }

  /** False if another fact has the key. */
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
