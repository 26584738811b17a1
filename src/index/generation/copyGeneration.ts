import { constants } from 'node:fs';
import { copyFile, open } from 'node:fs/promises';
import { join } from 'node:path';
import { faultPoint } from '../../domain/faultPoint.js';
import { verifyFile } from '../files/checksummedFile.js';
import { generationDir } from './generations.js';
import { type Manifest, readManifest, writeManifest } from './manifest.js';
import { createStaging, discardStaging, publishStaging } from './stagingFolder.js';

/** What differs between a generation and its copy. */
export interface CopyOptions {
  /** The generation to copy, and the id of the copy. */
  readonly from: string;
  readonly id: string;
  /** The products of the copied one include every change of the store up to this number. */
  readonly sequence: number;
  readonly admit: (staging: string, manifest: Manifest) => Promise<void>;
}

/**
 * Makes a generation of the same products, values and vectors as another, as a new one would be built of them. Like
 * `GenerationWriter.finish` it calls `admit` before the generation moves into place, and removes everything if that throws.
 * @throws UserError if the other generation is damaged.
 */
export async function copyGeneration(indexesDir: string, options: CopyOptions): Promise<Manifest> {
  const { from, id, sequence, admit } = options;
  const source = generationDir(indexesDir, from);
  const manifest = { ...(await readManifest(source)), id, sequence, created: new Date().toISOString() };
  for (const [name, file] of Object.entries(manifest.files)) await verifyFile(join(source, name), file);
  const staging = await createStaging(indexesDir, id);
  try {
    const dir = generationDir(staging, id);
    for (const name of Object.keys(manifest.files)) {
      // Not a hard link: damage to one generation would also damage the ones to fall back to.
      await copyFile(
        join(source, name),
        join(dir, name),
        constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE,
      );
      const copy = await open(join(dir, name), 'r+');
      await copy.sync().finally(() => copy.close());
      faultPoint('generation.file');
    }
    await writeManifest(dir, manifest);
    await publishStaging(staging, indexesDir, id, (written) => admit(written, manifest));
    return manifest;
  } catch (error) {
    await discardStaging(staging);
    throw error;
  }
}
