import { constants } from 'node:fs';
import { copyFile, type FileHandle, open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { faultPoint } from '../../domain/faultPoint.js';
import { checksumOf, type FileChecksum } from '../files/checksummedFile.js';
import { FILES } from '../generation/manifest.js';
import { HnswGraph, type HnswParameters } from './hnswGraph.js';

/** Input of the worker thread. */
export interface HnswTask {
  /** The folder that `graph.hnsw` and `vectors.f32` are written to. */
  readonly dir: string;
  readonly dimension: number;
  /** Total number of points expected. */
  readonly capacity: number;
  readonly parameters: HnswParameters;
  /** The generation to reuse: its folder, and the rows to rebuild; undefined rows keep its graph. */
  readonly previous: { readonly dir: string; readonly rows: Uint32Array | undefined } | undefined;
  /** One number in shared memory; anything but 0 tells the thread to skip what it has not added yet. */
  readonly aborted: Int32Array;
}

/**
 * Messages to the worker. Rows are numbered in order of arrival; `deletedLabels` lists labels to delete; the worker
 * ends after `finish` or `stop`.
 */
export type ToHnswWorker =
  | { readonly kind: 'add'; readonly vectors: Float32Array }
  | { readonly kind: 'finish'; readonly deletedLabels: Uint32Array }
  | { readonly kind: 'stop' };

/**
 * Messages from the worker. `added` counts rows of one `add` message, `rebuilt` rows of the previous
 * generation.
 */
export type FromHnswWorker =
  | { readonly kind: 'added'; readonly rows: number }
  | { readonly kind: 'rebuilt'; readonly rows: number }
  | { readonly kind: 'done'; readonly graph: FileChecksum; readonly vectors: FileChecksum };

const REBUILD_BATCH = 256;
/** Free bytes that must remain after the graph is written. */
const MIN_ROOM = 16_384;

/** Builds one graph in this thread: rows arrive by message, and `finish` writes the files. */
class HnswThread {
  readonly #task: HnswTask;
  readonly #post: (message: FromHnswWorker) => void;
  readonly #graph: HnswGraph;
  readonly #vectors: FileHandle;
  #rows: number;

  private constructor(
    task: HnswTask,
    post: (message: FromHnswWorker) => void,
    graph: HnswGraph,
    vectors: FileHandle,
    rows: number,
  ) {
    this.#task = task;
    this.#post = post;
    this.#graph = graph;
    this.#vectors = vectors;
    this.#rows = rows;
  }

  static async start(task: HnswTask, post: (message: FromHnswWorker) => void): Promise<HnswThread> {
    const { dir, dimension, capacity, parameters, previous } = task;
    const path = join(dir, FILES.vectors);
    if (previous !== undefined && previous.rows === undefined) {
      const graph = await HnswGraph.load(join(previous.dir, FILES.graph), dimension);
      graph.reserve(capacity);
      await copyFile(
        join(previous.dir, FILES.vectors),
        path,
        constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE,
      );
      const vectors = await open(path, 'a');
      return new HnswThread(task, post, graph, vectors, graph.points);
    }
    const thread = new HnswThread(
      task,
      post,
      HnswGraph.create(dimension, capacity, parameters),
      await open(path, 'ax'),
      0,
    );
    if (previous?.rows !== undefined) await thread.#rebuild(previous.dir, previous.rows);
    return thread;
  }

  get #aborted(): boolean {
    return Atomics.load(this.#task.aborted, 0) !== 0;
  }

  /** Handles one message; returns false when there is nothing more to do. */
  async handle(message: ToHnswWorker): Promise<boolean> {
    if (message.kind === 'add') {
      await this.#add(message.vectors);
      this.#post({ kind: 'added', rows: message.vectors.length / this.#task.dimension });
      return true;
    }
    if (message.kind === 'stop') await this.#vectors.close();
    else await this.#finish(message.deletedLabels);
    return false;
  }

  async #finish(deletedLabels: Uint32Array): Promise<void> {
    for (const label of deletedLabels) this.#graph.delete(label);
    await this.#vectors.sync();
    await this.#vectors.close();
    const path = join(this.#task.dir, FILES.graph);
    this.#graph.write(path);
    this.#graph.free();
    faultPoint('graph.written');
    await requireRoom(this.#task.dir);
    const file = await open(path, 'r+');
    await file.sync();
    await file.close();
    this.#post({
      kind: 'done',
      graph: await checksumOf(path),
      vectors: await checksumOf(join(this.#task.dir, FILES.vectors)),
    });
  }

  async #add(vectors: Float32Array): Promise<void> {
    const { dimension } = this.#task;
    for (let at = 0; at < vectors.length; at += dimension) {
      if (this.#aborted) return;
      this.#graph.add(this.#rows, vectors.subarray(at, at + dimension));
      this.#rows++;
    }
    await this.#vectors.appendFile(new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.byteLength));
  }

  async #rebuild(dir: string, rows: Uint32Array): Promise<void> {
    const { dimension } = this.#task;
    const source = await open(join(dir, FILES.vectors), 'r');
    try {
      for (let from = 0; from < rows.length && !this.#aborted; from += REBUILD_BATCH) {
        const batch = rows.subarray(from, from + REBUILD_BATCH);
        const vectors = new Float32Array(batch.length * dimension);
        for (const [i, row] of batch.entries()) {
          const target = new Uint8Array(vectors.buffer, i * dimension * 4, dimension * 4);
          await source.read(target, 0, target.length, row * dimension * 4);
        }
        await this.#add(vectors);
        this.#post({ kind: 'rebuilt', rows: batch.length });
      }
    } finally {
      await source.close();
    }
  }
}

/** hnswlib ignores a full disk and leaves a truncated file; this check throws in that case. */
async function requireRoom(dir: string): Promise<void> {
  const probe = join(dir, '.room');
  await writeFile(probe, Buffer.alloc(MIN_ROOM));
  await rm(probe);
}

if (parentPort !== null) {
  const port = parentPort;
  const task: HnswTask = workerData;
  const thread = HnswThread.start(task, (message) => port.postMessage(message));
  let queue: Promise<void> = thread.then(() => undefined);
  port.on('message', (message: ToHnswWorker) => {
    // One message at a time; a failure ends the thread as an unhandled rejection, which the builder receives.
    queue = queue.then(async () => {
      if (!(await (await thread).handle(message))) port.close();
    });
  });
}
