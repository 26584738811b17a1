import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { GroupCommit } from '../store/groupCommit.js';

const experimentRow = z.object({
  name: z.string(),
  /** JSON. */
  definition: z.string(),
  started: z.number(),
  stopped: z.number().nullable(),
  /** JSON: how searches did before it began. */
  baseline: z.string().nullable(),
  /** Why it stopped by itself. */
  stop_reason: z.string().nullable(),
});
export type ExperimentRow = z.infer<typeof experimentRow>;

/** The experiments of a shop, beside the searches and events that they are measured by. */
export class ExperimentTable {
  constructor(
    private readonly database: Database,
    private readonly commits: GroupCommit,
  ) {}

  /** Stores a new experiment; false if one of this name is stored. */
  start({
    name,
    definition,
    started,
    baseline,
  }: Omit<ExperimentRow, 'stopped' | 'stop_reason'>): Promise<boolean> {
    const insert = this.database.prepare<[string, string, number, string | null]>(
      'insert or ignore into experiments (name, definition, started, baseline) values (?, ?, ?, ?)',
    );
    return this.commits.run(() => insert.run(name, definition, started, baseline).changes === 1, true);
  }

  /** Ends an experiment; false if none of this name runs. */
  stop(name: string, stopped: number, reason: string | null): Promise<boolean> {
    const update = this.database.prepare<[number, string | null, string]>(
      'update experiments set stopped = ?, stop_reason = ? where name = ? and stopped is null',
    );
    return this.commits.run(() => update.run(stopped, reason, name).changes === 1, true);
  }

  /** The latest first. */
  list(): ExperimentRow[] {
    return z
      .array(experimentRow)
      .parse(this.database.prepare('select * from experiments order by started desc, name').all());
  }
}
