import { parentPort, workerData } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';

/** The lower bound of embedding: runs only the model, on token ids, one text at a time, in one thread. */
const { model, rows }: { model: string; rows: BigInt64Array[] } = workerData;

const session = await InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 });

async function runOne(ids: BigInt64Array): Promise<void> {
  const dims = [1, ids.length];
  const outputs = await session.run({
    input_ids: new Tensor('int64', ids, dims),
    attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), dims),
    token_type_ids: new Tensor('int64', new BigInt64Array(ids.length), dims),
  });
  for (const tensor of Object.values(outputs)) tensor.dispose();
}

for (const ids of rows.slice(0, 50)) await runOne(ids);
parentPort?.postMessage('ready');
parentPort?.once('message', () => void measure());

async function measure(): Promise<void> {
  for (const ids of rows) await runOne(ids);
  parentPort?.postMessage('done');
}
