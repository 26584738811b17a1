import { parentPort, workerData } from 'node:worker_threads';
import { sentenceOf } from '../domain/errors.js';
import type { ModelCard } from './model.js';
import { Transformer } from './transformer.js';

/** A batch of texts to embed. The thread handles one batch after another. */
export interface Batch {
  readonly id: number;
  readonly texts: readonly string[];
}
/** 'close' ends the thread after the batches before it. */
export type EmbeddingRequest = Batch | 'close';
export type EmbeddingResponse =
  | { readonly ready: true }
  | { readonly id: number; readonly vectors: Float32Array }
  | { readonly id: number; readonly failure: string };

const port = parentPort;
if (port === null) throw new Error('embed/embeddingThread runs as a worker thread');
const card: ModelCard = workerData;

const transformer = await Transformer.load(card);

async function answer(batch: Batch): Promise<void> {
  try {
    const vectors = new Float32Array(batch.texts.length * card.dimension);
    for (const [row, text] of batch.texts.entries()) {
      await transformer.embed(text, vectors.subarray(row * card.dimension, (row + 1) * card.dimension));
    }
    port?.postMessage({ id: batch.id, vectors } satisfies EmbeddingResponse, [vectors.buffer]);
  } catch (error) {
    port?.postMessage({ id: batch.id, failure: sentenceOf(error) } satisfies EmbeddingResponse);
  }
}

async function close(): Promise<void> {
  await transformer.dispose();
  port?.close();
}

let queue = Promise.resolve();
let closing = false;
port.on('message', (asked: EmbeddingRequest) => {
  if (closing) return;
  closing = asked === 'close';
  queue = queue.then(() => (asked === 'close' ? close() : answer(asked)));
});
port.postMessage({ ready: true } satisfies EmbeddingResponse);
