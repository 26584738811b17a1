import type { Database } from 'better-sqlite3';

/** How an alert stands. */
export interface AlertState {
  readonly name: string;
  readonly state: 'raised' | 'cleared';
  /** Since when, as ISO 8601 in UTC. */
  readonly since: string;
  /** What was measured then, and the threshold it passed. */
  readonly value: number;
  readonly threshold: number;
  /** Whether whoever is to be told was told. */
  readonly told: boolean;
}

interface Row extends Omit<AlertState, 'told'> {
  readonly told: number;
}

/** The alerts that were ever raised, each as it stands; kept, so that a restart raises none again. */
export class AlertTable {
  private readonly all;
  private readonly put;
  private readonly mark;

  constructor(database: Database) {
    this.all = database.prepare<[], Row>('select * from alerts order by name');
    this.put = database.prepare<[string, string, string, number, number, number]>(
      'insert or replace into alerts (name, state, since, value, threshold, told) values (?, ?, ?, ?, ?, ?)',
    );
    this.mark = database.prepare<[string, string]>('update alerts set told = 1 where name = ? and since = ?');
  }

  list(): AlertState[] {
    return this.all.all().map(({ told, ...rest }) => ({ ...rest, told: told === 1 }));
  }

  set({ name, state, since, value, threshold, told }: AlertState): void {
    this.put.run(name, state, since, value, threshold, told ? 1 : 0);
  }

  /** Notes that this was told; what has changed since is left alone. */
  setTold({ name, since }: Pick<AlertState, 'name' | 'since'>): void {
    this.mark.run(name, since);
  }
}
