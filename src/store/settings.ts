import type { Database } from 'better-sqlite3';

/** Single values of the store: its taxonomy, the inputs of the last enrichment. */
export class SettingTable {
  private readonly one;
  private readonly put;

  constructor(database: Database) {
    this.one = database.prepare<[string], string>('select value from settings where name = ?').pluck();
    this.put = database.prepare<[string, string]>(
      'insert into settings (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
    );
  }

  /** The parsed JSON, not validated; undefined if it was never set. */
  get(name: string): unknown {
    const json = this.getJson(name);
    return json === undefined ? undefined : JSON.parse(json);
  }

  getJson(name: string): string | undefined {
    return this.one.get(name);
  }

  set(name: string, value: unknown): void {
    this.put.run(name, JSON.stringify(value));
  }
}
