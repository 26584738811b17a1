import { writeFileSync } from 'node:fs';
import { buildProgram } from '../src/cli/main.js';
import { commandsPage } from './docs/commandsPage.js';
import { configurationPage } from './docs/configurationPage.js';
import { openApiDocument } from './docs/openApiDocument.js';

// Writes the documents that are generated from the code; tests compare them with the code.
const documents = {
  'docs/commands.md': commandsPage(await buildProgram(undefined)),
  'docs/configuration.md': configurationPage(),
  'openapi.json': await openApiDocument(),
};
for (const [file, text] of Object.entries(documents)) {
  writeFileSync(file, text);
  process.stdout.write(`wrote ${file}\n`);
}
