import { constants } from 'node:fs';
import { copyFile, type FileHandle, open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { faultPoint } from '../../domain/faultPoint.js';
import { checksumOf, type FileChecksum } from '../files/checksummedFile.js';
import { SectionWriter } from '../files/sectionWriter.js';
import { FILES } from '../generation/generationFiles.js';
import { writeGraphLinks } from './graphLinks.js';
import { readLinksOfHnswFile } from './hnswFile.js';
import { HnswGraph, type HnswParameters } from './hnswGraph.js';
import { writeQuantizedFile } from './quantizedFile.js';

/** Which graph to build, where, and from what. */
export interface HnswTask {
  /** The folder that `graph.hnsw` and `vectors.f32` are written to. */
  readonly dir: string;
  readonly dimension: number;
  /** Total number of points expected. */
  readonly capacity: number;
  readonly parameters: HnswParameters;
  /** The generation to reuse: its folder, and the rows to rebuild; undefined rows keep its graph. */
  readonly previous: { readonly dir: string; readonly rows: Uint32Array | undefined } | undefined;
  /** One number in shared memory; anything but 0 tells the build to skip what it has not added yet. */
  readonly aborted: Int32Array;
}

/**
 * Messages to the build, which may run in a worker thread. Rows are numbered in order of arrival; `deletedLabels` lists
 * labels to delete; the build ends after `finish` or `stop`.
 */
export type ToHnswBuild =
  | { readonly kind: 'add'; readonly vectors: Float32Array }
  | { readonly kind: 'finish'; readonly deletedLabels: Uint32Array }
  | { readonly kind: 'stop' };

/**
 * Messages from the build. `added` counts rows of one `add` message, `rebuilt` rows of the previous
 * generation.
 */
export type FromHnswBuild =
  | { readonly kind: 'added'; readonly rows: number }
  | { readonly kind: 'rebuilt'; readonly rows: number }
  | { readonly kind: 'done'; readonly files: Record<string, FileChecksum> };

const REBUILD_BATCH = 256;
/** Free bytes that must remain after the graph is written. */
const MIN_ROOM = 16_384;

/** Builds one graph: rows arrive by message, and `finish` writes the files. */
class HnswBuild {
  readonly #task: HnswTask;
  readonly #post: (message: FromHnswBuild) => void;
  readonly #graph: HnswGraph;
  readonly #vectors: FileHandle;
  #rows: number;

  private constructor(
    task: HnswTask,
    post: (message: FromHnswBuild) => void,
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

  static async start(task: HnswTask, post: (message: FromHnswBuild) => void): Promise<HnswBuild> {
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
      return new HnswBuild(task, post, graph, vectors, graph.points);
    }
    const build = new HnswBuild(
      task,
      post,
      HnswGraph.create(dimension, capacity, parameters),
      await open(path, 'ax'),
      0,
    );
    if (previous?.rows !== undefined) await build.#rebuild(previous.dir, previous.rows);
    return build;
  }

  get #aborted(): boolean {
    return Atomics.load(this.#task.aborted, 0) !== 0;
  }

  /** Handles one message; returns false when there is nothing more to do. */
  async handle(message: ToHnswBuild): Promise<boolean> {
    if (message.kind === 'add') {
      await this.#add(message.vectors);
      this.#post({ kind: 'added', rows: message.vectors.length / this.#task.dimension });
      return true;
    }
    if (message.kind === 'stop') await this.close();
    else await this.#finish(message.deletedLabels);
    return false;
  }

  /** Releases the file and the memory without finishing. */
  async close(): Promise<void> {
    await this.#vectors.close();
    this.#graph.free();
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
    this.#post({ kind: 'done', files: await this.#writeForSearch(path) });
  }

  /** Writes what searches read of the graph and the vectors. */
  async #writeForSearch(graphPath: string): Promise<Record<string, FileChecksum>> {
    const { dir, dimension } = this.#task;
    const vectorsPath = join(dir, FILES.vectors);
    const links = new SectionWriter(join(dir, FILES.links));
    try {
      writeGraphLinks(links, await readLinksOfHnswFile(graphPath, dimension));
      return {
        [FILES.graph]: await checksumOf(graphPath),
        [FILES.vectors]: await checksumOf(vectorsPath),
        [FILES.links]: await links.finish(),
        [FILES.quantized]: await writeQuantizedFile(vectorsPath, dimension, join(dir, FILES.quantized)),
      };
    } finally {
      links.close();
    }
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

/** A running build that takes messages. */
export interface HnswBuildQueue {
  post(message: ToHnswBuild): void;
  /** Resolves after `finish` or `stop`; rejects if the build fails. */
  readonly ended: Promise<void>;
}

/** Starts a build that handles its messages one at a time. A build that fails releases its file and its memory. */
export function startHnswBuild(task: HnswTask, send: (message: FromHnswBuild) => void): HnswBuildQueue {
  const start = HnswBuild.start(task, send);
  let end = (): void => {};
  let fail = (_error: unknown): void => {};
  const ended = new Promise<void>((resolve, reject) => {
    end = resolve;
    fail = reject;
  });
  const handle = async (message: ToHnswBuild): Promise<boolean> => {
    const build = await start;
    try {
      return await build.handle(message);
    } catch (error) {
      await build.close();
      throw error;
    }
  };
  let queue = start.then(() => true);
  queue.catch(fail);
  const post = (message: ToHnswBuild): void => {
    queue = queue.then((continues) => continues && handle(message));
    queue.then((continues) => {
      if (!continues) end();
    }, fail);
  };
  return { post, ended };
}

/** hnswlib ignores a full disk and leaves a truncated file; this check throws in that case. */
async function requireRoom(dir: string): Promise<void> {
  const probe = join(dir, '.room');
  await writeFile(probe, Buffer.alloc(MIN_ROOM));
  await rm(probe);
}
