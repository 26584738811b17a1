import type { Database } from 'better-sqlite3';
import { UserError } from '../domain/errors.js';
import { spine } from './migrations/0001-spine.js';
import { review } from './migrations/0002-review.js';
import { taxonomyMigrations } from './migrations/0003-taxonomy-migrations.js';
import { published } from './migrations/0004-published.js';
import { queries } from './migrations/0005-queries.js';
import { jobs } from './migrations/0006-jobs.js';
import { keys } from './migrations/0007-keys.js';
import { keptAnswers } from './migrations/0008-kept-answers.js';
import { quality } from './migrations/0009-quality.js';

/** Append only: the number of a migration is its place here, counted from 1, kept in `user_version`. */
export const MIGRATIONS: readonly string[] = [
  spine,
  review,
  taxonomyMigrations,
  published,
  queries,
  jobs,
  keys,
  keptAnswers,
  quality,
];

/**
 * Brings a store to the newest version, each migration in a transaction of its own. Errors call the store `name`.
 * @throws UserError if the store was made by a newer Shelfwright.
 */
export function migrate(database: Database, name = database.name): void {
  // A store that is up to date is not written to: it may be read-only, or the disk full.
  if (isUpToDate(database, name)) return;
  for (const [index, statements] of MIGRATIONS.entries()) {
    const version = index + 1;
    database
      .transaction(() => {
        // Read again inside: another process may have migrated while this one waited for the lock.
        if (versionOf(database) >= version) return;
        database.exec(statements);
        database.pragma(`user_version = ${version}`);
      })
      .immediate();
  }
}

/**
 * Whether a store has the newest version, so that it needs no migration.
 * @throws UserError if it has a newer one, made by a newer Shelfwright.
 */
export function isUpToDate(database: Database, name = database.name): boolean {
  const found = versionOf(database);
  if (found > MIGRATIONS.length) {
    throw new UserError(
      `The store ${name} has version ${found}, this Shelfwright knows up to ${MIGRATIONS.length}: use the Shelfwright that wrote it, or a newer one.`,
    );
  }
  return found === MIGRATIONS.length;
}

function versionOf(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}
