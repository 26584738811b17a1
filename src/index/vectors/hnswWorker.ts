import { constants } from 'node:fs';
import { copyFile, type FileHandle, open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { faultPoint } from '../../domain/faultPoint.js';
import { checksumOf, type FileChecksum } from '../files/checksummedFile.js';
import { FILES } from '../generation/manifest.js';
import { HnswGraph, type HnswParameters } from './hnswGraph.js';

/** What the graph's worker thread is started with. */
export interface HnswTask {
  /** The folder that `graph.hnsw` and `vectors.f32` are written to. */
  readonly dir: string;
  readonly dimension: number;
  /** Points expected in all. */
  readonly capacity: number;
  readonly parameters: HnswParameters;
  /** The generation to go on from: its folder, and its rows to build anew; undefined rows keep its graph. */
  readonly previous: { readonly dir: string; readonly rows: Uint32Array | undefined } | undefined;
  /** One number on shared memory; anything but 0 asks the thread to leave out what it has yet to add. */
  readonly abandoned: Int32Array;
}

/** To the worker. Rows follow the order of arrival; `gone` are labels to delete; after `finish` or `stop` it ends. */
export type ToHnswWorker =
  | { readonly kind: 'add'; readonly vectors: Float32Array }
  | { readonly kind: 'finish'; readonly gone: Uint32Array }
  | { readonly kind: 'stop' };

/** From the worker. `added` counts rows of one `add` message, `rebuilt` rows of the previous generation. */
export type FromHnswWorker =
  | { readonly kind: 'added'; readonly rows: number }
  | { readonly kind: 'rebuilt'; readonly rows: number }
  | { readonly kind: 'done'; readonly graph: FileChecksum; readonly vectors: FileChecksum };

const REBUILD_BATCH = 256;
/** Less room than this after the graph, in bytes, is none. */
const MIN_ROOM = 16_384;

/** Builds one graph in this thread: rows come by message, and the files are written when it is told to finish. */
class HnswThread {
  readonly #task: HnswTask;
  readonly #say: (message: FromHnswWorker) => void;
  readonly #graph: HnswGraph;
  readonly #vectors: FileHandle;
  #rows: number;

  private constructor(
    task: HnswTask,
    say: (message: FromHnswWorker) => void,
    graph: HnswGraph,
    vectors: FileHandle,
    rows: number,
  ) {
    this.#task = task;
    this.#say = say;
    this.#graph = graph;
    this.#vectors = vectors;
    this.#rows = rows;
  }

  static async start(task: HnswTask, say: (message: FromHnswWorker) => void): Promise<HnswThread> {
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
      return new HnswThread(task, say, graph, vectors, graph.points);
    }
    const thread = new HnswThread(
      task,
      say,
      HnswGraph.create(dimension, capacity, parameters),
      await open(path, 'ax'),
      0,
    );
    if (previous?.rows !== undefined) await thread.#rebuild(previous.dir, previous.rows);
    return thread;
  }

  get #abandoned(): boolean {
    return Atomics.load(this.#task.abandoned, 0) !== 0;
  }

  /** Does what it is told; false once there is nothing more to do. */
  async take(message: ToHnswWorker): Promise<boolean> {
    if (message.kind === 'add') {
      await this.#add(message.vectors);
      this.#say({ kind: 'added', rows: message.vectors.length / this.#task.dimension });
      return true;
    }
    if (message.kind === 'stop') await this.#vectors.close();
    else await this.#finish(message.gone);
    return false;
  }

  async #finish(gone: Uint32Array): Promise<void> {
    for (const label of gone) this.#graph.delete(label);
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
    this.#say({
      kind: 'done',
      graph: await checksumOf(path),
      vectors: await checksumOf(join(this.#task.dir, FILES.vectors)),
    });
  }

  async #add(vectors: Float32Array): Promise<void> {
    const { dimension } = this.#task;
    for (let at = 0; at < vectors.length; at += dimension) {
      if (this.#abandoned) return;
      this.#graph.add(this.#rows, vectors.subarray(at, at + dimension));
      this.#rows++;
    }
    await this.#vectors.appendFile(new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.byteLength));
  }

  async #rebuild(dir: string, rows: Uint32Array): Promise<void> {
    const { dimension } = this.#task;
    const source = await open(join(dir, FILES.vectors), 'r');
    try {
      for (let from = 0; from < rows.length && !this.#abandoned; from += REBUILD_BATCH) {
        const batch = rows.subarray(from, from + REBUILD_BATCH);
        const vectors = new Float32Array(batch.length * dimension);
        for (const [i, row] of batch.entries()) {
          const target = new Uint8Array(vectors.buffer, i * dimension * 4, dimension * 4);
          await source.read(target, 0, target.length, row * dimension * 4);
        }
        await this.#add(vectors);
        this.#say({ kind: 'rebuilt', rows: batch.length });
      }
    } finally {
      await source.close();
    }
  }
}

/** hnswlib writes on without a word where the disk is full, and leaves a file that ends early: this throws there. */
async function requireRoom(dir: string): Promise<void> {
  const trial = join(dir, '.room');
  await writeFile(trial, Buffer.alloc(MIN_ROOM));
  await rm(trial);
}

if (parentPort !== null) {
  const port = parentPort;
  const task: HnswTask = workerData;
  const thread = HnswThread.start(task, (message) => port.postMessage(message));
  let turn: Promise<void> = thread.then(() => undefined);
  port.on('message', (message: ToHnswWorker) => {
    // One after the other; a failure ends the thread as an uncaught rejection, which the builder hears.
    turn = turn.then(async () => {
      if (!(await (await thread).take(message))) port.close();
    });
  });
}
