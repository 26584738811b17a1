import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runDemo } from '../test/support/demo.js';
import { differencesOf } from './docs/examples/differences.js';
import { documentedPages } from './docs/examples/documentedPages.js';
import { renewPage } from './docs/examples/renewPage.js';
import { runPage } from './docs/examples/runPage.js';

/**
 * `npm run docs:examples [-- <page>...] [--demo <folder>]`: runs the commands of the pages, of all unless some are named,
 * and writes what they print now where a page says something else. `--demo` names a folder with `data` and `indexes` of
 * the demo catalog; without it the catalog is indexed first.
 */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { demo: { type: 'string' } } });
const demo = values.demo ?? (await runDemo()).folder;
try {
  for (const page of positionals.length === 0 ? documentedPages() : positionals) {
    const steps = await runPage(page, demo);
    const differences = differencesOf(page, steps);
    if (differences.length > 0) writeFileSync(page, renewPage(readFileSync(page, 'utf8'), steps));
    console.log(`${page}: ${steps.length} commands, ${differences.length} outputs renewed`);
  }
} finally {
  if (values.demo === undefined) rmSync(demo, { recursive: true, force: true });
}
