import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runNpm } from './runNpm.mjs';

/**
 * Compiles better-sqlite3 12, which only Node 20 loads (see src/store/sqlite.ts). So `allowScripts` denies its install
 * script, and this runs it where it is needed. npm before 11.16 has run it already.
 */
export async function compileSqlite() {
  const folder = new URL('../node_modules/better-sqlite3-12/', import.meta.url);
  const binary = new URL('build/Release/better_sqlite3.node', folder);
  if (!process.versions.node.startsWith('20.') || !existsSync(folder) || existsSync(binary)) return;
  if (!(await runNpm(fileURLToPath(folder), ['run', '--silent', 'install'], 'ignore'))) {
    console.error(
      'SQLite was not compiled: Node 20 needs a C++ compiler, make and Python 3 for it. Install them and run npm ci again, or use Node 22 or later. `npm run install` in node_modules/better-sqlite3-12 shows what is wrong.',
    );
    process.exitCode = 1;
  }
}
