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
import { spellings } from './migrations/0010-spellings.js';

/** Append-only. The version of a migration is its position, counted from 1, stored in `user_version`. */
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
  spellings,
];

/**
 * Migrates a store to the newest version, each migration in its own transaction. Errors call the store `name`.
 * @throws UserError if a newer Shelfwright made the store.
 */
export function migrate(database: Database, name = database.name): void {
  // Does not write to an up-to-date store: it may be read-only, or the disk full.
  if (isUpToDate(database, name)) return;
  for (const [index, statements] of MIGRATIONS.entries()) {
    const version = index + 1;
    database
      .transaction(() => {
        // Read the version again: another process may have migrated while this one waited for the lock.
        if (versionOf(database) >= version) return;
        database.exec(statements);
        database.pragma(`user_version = ${version}`);
      })
      .immediate();
  }
}

/**
 * Whether a store has the newest version and needs no migration.
 * @throws UserError if it has a newer one.
 */
export function isUpToDate(database: Database, name = database.name): boolean {
  const found = versionOf(database);
  if (found > MIGRATIONS.length) {
    throw new UserError(
      `The store ${name} has version ${found}, and this Shelfwright reads up to version ${MIGRATIONS.length}: use the Shelfwright that wrote it, or a newer one.`,
    );
  }
  return found === MIGRATIONS.length;
}

function versionOf(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}
