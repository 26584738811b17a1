import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type ImportReport, importCatalog } from '../../catalog/import/importCatalog.js';
import type { Progress } from '../../domain/progress.js';
import type { Store } from '../../store/open.js';
import { type ChangedProduct, ChangeSample } from './changeSample.js';
import { fileInImportFolder } from './importFolder.js';
import { type ImportJobPreview, importJobPreview } from './importJobPreview.js';
import type { Assignment } from './jobMessages.js';
import { importRequestSchema, uploadRequestSchema } from './jobRequests.js';
import { openUpload, withoutPaths } from './openUpload.js';
import { uploadPath } from './uploads.js';

const requestSchema = z.union([importRequestSchema, uploadRequestSchema]);

/** The quarantine file of a job. */
export function quarantineFile(dataDir: string, job: string): string {
  return path.join(dataDir, 'quarantine', `${job}.jsonl`);
}

/** The report of an import, with the first products that it changed. */
export type ImportJobReport =
  | (ImportReport & { readonly sample: readonly ChangedProduct[] })
  | ImportJobPreview;

/** Imports the file of a job. A job that was interrupted resumes from its checkpoint. */
export async function importJob(
  { id, request, dataDir, importFolder, configuration }: Assignment,
  store: Store,
  progress: Progress,
): Promise<ImportJobReport> {
  const parsed = requestSchema.parse(request);
  const file =
    'file' in parsed
      ? await fileInImportFolder(importFolder, parsed.file)
      : uploadPath(dataDir, parsed.upload);
  const quarantine = quarantineFile(dataDir, id);
  await mkdir(path.dirname(quarantine), { recursive: true });
  const shown = 'file' in parsed ? parsed.file : 'the upload';
  const names = [[file, shown] as const, [quarantine, `/v1/jobs/${id}/quarantine`] as const];
  return withoutPaths(names, async () => {
    const { format, map, sheet, header_row: headerRow } = parsed;
    const placeholders = configuration?.import.placeholders;
    const source = await openUpload(file, { format, map, sheet, headerRow, placeholders });
    if (parsed.preview)
      return importJobPreview(store, source, { ...configuration, ...parsed, quarantine, progress });
    const sample = new ChangeSample();
    const report = await importCatalog(store, source, {
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
      onChanged: (before, after) => sample.offer(before, after),
      progress,
    });
    return { ...report, sample: sample.kept };
  });
}
