import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { AutoTokenizer, env } from '@huggingface/transformers';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { type Cost, costOf } from './processorTime.js';

/** What `workers` bare onnxruntime loops need for the texts, tokenised beforehand, started together. */
export async function embeddingFloor(texts: readonly string[], workers: number): Promise<Cost> {
  env.allowRemoteModels = false;
  env.localModelPath = path.dirname(packagePaths.model);
  const tokenizer = await AutoTokenizer.from_pretrained(path.basename(packagePaths.model));
  const rows = texts.map((text): BigInt64Array => {
    const { input_ids: ids } = tokenizer(text, { truncation: true, max_length: 256 });
    return BigInt64Array.from(ids.data);
  });
  const model = path.join(packagePaths.model, 'onnx', 'model_quantized.onnx');
  const threads = await Promise.all(
    Array.from({ length: workers }, async (_, thread) => {
      const share = rows.filter((__, row) => row % workers === thread);
      const worker = new Worker(new URL('./embeddingFloorWorker.js', import.meta.url), {
        workerData: { model, rows: share },
      });
      await nextMessage(worker);
      return worker;
    }),
  );
  const cost = await costOf(() =>
    Promise.all(
      threads.map((worker) => {
        const done = nextMessage(worker);
        worker.postMessage('go');
        return done;
      }),
    ),
  );
  await Promise.all(threads.map((worker) => worker.terminate()));
  return cost;
}

function nextMessage(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
  });
}
