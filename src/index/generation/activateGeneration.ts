import { randomUUID } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sentenceOf, UserError } from '../../domain/errors.js';
import { faultPoint } from '../../domain/faultPoint.js';
import { damaged } from '../files/checksummedFile.js';
import { flushDirectory } from '../files/flushDirectory.js';
import { checkGeneration } from './checkGeneration.js';
import { CURRENT_FILE, currentGeneration, generationDir, listGenerations } from './generations.js';
import { readManifest } from './manifest.js';

/**
 * Makes a generation the current one. `current` is written to a temporary file, flushed and renamed, so it
 * names the old or the new generation at every instant. UserError if the manifest or a file is missing or has
 * the wrong size; `checkGeneration` checks contents.
 */
export async function activateGeneration(indexesDir: string, id: string): Promise<void> {
  const dir = generationDir(indexesDir, id);
  if ((await stat(dir).catch(() => undefined)) === undefined) {
    throw new UserError(
      `There is no generation ${id} in ${indexesDir}; \`shelfwright generations\` lists the existing ones.`,
      {
        field: 'id',
      },
    );
  }
  const manifest = await readManifest(dir);
  for (const [name, { bytes }] of Object.entries(manifest.files)) {
    const path = join(dir, name);
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) throw damaged(path, 'is missing');
    if (found.size !== bytes) throw damaged(path, `has ${found.size} bytes where ${bytes} were written`);
  }
  // Two calls may activate the same generation at once.
  const temporary = join(indexesDir, `.${CURRENT_FILE}-${process.pid}-${randomUUID()}`);
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(`${id}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    faultPoint('current.written');
    await rename(temporary, join(indexesDir, CURRENT_FILE));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  faultPoint('current.renamed');
  await flushDirectory(indexesDir);
}

/**
 * Activates the newest intact generation that was created before the current one, skipping damaged ones.
 * Returns its id. UserError if there is none.
 */
export async function rollbackGeneration(indexesDir: string): Promise<string> {
  const current = await currentGeneration(indexesDir);
  if (current === undefined) {
    throw new UserError(
      `No generation in ${indexesDir} serves yet, so there is nothing to go back from; run \`shelfwright reindex\`.`,
    );
  }
  const all = await listGenerations(indexesDir);
  const place = all.findIndex(({ id }) => id === current);
  // If the current generation is gone, all others count as earlier.
  const before = place < 0 ? all : all.slice(0, place);
  let damage = '';
  for (const { id } of before.reverse()) {
    try {
      await checkGeneration(indexesDir, id);
    } catch (error) {
      damage = ` (${sentenceOf(error)})`;
      continue;
    }
    await activateGeneration(indexesDir, id);
    return id;
  }
  throw new UserError(
    `There is no ${damage === '' ? '' : 'whole '}generation before ${current} in ${indexesDir} to go back to${damage}; run \`shelfwright reindex\` for a new one.`,
  );
}
