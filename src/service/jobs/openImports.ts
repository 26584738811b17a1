import { createReadStream, existsSync, rmSync } from 'node:fs';
import type { Readable } from 'node:stream';
import type { JobsSettings } from '../../configuration/jobs.js';
import type { Job } from '../../domain/job.js';
import type { IdempotencyKey } from '../writes/idempotency.js';
import { fileInImportFolder } from './importFolder.js';
import { quarantineFile } from './importJob.js';
import type { JobQueue } from './jobQueue.js';
import type { ImportHow, ImportRequest, UploadRequest } from './jobRequests.js';
import { Uploads, uploadPath } from './uploads.js';

/** Imports that clients request: of files in the import folder, and of uploads. */
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
  ofUpload(
    body: AsyncIterable<Buffer>,
    how: ImportHow,
    idempotencyKey: (sha256: string) => IdempotencyKey | undefined,
  ): Promise<Job>;
  /** The bad rows of a job's file, one JSON object a line; undefined where there are none. */
  quarantine(job: string): Readable | undefined;
}

export function openImports(
  dataDir: string,
  queue: Pick<JobQueue, 'submit' | 'requireRoom'>,
  settings: JobsSettings,
): Imports {
  const uploads = new Uploads(dataDir, settings);
  return {
    ofFile: async (request, idempotencyKey) => {
      await fileInImportFolder(settings.import_folder, request.file);
      return queue.submit('import', request, idempotencyKey);
    },
    ofUpload: async (body, how, idempotencyKey) => {
      queue.requireRoom();
      const { id, sha256 } = await uploads.receive(body);
      const remove = (): void => rmSync(uploadPath(dataDir, id), { force: true });
      try {
        const request: UploadRequest = { upload: id, ...how };
        const job = queue.submit('import', request, idempotencyKey(sha256));
        // A repeated request gets the first job, which has its own file.
        if (job.request.upload !== id) remove();
        return job;
      } catch (error) {
        remove();
        throw error;
      }
    },
    quarantine: (job) => {
      const file = quarantineFile(dataDir, job);
      return existsSync(file) ? createReadStream(file) : undefined;
    },
  };
}
