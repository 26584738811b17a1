import { parentPort, workerData } from 'node:worker_threads';
import { sentenceOf, UserError } from '../../domain/errors.js';
import { previewFile } from '../../formats/previewFile.js';
import { type PreviewMessage, previewTaskSchema } from './previewMessages.js';

/** Entry of the thread that reads an uploaded workbook, which may take seconds. */
const { path, ...options } = previewTaskSchema.parse(workerData);
const message: PreviewMessage = await previewFile(path, options).then(
  (preview) => ({ preview }),
  (error: unknown) => ({ error: sentenceOf(error), isUsers: error instanceof UserError }),
);
parentPort?.postMessage(message);
