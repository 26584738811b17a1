import { once } from 'node:events';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import { AutoModel, AutoTokenizer, env } from '@huggingface/transformers';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { isEmptyVector } from '../../src/domain/emptyVector.js';
import { type Embedder, startEmbedder } from '../../src/embed/embedder.js';
import { openModel } from '../../src/embed/model.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const MODEL = 'models/all-MiniLM-L6-v2';

interface Golden {
  readonly text: string;
  readonly fp32: readonly number[];
  readonly int8: readonly number[];
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let dot = 0;
  let aa = 0;
  let bb = 0;
  for (let d = 0; d < a.length; d++) {
    dot += (a[d] ?? 0) * (b[d] ?? 0);
    aa += (a[d] ?? 0) ** 2;
    bb += (b[d] ?? 0) ** 2;
  }
  return dot / Math.sqrt(aa * bb);
}

describe('the bundled transformer', () => {
  let embedder: Embedder;
  beforeAll(async () => {
    embedder = await startEmbedder(await openModel(MODEL), 2);
  });
  afterAll(() => embedder.close());

  it('reproduces its golden vectors', async () => {
    const golden: Golden[] = JSON.parse(await readFile(`${MODEL}/golden.json`, 'utf8'));
    const vectors = await embedder.embed(golden.map(({ text }) => text));
    expect(golden.length).toBe(8);
    for (const [row, { fp32, int8 }] of golden.entries()) {
      expect(cosine(vectors[row] ?? [], int8)).toBeGreaterThan(0.999);
      expect(cosine(vectors[row] ?? [], fp32)).toBeGreaterThan(0.98);
    }
  });

  it('gives a text the same vector, bit by bit, whatever it is embedded with', async () => {
    const text = 'Waterproof walking boots, size 42';
    const [alone] = await embedder.embed([text]);
    const crowd = Array.from({ length: 40 }, (_, i) => `${'very '.repeat(i)}different product ${i}`);
    const together = await embedder.embed([...crowd, text, ...crowd.reverse()]);
    expect(together[40]).toEqual(alone);
    expect(together[0]).not.toEqual(alone);
  });

  it('gives unit vectors of the model’s dimension, also for empty and very long texts', async () => {
    const vectors = await embedder.embed(['', 'word '.repeat(3000), '🎈 2', '日本の茶']);
    for (const vector of vectors) {
      expect(vector.length).toBe(embedder.model.dimension);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    }
  });

  it('gives an empty vector for a text of unknown tokens only', async () => {
    const vectors = await embedder.embed(['🎈', '薔薇', '鞄 🎈', 'bag']);
    expect(vectors.map(isEmptyVector)).toEqual([true, true, true, false]);
  });
});

describe('a model that takes the first token', () => {
  it('gives its hidden state, scaled to length 1', async () => {
    const folder = path.join(temporaryFolder(), 'first-token');
    await cp(MODEL, folder, { recursive: true });
    const settings = { version: 1, pooling: 'cls', query_prefix: 'query: ', dimension: 384 };
    await writeFile(`${folder}/embedding.json`, JSON.stringify(settings));
    const text = 'Waterproof walking boots';
    const embedder = await startEmbedder(await openModel(folder), 1);
    const [vector, unreadable] = await embedder.embed([text, 'query: 🎈']);
    await embedder.close();
    env.localModelPath = path.dirname(folder);
    const tokenizer = await AutoTokenizer.from_pretrained('first-token');
    const model = await AutoModel.from_pretrained('first-token', { dtype: 'q8' });
    const { last_hidden_state: hidden } = await model(tokenizer(text));
    const first = Float32Array.from(hidden.data.subarray(0, 384));
    await model.dispose();
    expect(cosine(vector ?? [], first)).toBeGreaterThan(0.9999);
    expect(Math.hypot(...(vector ?? []))).toBeCloseTo(1, 5);
    // What follows the prefix is a symbol that the model does not know.
    expect(unreadable?.every((number) => number === 0)).toBe(true);
  });
});

describe('a pool of threads', () => {
  it('fails only the calls of a thread that dies, and replaces it', async () => {
    const workers = new Set<Worker>();
    process.on('worker', (worker) => workers.add(worker));
    onTestFinished(() => {
      process.removeAllListeners('worker');
    });
    const embedder = await startEmbedder(await openModel(MODEL), 2);
    const [before] = await embedder.embed(['a red dress']);
    expect(workers.size).toBe(2);
    const long = embedder.embed(Array.from({ length: 200 }, (_, i) => `product ${i}`));
    const ends = [...workers].map((worker) => once(worker, 'exit'));
    for (const worker of workers) worker.postMessage('close');
    await expect(long).rejects.toThrow(/could not be run/);
    await Promise.all(ends);
    expect(await embedder.embed(['a red dress'])).toEqual([before]);
    expect(workers.size).toBe(4);
    await embedder.close();
  });

  it('starts further threads only for many texts', async () => {
    const embedder = await startEmbedder(await openModel(MODEL));
    await embedder.embed(['a red dress', 'a blue dress']);
    expect(embedder.workers).toBe(1);
    const texts = Array.from({ length: 200 }, (_, i) => `product ${i}`);
    const [vectors, again] = await Promise.all([embedder.embed(texts), embedder.embed(texts.slice(0, 9))]);
    expect(embedder.workers).toBe(Math.min(2, availableParallelism()));
    expect(vectors).toHaveLength(200);
    expect(again).toEqual(vectors.slice(0, 9));
    await embedder.close();
  });

  it('answers calls from before it is closed, and none after', async () => {
    const embedder = await startEmbedder(await openModel(MODEL), 1);
    const asked = embedder.embed(Array.from({ length: 40 }, (_, i) => `product ${i}`));
    await embedder.close();
    expect(await asked).toHaveLength(40);
    await expect(embedder.embed(['late'])).rejects.toThrow(/closed/);
  });
});

describe('opening a model', () => {
  it('refuses a folder that lacks a file', async () => {
    await expect(openModel(temporaryFolder())).rejects.toThrow(/lacks config.json/);
  });

  it('refuses a changed file by its checksum', async () => {
    const folder = temporaryFolder();
    await cp(MODEL, folder, { recursive: true });
    const tokenizer = await readFile(`${folder}/tokenizer.json`, 'utf8');
    await writeFile(`${folder}/tokenizer.json`, tokenizer.replace('"##s"', '"##z"'));
    await expect(openModel(folder)).rejects.toThrow(/tokenizer\.json does not match sha256\.txt/);
  });

  it('reads the dimension from the model, and reports vectors of another', async () => {
    const folder = temporaryFolder();
    await cp(MODEL, folder, { recursive: true });
    const config = await readFile(`${folder}/config.json`, 'utf8');
    await writeFile(`${folder}/config.json`, config.replace('"hidden_size": 384', '"hidden_size": 256'));
    await rm(`${folder}/embedding.json`);
    expect((await openModel(folder)).dimension).toBe(256);
    const embedder = await startEmbedder(await openModel(folder), 1);
    await expect(embedder.embed(['text'])).rejects.toThrow(/256 dimensions/);
    await embedder.close();
  });
});
