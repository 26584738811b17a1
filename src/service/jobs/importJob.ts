import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type ImportReport, importCatalog } from '../../catalog/import/importCatalog.js';
import { UserError } from '../../domain/errors.js';
import type { Progress } from '../../domain/progress.js';
import { openSource } from '../../formats/source.js';
import type { Store } from '../../store/open.js';
import { fileInImportFolder } from './importFolder.js';
import type { Assignment } from './jobMessages.js';
import { importRequestSchema, uploadRequestSchema } from './jobRequests.js';
import { uploadPath } from './uploads.js';

const requestSchema = z.union([importRequestSchema, uploadRequestSchema]);

/** Where the bad rows of a job's file are kept. */
export function quarantineFile(dataDir: string, job: string): string {
  return path.join(dataDir, 'quarantine', `${job}.jsonl`);
}

/** Imports the file that a job asks for, going on where an earlier attempt was broken off. */
export async function importJob(
  { id, request, dataDir, importFolder, configuration }: Assignment,
  store: Store,
  progress: Progress,
): Promise<ImportReport> {
  const asked = requestSchema.parse(request);
  const file =
    'file' in asked ? await fileInImportFolder(importFolder, asked.file) : uploadPath(dataDir, asked.upload);
  if (!existsSync(file)) throw new UserError('The uploaded file is no longer there: upload it again.');
  const quarantine = quarantineFile(dataDir, id);
  await mkdir(path.dirname(quarantine), { recursive: true });
  const shown = (text: string): string =>
    text
      .replaceAll(file, 'file' in asked ? asked.file : 'the upload')
      .replaceAll(quarantine, `/v1/jobs/${id}/quarantine`);
  try {
    return await importCatalog(store, await openSource(file, { format: asked.format, map: asked.map }), {
      ...configuration,
      full: asked.full,
      allowShrink: asked.allow_shrink,
      taxonomy: undefined,
      quarantine,
      checkpoint: {
        read: () => store.jobs.checkpoint(id),
        save: (standing) => store.jobs.keepCheckpoint(id, standing),
      },
      progress,
    });
  } catch (error) {
    // Where the service keeps its files is nobody's business.
    if (!(error instanceof UserError) || shown(error.message) === error.message) throw error;
    throw new UserError(shown(error.message), { cause: error });
  }
}
