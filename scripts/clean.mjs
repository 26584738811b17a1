import { existsSync, readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// Tests run from dist: what a deleted source left there must not run on. Files that still have their source
// stay, so that tsc compiles only what changed, unless one is missing: tsc would not write it again.
const root = fileURLToPath(new URL('..', import.meta.url));
const dist = `${root}dist/`;

function filesIn(folder, ending) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(ending));
}

// The pages in dist/web are built anew each time.
const compiled = new Set(filesIn(dist, '.js').filter((file) => !file.startsWith('web')));
const sources = ['src', 'test', 'scripts', 'examples'].flatMap((folder) =>
  filesIn(`${root}${folder}`, '.ts').map((file) => `${folder}/${file.replace(/\.ts$/, '.js')}`),
);
if (sources.some((file) => !compiled.has(file))) rmSync(dist, { recursive: true, force: true });
else {
  for (const file of compiled) {
    if (sources.includes(file)) continue;
    rmSync(`${dist}${file}`);
    rmSync(`${dist}${file}.map`, { force: true });
  }
}
