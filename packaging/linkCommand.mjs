import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// So that `npx shelfwright` in this folder runs this very tree, without npm installing a copy of it first.
const bin = new URL('../node_modules/.bin/', import.meta.url);
if (existsSync(bin) && process.platform !== 'win32') {
  const link = fileURLToPath(new URL('shelfwright', bin));
  rmSync(link, { force: true });
  symlinkSync('../../bin/shelfwright', link);
}
