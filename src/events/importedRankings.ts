import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { GroupCommit } from '../store/groupCommit.js';

/** Places of a query that are kept. */
export const MAX_RANKED = 100;

/** Rankings that another search made, by name: the products of each query in order. */
export class ImportedRankings {
  readonly #of;

  constructor(private readonly database: Database) {
    this.#of = database
      .prepare<[string, string]>('select object_id from rankings where name = ? and query = ? order by place')
      .pluck();
  }

  /** Replaces the ranking of this name, on disk when it resolves. Queries are folded. */
  replace(
    name: string,
    products: ReadonlyMap<string, readonly string[]>,
    commits: Pick<GroupCommit, 'run'>,
  ): Promise<void> {
    return commits.run(() => {
      this.database.prepare('delete from rankings where name = ?').run(name);
      const add = this.database.prepare('insert into rankings values (?, ?, ?, ?)');
      for (const [query, ids] of products)
        for (const [place, id] of ids.slice(0, MAX_RANKED).entries()) add.run(name, query, place, id);
    }, true);
  }

  /** Best first; empty for a query that the ranking does not have. */
  of(name: string, query: string): string[] {
    return z.array(z.string()).parse(this.#of.all(name, query));
  }

  /** Each ranking with its number of queries. */
  list(): { readonly name: string; readonly queries: number }[] {
    return z
      .array(z.object({ name: z.string(), queries: z.number() }))
      .parse(
        this.database
          .prepare('select name, count(distinct query) as queries from rankings group by name order by name')
          .all(),
      );
  }
}
