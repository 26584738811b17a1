import { existsSync, lstatSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// So that `npx shelfwright` in this folder runs this very tree, without npm installing a copy of it first.
const bin = new URL('../node_modules/.bin/', import.meta.url);
const target = '../../bin/shelfwright';
if (existsSync(bin) && process.platform !== 'win32') {
  const link = fileURLToPath(new URL('shelfwright', bin));
  const found = lstatSync(link, { throwIfNoEntry: false });
  if (!(found?.isSymbolicLink() && readlinkSync(link) === target)) {
    rmSync(link, { force: true });
    symlinkSync(target, link);
  }
}
