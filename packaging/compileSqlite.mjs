import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// Only Node 20 loads better-sqlite3 12 (see src/store/sqlite.ts), so `allowScripts` denies its install script, and this
// runs it where it is needed. npm before 11.16 has run it already.
const folder = new URL('../node_modules/better-sqlite3-12/', import.meta.url);
const binary = new URL('build/Release/better_sqlite3.node', folder);
if (process.versions.node.startsWith('20.') && existsSync(folder) && !existsSync(binary)) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [process.env.npm_execpath, 'run', 'install'],
    {
      cwd: fileURLToPath(folder),
      encoding: 'utf8',
      env: { ...process.env, JOBS: 'max' },
    },
  );
  if (status !== 0) {
    process.stderr.write(
      `${stdout}${stderr}SQLite was not compiled: Node 20 needs a C++ compiler, make and Python 3 for it. Install them and run npm ci again, or use Node 22 or later.\n`,
    );
    process.exitCode = 1;
  }
}
