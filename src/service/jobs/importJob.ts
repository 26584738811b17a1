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

/** The quarantine file of a job. */
export function quarantineFile(dataDir: string, job: string): string {
  return path.join(dataDir, 'quarantine', `${job}.jsonl`);
}

/** Imports the file of a job. A job that was interrupted resumes from its checkpoint. */
export async function importJob(
  { id, request, dataDir, importFolder, configuration }: Assignment,
  store: Store,
  progress: Progress,
): Promise<ImportReport> {
  const parsed = requestSchema.parse(request);
  const file =
    'file' in parsed
      ? await fileInImportFolder(importFolder, parsed.file)
      : uploadPath(dataDir, parsed.upload);
  if (!existsSync(file)) throw new UserError('The uploaded file is no longer there: upload it again.');
  const quarantine = quarantineFile(dataDir, id);
  await mkdir(path.dirname(quarantine), { recursive: true });
  const withoutPaths = (text: string): string =>
    text
      .replaceAll(file, 'file' in parsed ? parsed.file : 'the upload')
      .replaceAll(quarantine, `/v1/jobs/${id}/quarantine`);
  try {
    const { format, map, sheet, header_row: headerRow } = parsed;
    const placeholders = configuration?.import.placeholders;
    const source = await openSource(file, { format, map, sheet, headerRow, placeholders });
    return await importCatalog(store, source, {
      ...configuration,
      full: parsed.full,
      replace: parsed.replace,
      allowShrink: parsed.allow_shrink,
      allowClear: parsed.allow_clear,
      taxonomy: undefined,
      quarantine,
      checkpoint: {
        read: () => store.jobs.checkpoint(id),
        save: (standing) => store.jobs.saveCheckpoint(id, standing),
      },
      progress,
    });
  } catch (error) {
    // A client must not see the service's own paths.
    if (!(error instanceof UserError) || withoutPaths(error.message) === error.message) throw error;
    throw new UserError(withoutPaths(error.message), { cause: error });
  }
}
