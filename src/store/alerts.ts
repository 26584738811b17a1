import type { Database } from 'better-sqlite3';

/** The state of an alert. */
export interface AlertState {
  readonly name: string;
  readonly state: 'raised' | 'cleared';
  /** When it was raised or cleared, ISO 8601 in UTC. */
  readonly since: string;
  /** The value measured then, and the threshold it crossed. */
  readonly value: number;
  readonly threshold: number;
  /** Whether the webhook has received this state. */
  readonly posted: boolean;
}

interface Row extends Omit<AlertState, 'posted'> {
  readonly told: number;
}

/** The current state of every alert that was ever raised. Kept so that a restart raises none again. */
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
    return this.all.all().map(({ told, ...rest }) => ({ ...rest, posted: told === 1 }));
  }

  set({ name, state, since, value, threshold, posted }: AlertState): void {
    this.put.run(name, state, since, value, threshold, posted ? 1 : 0);
  }

  /** Marks a state as delivered. Has no effect if the state has changed since. */
  markPosted({ name, since }: Pick<AlertState, 'name' | 'since'>): void {
    this.mark.run(name, since);
  }
}
