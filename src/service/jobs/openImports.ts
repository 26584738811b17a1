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

/** Files of products that the service is asked to import. */
export interface Imports {
  /**
   * Queues the import of a file in the import folder.
   * @throws UserError where there is no such file, BusyError where too many jobs wait.
   */
  ofFile(request: ImportRequest, idempotencyKey?: IdempotencyKey): Promise<Job>;
  /**
   * Keeps a body as it arrives, then queues its import. `idempotencyKey` is told the SHA-256 of the body.
   * @throws BusyError where too many jobs wait or files arrive, TooLargeError for too large a file.
   */
  ofUpload(
    body: AsyncIterable<Buffer>,
    how: ImportHow,
    idempotencyKey: (sha256: string) => IdempotencyKey | undefined,
  ): Promise<Job>;
  /** The bad rows of a job's file, a line of JSON each; undefined where there were none. */
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
        // A repetition is answered with the job of the first time.
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
