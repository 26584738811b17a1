import { writeFileSync } from 'node:fs';
import { configurationPage } from './docs/configurationPage.js';

const PAGE = 'docs/configuration.md';

writeFileSync(PAGE, configurationPage());
process.stdout.write(`Wrote ${PAGE}.\n`);
