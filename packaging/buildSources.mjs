import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// After `npm ci` in a clone this is `npm run build`. After `npm ci --omit=dev` the compiler and the types of the packages
// are missing: npm fetches the compiler into its cache, and it compiles src without a type check. A packed project has
// no sources and is built already. The first `npx shelfwright` in a clone runs this too, and must not wait for a build.
const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...parts) => existsSync(new URL(['..', ...parts].join('/'), import.meta.url));

const run = process.env.npm_command === 'exec' && at('dist', 'src', 'cli', 'main.js');
if (at('src') && !run) {
  if (at('node_modules', 'typescript')) npm('run', 'build');
  else {
    const { devDependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    const compiler = `typescript@${devDependencies.typescript}`;
    if (!npm('exec', '--yes', `--package=${compiler}`, '--', 'tsc', '-p', 'packaging')) {
      console.error(
        `shelfwright is not built: ${compiler} could not be fetched or run, and node_modules has no compiler. Run \`npm ci && npm prune --omit=dev\` instead.`,
      );
    }
  }
}

/** Whether npm succeeded; its exit code becomes that of this script. */
function npm(...args) {
  const { status } = spawnSync(process.execPath, [process.env.npm_execpath, ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
  return status === 0;
}
