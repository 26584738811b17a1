import { createReadStream, existsSync, rmSync } from 'node:fs';
import type { Readable } from 'node:stream';
import type { JobsSettings } from '../../configuration/jobs.js';
import type { Job, JobKind } from '../../domain/job.js';
import type { FilePreview } from '../../formats/previewFile.js';
import type { IdempotencyKey } from '../writes/idempotency.js';
import { type FilledFile, filledFilesOf } from './filledFiles.js';
import { fileInImportFolder } from './importFolder.js';
import { quarantineFile } from './importJob.js';
import type { JobQueue } from './jobQueue.js';
import type { FillHow, ImportHow, ImportRequest } from './jobRequests.js';
import { withoutPaths } from './openUpload.js';
import type { PreviewTask } from './previewMessages.js';
import { previewUpload } from './previewUpload.js';
import { Uploads, uploadPath } from './uploads.js';

/** Files of products that clients name or upload: to import them, to fill their blanks, or to look at their columns. */
export interface Imports {
  /**
   * Queues the import of a file in the import folder.
   * @throws UserError for an unknown file, BusyError where too many jobs are queued.
   */
  ofFile(request: ImportRequest, idempotencyKey?: IdempotencyKey): Promise<Job>;
  /**
   * Writes a body to disk as it arrives, then queues its import. `idempotencyKey` gets the SHA-256 of the body.
   * @throws BusyError where too many jobs are queued or uploads arrive, TooLargeError for too large a file.
   */
  ofUpload(body: AsyncIterable<Buffer>, how: ImportHow, idempotencyKey: KeyOfBody): Promise<Job>;
  /** As ofUpload, but queues a job that fills the blanks of the file in a copy and stores no product. */
  fill(body: AsyncIterable<Buffer>, how: FillHow, idempotencyKey: KeyOfBody): Promise<Job>;
  /**
   * The columns of a file, or of its beginning, which is not kept.
   * @throws UserError if the file cannot be read; BusyError, TooLargeError as ofUpload.
   */
  preview(body: AsyncIterable<Buffer>, how: Omit<PreviewTask, 'path'>): Promise<FilePreview>;
  /** What a fill made: the filled file, and for tables its facts; empty if it is not done, or no longer kept. */
  filled(job: string): Promise<FilledFile[]>;
  /** The bad rows of a job's file, one JSON object a line; undefined where there are none. */
  quarantine(job: string): Readable | undefined;
}

type KeyOfBody = (sha256: string) => IdempotencyKey | undefined;

export function openImports(
  dataDir: string,
  queue: Pick<JobQueue, 'submit' | 'requireRoom'>,
  settings: JobsSettings,
): Imports {
  const uploads = new Uploads(dataDir, settings);
  async function submit(
    kind: JobKind,
    body: AsyncIterable<Buffer>,
    how: object,
    idempotencyKey: KeyOfBody,
  ): Promise<Job> {
    queue.requireRoom();
    const { id, sha256 } = await uploads.receive(body);
    const remove = (): void => rmSync(uploadPath(dataDir, id), { force: true });
    try {
      const job = queue.submit(kind, { upload: id, ...how }, idempotencyKey(sha256));
      // A repeated request gets the first job, which has its own file.
      if (job.request.upload !== id) remove();
      return job;
    } catch (error) {
      remove();
      throw error;
    }
  }
  return {
    ofFile: async (request, idempotencyKey) => {
      await fileInImportFolder(settings.import_folder, request.file);
      return queue.submit('import', request, idempotencyKey);
    },
    ofUpload: (body, how, idempotencyKey) => submit('import', body, how, idempotencyKey),
    fill: (body, how, idempotencyKey) => submit('fill', body, how, idempotencyKey),
    preview: async (body, how) => {
      const { id } = await uploads.receive(body);
      const file = uploadPath(dataDir, id);
      try {
        return await withoutPaths([[file, 'the file']], () => previewUpload({ path: file, ...how }));
      } finally {
        rmSync(file, { force: true });
      }
    },
    filled: (job) => filledFilesOf(dataDir, job),
    quarantine: (job) => {
      const file = quarantineFile(dataDir, job);
      return existsSync(file) ? createReadStream(file) : undefined;
    },
  };
}
