import { open } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { UserError } from '../../domain/errors.js';
import { type FilePreview, previewFile } from '../../formats/previewFile.js';
import type { PreviewMessage, PreviewTask } from './previewMessages.js';

const TIMEOUT_MS = 60_000;
const MAX_HEAP_MB = 2048;

/**
 * The columns of a file. A workbook, which is read completely, is read in a thread of its own, so that searches go on.
 * @throws UserError if the file cannot be read, or is too large to preview.
 */
export async function previewUpload(task: PreviewTask): Promise<FilePreview> {
  const { path, ...options } = task;
  return (await isWorkbook(path)) ? previewInThread(task) : previewFile(path, options);
}

async function isWorkbook(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.toString('latin1') === 'PK';
  } finally {
    await file.close();
  }
}

function previewInThread(task: PreviewTask): Promise<FilePreview> {
  const worker = new Worker(new URL('./previewWorker.js', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  const tooLarge = new UserError(
    'The file takes too long or too much memory to preview: save its sheet as CSV and upload that.',
  );
  return new Promise<FilePreview>((resolve, reject) => {
    const timeout = setTimeout(() => reject(tooLarge), TIMEOUT_MS);
    worker.once('message', (message: PreviewMessage) => {
      clearTimeout(timeout);
      if ('preview' in message) resolve(message.preview);
      else reject(message.isUsers ? new UserError(message.error) : new Error(message.error));
    });
    worker.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timeout);
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge : error);
    });
  }).finally(() => worker.terminate());
}
