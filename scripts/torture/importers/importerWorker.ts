import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { sentenceOf } from '../../../src/domain/errors.js';
import { openStore } from '../../../src/store/open.js';
import { tryFile } from './tryFile.js';

/** A process of its own that tries the seeds it is sent, one by one, in the folder that it is given. */
const [folder = ''] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const store = openStore(path.join(folder, 'data'));

process.on('message', (seed: unknown) => {
  if (typeof seed !== 'number') return;
  const files = path.join(folder, 'files');
  mkdirSync(files, { recursive: true });
  tryFile(seed, files, store)
    .then(
      (outcome) => ({ outcome }),
      (error: unknown) => ({ broken: sentenceOf(error) }),
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
