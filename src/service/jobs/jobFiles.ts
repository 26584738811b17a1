import { rmSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Job } from '../../domain/job.js';
import type { Store } from '../../store/open.js';
import { filledFolder, pruneFilled } from './filledFiles.js';
import { quarantineFile } from './importJob.js';
import { fillRequestSchema, uploadRequestSchema } from './jobRequests.js';
import { sweepUploads, uploadPath } from './uploads.js';

/** Removes the upload of an ended job, and what a fill that failed left; quarantine and filled files stay. */
export function removeFilesOf(job: Job, dataDir: string): void {
  const upload = uploadOf(job);
  if (upload !== undefined) rmSync(uploadPath(dataDir, upload), { force: true });
  if (job.kind === 'fill' && job.state !== 'done')
    rmSync(filledFolder(dataDir, job.id), { recursive: true, force: true });
}

/** Removes what killed services left: uploads without a job, quarantine and filled files of forgotten jobs. */
export async function sweepFiles(store: Store, dataDir: string): Promise<void> {
  const open = [...store.jobs.inState('queued'), ...store.jobs.inState('running')];
  const wanted = open.map(uploadOf).filter((upload) => upload !== undefined);
  await sweepUploads(dataDir, new Set(wanted));
  const folder = path.dirname(quarantineFile(dataDir, ''));
  for (const name of await readdir(folder).catch(() => [])) {
    if (store.jobs.get(path.parse(name).name) === undefined)
      await rm(path.join(folder, name), { force: true });
  }
  await pruneFilled(dataDir, (job) => store.jobs.get(job) !== undefined);
}

function uploadOf({ kind, request }: Job): string | undefined {
  if (kind === 'fill') return fillRequestSchema.safeParse(request).data?.upload;
  return kind === 'import' ? uploadRequestSchema.safeParse(request).data?.upload : undefined;
}
