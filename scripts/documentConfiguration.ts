import { writeFileSync } from 'node:fs';
import { configurationPage } from './docs/configurationPage.js';

const PAGE = 'docs/configuration.md';

writeFileSync(PAGE, configurationPage());
process.stdout.write(`${PAGE} is as the schema has it.\n`);
