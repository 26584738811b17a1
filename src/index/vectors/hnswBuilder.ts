import { constants } from 'node:fs';
import { copyFile, open } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Progress, silent } from '../../domain/progress.js';
import { damaged, type FileChecksum } from '../files/checksummedFile.js';
import { type FromHnswBuild, type HnswTask, startHnswBuild, type ToHnswBuild } from './hnswBuild.js';
import { HNSW_PARAMETERS, type HnswParameters } from './hnswGraph.js';
import { BUILT_FILES, type HnswPlan, planHnsw } from './hnswPlan.js';
import { normalized } from './unitVector.js';

export interface HnswBuildOptions {
  /** The folder that the files are written to. */
  readonly dir: string;
  readonly model: { readonly sha256: string; readonly dimension: number };
  /**
   * The distinct vector keys of the new generation. They are hashes of texts, so they are known before
   * embedding.
   */
  readonly keys: ReadonlySet<string>;
  /** The folder of the generation to reuse, if any. */
  readonly previous?: string | undefined;
  readonly parameters?: HnswParameters | undefined;
  readonly progress?: Progress | undefined;
}

export interface BuiltHnsw {
  /** The key of each row of `vectors.f32`, which is also its label in the graph; '' for a deleted row. */
  readonly keys: readonly string[];
  readonly files: Readonly<Record<string, FileChecksum>>;
  readonly parameters: HnswParameters;
}

/** Number of rows sent but not yet in the graph above which `add` waits (backpressure). */
const MAX_PENDING = 4096;
/** A graph of at most this many points is built in the calling thread: that takes less time than starting a thread. */
const MAX_INLINE_POINTS = 512;

/** A build in a worker thread or in this one. */
interface Channel {
  post(message: ToHnswBuild, transfer: readonly ArrayBuffer[]): void;
  /** Resolves when the build has ended. Never rejects. */
  readonly ended: Promise<void>;
}

/**
 * Builds the HNSW graph of a generation while vectors are still being computed, in a worker thread unless it is small.
 * Vectors of the previous generation are reused: add only keys for which `has` is false.
 */
export class HnswBuilder {
  readonly plan: HnswPlan;
  readonly #options: HnswBuildOptions;
  readonly #parameters: HnswParameters;
  readonly #keys: string[];
  readonly #rows = new Map<string, number>();
  readonly #build: Channel | undefined;
  readonly #aborted = new Int32Array(new SharedArrayBuffer(4));
  readonly #total: number;
  #done = 0;
  #pending = 0;
  #failure: Error | undefined;
  #written: Readonly<Record<string, FileChecksum>> | undefined;
  #waiters: (() => void)[] = [];

  private constructor(options: HnswBuildOptions, parameters: HnswParameters, plan: HnswPlan) {
    this.#options = options;
    this.#parameters = parameters;
    this.plan = plan;
    this.#keys = [...plan.keys];
    for (const [row, key] of this.#keys.entries()) if (key !== '') this.#rows.set(key, row);
    const fromPrevious = plan.mode === 'rebuilt' ? plan.rows.length : 0;
    this.#total = fromPrevious + options.keys.size - this.#rows.size;
    if (plan.mode === 'unchanged') return;
    const task = this.#task();
    this.#build = task.capacity > MAX_INLINE_POINTS ? this.#inThread(task) : this.#inline(task);
  }

  /** Examines the previous generation, chooses a plan, and starts the build if there is one. */
  static async start(options: HnswBuildOptions): Promise<HnswBuilder> {
    const parameters = options.parameters ?? HNSW_PARAMETERS;
    const plan = await planHnsw({
      model: options.model,
      parameters,
      keys: options.keys,
      previous: options.previous,
    });
    return new HnswBuilder(options, parameters, plan);
  }

  /** True if the vector of this key is present, from the previous generation or added. */
  has(key: string): boolean {
    return this.#rows.has(key);
  }

  /** The row of a key; undefined if its vector was never added. */
  rowOf(key: string): number | undefined {
    return this.#rows.get(key);
  }

  /**
   * Adds vectors: `keys.length` rows of `dimension` floats, copied and normalised. Skips known keys and zero
   * vectors. Waits while the graph is far behind.
   */
  async add(keys: readonly string[], vectors: Float32Array): Promise<void> {
    const { dimension } = this.#options.model;
    if (vectors.length !== keys.length * dimension) {
      throw new RangeError(
        `${keys.length} keys came with ${vectors.length} numbers, expected ${dimension} for each key`,
      );
    }
    const batch = new Float32Array(vectors.length);
    let rows = 0;
    for (const [i, key] of keys.entries()) {
      if (this.#rows.has(key)) continue;
      if (!this.#options.keys.has(key))
        throw new RangeError(`the vector key ${key} was not among those announced`);
      const unit = normalized(vectors.subarray(i * dimension, (i + 1) * dimension));
      if (unit === undefined) continue;
      batch.set(unit, rows * dimension);
      rows++;
      this.#rows.set(key, this.#keys.push(key) - 1);
    }
    if (rows === 0) return;
    const message = batch.slice(0, rows * dimension);
    this.#pending += rows;
    this.#send({ kind: 'add', vectors: message }, [message.buffer]);
    await this.#waitUntil(() => this.#pending <= MAX_PENDING);
  }

  /** Waits for the graph, writes and flushes its files (BUILT_FILES), and ends the build. */
  async finish(): Promise<BuiltHnsw> {
    if (this.#build === undefined) return this.#result(await this.#copyPrevious());
    const deletedLabels = this.plan.mode === 'extended' ? this.plan.rows : new Uint32Array(0);
    this.#send({ kind: 'finish', deletedLabels }, []);
    await this.#waitUntil(() => this.#written !== undefined);
    await this.#build.ended;
    if (this.#written === undefined) throw new Error('the graph was not written');
    return this.#result(this.#written);
  }

  /** Ends the build; the caller removes what it wrote. */
  async abort(): Promise<void> {
    // Not by `terminate`: terminating a thread inside hnswlib crashes the process.
    Atomics.store(this.#aborted, 0, 1);
    this.#build?.post({ kind: 'stop' }, []);
    await this.#build?.ended;
  }

  #result(files: Readonly<Record<string, FileChecksum>>): BuiltHnsw {
    return { keys: this.#keys, files, parameters: this.#parameters };
  }

  #task(): HnswTask {
    const { mode, previous, rows } = this.plan;
    return {
      dir: this.#options.dir,
      dimension: this.#options.model.dimension,
      capacity: this.#keys.length + this.#options.keys.size - this.#rows.size,
      parameters: this.#parameters,
      previous:
        previous === undefined ? undefined : { dir: previous, rows: mode === 'rebuilt' ? rows : undefined },
      aborted: this.#aborted,
    };
  }

  #inThread(task: HnswTask): Channel {
    const worker = new Worker(new URL('./hnswWorker.js', import.meta.url), { workerData: task });
    worker.on('message', (message: FromHnswBuild) => this.#onMessage(message));
    worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))));
    const ended = new Promise<void>((resolve) => {
      worker.on('exit', () => {
        if (this.#written === undefined)
          this.#fail(new Error('the thread that builds the graph ended early'));
        resolve();
      });
    });
    return { post: (message, transfer) => worker.postMessage(message, transfer), ended };
  }

  #inline(task: HnswTask): Channel {
    const build = startHnswBuild(task, (message) => this.#onMessage(message));
    const ended = build.ended.catch((error: unknown) => {
      this.#fail(error instanceof Error ? error : new Error(String(error)));
    });
    return { post: build.post, ended };
  }

  #onMessage(message: FromHnswBuild): void {
    if (message.kind === 'done') this.#written = message.files;
    else {
      if (message.kind === 'added') this.#pending -= message.rows;
      this.#done += message.rows;
      (this.#options.progress ?? silent)('graph', this.#done, this.#total);
    }
    this.#notify();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#notify();
  }

  #send(message: ToHnswBuild, transfer: ArrayBuffer[]): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#build === undefined) throw new Error('no vector was expected');
    this.#build.post(message, transfer);
  }

  /** Resolves once `met` returns true, tested after each message; rejects if the thread fails. */
  async #waitUntil(isMet: () => boolean): Promise<void> {
    while (!isMet()) {
      if (this.#failure !== undefined) throw this.#failure;
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
    }
  }

  #notify(): void {
    for (const resolve of this.#waiters.splice(0)) resolve();
  }

  async #copyPrevious(): Promise<Record<string, FileChecksum>> {
    const files: Record<string, FileChecksum> = {};
    for (const name of BUILT_FILES) {
      const facts = this.plan.manifest?.files[name];
      const source = join(this.plan.previous ?? '', name);
      if (facts === undefined) throw damaged(source, 'is not in the manifest');
      const target = join(this.#options.dir, name);
      // Not a hard link: damage to one generation would also damage the ones to fall back to.
      await copyFile(source, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      const copy = await open(target, 'r+');
      await copy.sync().finally(() => copy.close());
      files[name] = facts;
    }
    return files;
  }
}
