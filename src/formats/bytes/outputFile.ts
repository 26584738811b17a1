import { createWriteStream, type WriteStream } from 'node:fs';
import { access, constants, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { sentenceOf, UserError } from '../../domain/errors.js';

const BLOCK_BYTES = 256 * 1024;

/** An atomic file write: the file gets its name only on `commit`, when it is complete. */
export class OutputFile {
  #pending: Buffer[] = [];
  #length = 0;
  readonly #done: Promise<void>;

  private constructor(
    readonly path: string,
    readonly temporary: string,
    file: WriteStream,
    readonly stream: Writable,
  ) {
    this.#done = finished(file);
    // `commit` awaits this promise. Before that, a failure shows in the next write.
    this.#done.catch(() => {});
  }

  /** @throws UserError if the file cannot be written. */
  static async create(path: string, gzip: boolean): Promise<OutputFile> {
    await requireWritablePath(path);
    const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
    try {
      await (await open(temporary, 'w')).close();
    } catch (cause) {
      throw cannotWrite(path, cause);
    }
    const file = createWriteStream(temporary);
    if (!gzip) return new OutputFile(path, temporary, file, file);
    const gzipStream = createGzip();
    gzipStream.on('error', (error) => file.destroy(error));
    file.on('error', (error) => gzipStream.destroy(error));
    gzipStream.pipe(file);
    return new OutputFile(path, temporary, file, gzipStream);
  }

  /** Resolves when the stream accepts more data. */
  async write(part: Buffer | string): Promise<void> {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part;
    this.#pending.push(bytes);
    this.#length += bytes.length;
    if (this.#length >= BLOCK_BYTES) await this.#flush();
  }

  /** Syncs the file and renames it to its final path. */
  async commit(): Promise<void> {
    await this.#flush();
    try {
      this.stream.end();
      await this.#done;
      const written = await open(this.temporary, 'r+');
      try {
        await written.sync();
      } finally {
        await written.close();
      }
      await rename(this.temporary, this.path);
    } catch (cause) {
      throw cannotWrite(this.path, cause);
    }
  }

  /** Deletes the temporary file. */
  async discard(): Promise<void> {
    this.stream.destroy();
    await rm(this.temporary, { force: true });
  }

  async #flush(): Promise<void> {
    const block = Buffer.concat(this.#pending, this.#length);
    this.#pending = [];
    this.#length = 0;
    await new Promise<void>((resolve, reject) => {
      this.stream.write(block, (error) => (error ? reject(cannotWrite(this.path, error)) : resolve()));
    });
  }
}

/**
 * Checks an output path before long work.
 * @throws UserError if the path is a folder or `input` itself, or its folder is missing or not writable.
 */
export async function requireWritablePath(path: string, input?: string): Promise<void> {
  if (await isFolder(path)) throw new UserError(`${path} is a folder: name a file in it.`);
  const folder = dirname(path);
  if (!(await isFolder(folder))) {
    throw new UserError(
      `${path} cannot be written: there is no folder ${folder}: create it first, or name another one.`,
    );
  }
  const there = await realpath(path).catch(() => undefined);
  if (input !== undefined && there !== undefined && there === (await realpath(input))) {
    throw new UserError(
      `The output ${path} is the input itself: name another file, so that the input stays unchanged.`,
    );
  }
  await access(folder, constants.W_OK).catch((cause: unknown) => {
    throw cannotWrite(path, cause);
  });
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() === true;
}

function cannotWrite(path: string, cause: unknown): UserError {
  return new UserError(
    `${path} cannot be written (${sentenceOf(cause)}): check the folder and the free disk space.`,
    { cause },
  );
}
