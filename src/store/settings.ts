import type { Database } from 'better-sqlite3';

/** Small single values that belong to the store: its taxonomy, what the last enrichment was made from. */
export class SettingTable {
  private readonly one;
  private readonly put;

  constructor(database: Database) {
    this.one = database.prepare<[string], string>('select value from settings where name = ?').pluck();
    this.put = database.prepare<[string, string]>(
      'insert into settings (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
    );
  }

  /** The parsed JSON, for the caller to check; undefined where it was never set. */
  get(name: string): unknown {
    const value = this.one.get(name);
    return value === undefined ? undefined : JSON.parse(value);
  }

  set(name: string, value: unknown): void {
    this.put.run(name, JSON.stringify(value));
  }
}
