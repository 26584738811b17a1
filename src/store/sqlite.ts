import { createRequire } from 'node:module';
import type BetterSqlite from 'better-sqlite3';

const require = createRequire(import.meta.url);

/**
 * SQLite, from the version of better-sqlite3 that the running Node can load: 13 needs Node 22, and 12, compiled for Node
 * 24.19 or later, aborts the process when a statement is garbage-collected. Import no value from `better-sqlite3`
 * elsewhere: two copies of SQLite in one process release each other's file locks.
 */
export const Sqlite: typeof BetterSqlite = process.versions.node.startsWith('20.')
  ? require('better-sqlite3-12')
  : require('better-sqlite3');
