import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runNpm } from './runNpm.mjs';

const root = new URL('..', import.meta.url);
const at = (place) => existsSync(new URL(place, root));

/**
 * After `npm ci` in a clone this is `npm run build`. After `npm ci --omit=dev` the compiler, the types of the packages and
 * what builds the pages are missing: npm fetches those tools into its cache, and they build without a type check. A packed
 * project has no sources and is built already. The first `npx shelfwright` in a clone gets here too, and must not wait for
 * a build.
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
  const exactly = (name) => `${name}@${devDependencies[name]}`;
  for (const [tools, command] of [
    [['typescript'], ['tsc', '-p', 'packaging']],
    [
      ['vite', 'preact', 'uplot'],
      ['vite', 'build', 'web'],
    ],
  ]) {
    const packages = tools.map((name) => `--package=${exactly(name)}`);
    if (await runNpm(folder, ['exec', '--yes', ...packages, '--', ...command], 'inherit')) continue;
    console.error(
      `shelfwright is not built: ${tools.map(exactly).join(' and ')} could not be fetched or run, and node_modules has none. Run \`npm ci && npm prune --omit=dev\` instead.`,
    );
    process.exitCode = 1;
    return;
  }
}
