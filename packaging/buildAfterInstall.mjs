import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runNpm } from './runNpm.mjs';

const root = new URL('..', import.meta.url);
const at = (place) => existsSync(new URL(place, root));

/**
 * After `npm ci` in a clone this is `npm run build`. After `npm ci --omit=dev` the compiler and the types of the packages
 * are missing: npm fetches the compiler into its cache, and it compiles src without a type check. A packed project has
 * no sources and is built already. The first `npx shelfwright` in a clone gets here too, and must not wait for a build.
 */
export async function buildAfterInstall() {
  const runs = process.env.npm_command === 'exec' && at('dist/src/cli/main.js');
  if (!at('src') || runs) return;
  const folder = fileURLToPath(root);
  if (at('node_modules/typescript')) {
    if (!(await runNpm(folder, ['run', 'build'], 'inherit'))) process.exitCode = 1;
    return;
  }
  const { devDependencies } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
  const compiler = `typescript@${devDependencies.typescript}`;
  const compile = ['exec', '--yes', `--package=${compiler}`, '--', 'tsc', '-p', 'packaging'];
  if (!(await runNpm(folder, compile, 'inherit'))) {
    console.error(
      `shelfwright is not built: ${compiler} could not be fetched or run, and node_modules has no compiler. Run \`npm ci && npm prune --omit=dev\` instead.`,
    );
    process.exitCode = 1;
  }
}
