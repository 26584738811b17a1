import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { sentenceOf } from '../../../src/domain/errors.js';
import { openStore } from '../../../src/store/open.js';
import { importAndFill } from './importAndFill.js';

/** A process that runs a round for each seed it receives, in the folder of its first argument. */
const [folder = ''] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const store = openStore(path.join(folder, 'data'));

process.on('message', (seed: unknown) => {
  if (typeof seed !== 'number') return;
  const files = path.join(folder, 'files');
  mkdirSync(files, { recursive: true });
  importAndFill(seed, files, store)
    .then(
      (outcome) => ({ outcome }),
      (error: unknown) => ({ violation: sentenceOf(error) }),
    )
    .then((answer) => {
      rmSync(files, { recursive: true, force: true });
      process.send?.(answer);
    });
});
process.send?.('ready');
process.on('disconnect', () => {
  store.close();
  process.exit();
});
