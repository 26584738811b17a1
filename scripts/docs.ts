import { writeFileSync } from 'node:fs';
import { buildProgram } from '../src/cli/main.js';
import { apiTypes } from './docs/apiTypes.js';
import { commandsPage } from './docs/commandsPage.js';
import { configurationPage } from './docs/configurationPage.js';
import { openApiDocument } from './docs/openApiDocument.js';

// Writes the documents that are generated from the code; tests compare them with the code.
const openapi = await openApiDocument();
const documents = {
  'docs/commands.md': commandsPage(await buildProgram(undefined)),
  'docs/configuration.md': configurationPage(),
  'openapi.json': openapi,
  'web/apiTypes.d.ts': await apiTypes(openapi),
};
for (const [file, text] of Object.entries(documents)) {
  writeFileSync(file, text);
  process.stdout.write(`wrote ${file}\n`);
}
