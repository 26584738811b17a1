import { createWriteStream, type WriteStream } from 'node:fs';
import { access, constants, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { sentenceOf, UserError } from '../../domain/errors.js';

const BLOCK = 256 * 1024;

/** A file being written: it stands under its name only once it is whole (`commit`), whatever happens before. */
export class OutputFile {
  #waiting: Buffer[] = [];
  #length = 0;
  readonly #done: Promise<void>;

  private constructor(
    readonly path: string,
    readonly temporary: string,
    file: WriteStream,
    readonly into: Writable,
  ) {
    this.#done = finished(file);
    // Looked at when the file is committed; until then a failure shows in the next write.
    this.#done.catch(() => {});
  }

  /** @throws UserError if nothing can be written there. */
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
    const packer = createGzip();
    packer.on('error', (error) => file.destroy(error));
    file.on('error', (error) => packer.destroy(error));
    packer.pipe(file);
    return new OutputFile(path, temporary, file, packer);
  }

  /** Resolves when there is room for more. */
  async write(part: Buffer | string): Promise<void> {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part;
    this.#waiting.push(bytes);
    this.#length += bytes.length;
    if (this.#length >= BLOCK) await this.#flush();
  }

  /** Ends the file and gives it its name. */
  async commit(): Promise<void> {
    await this.#flush();
    try {
      this.into.end();
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

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    this.into.destroy();
    await rm(this.temporary, { force: true });
  }

  async #flush(): Promise<void> {
    const block = Buffer.concat(this.#waiting, this.#length);
    this.#waiting = [];
    this.#length = 0;
    await new Promise<void>((resolve, reject) => {
      this.into.write(block, (error) => (error ? reject(cannotWrite(this.path, error)) : resolve()));
    });
  }
}

/**
 * Asked before long work whose result goes there.
 * @throws UserError if the path is a folder or `input` itself, or its folder is missing or not to be written to.
 */
export async function requireWritablePath(path: string, input?: string): Promise<void> {
  if (await isFolder(path)) throw new UserError(`${path} is a folder: name a file in it.`);
  const folder = dirname(path);
  if (!(await isFolder(folder))) {
    throw new UserError(
      `${path} cannot be written: there is no folder ${folder}: make it first, or name another place.`,
    );
  }
  const there = await realpath(path).catch(() => undefined);
  if (input !== undefined && there !== undefined && there === (await realpath(input))) {
    throw new UserError(
      `The output ${path} is the input itself: name another file, so that yours stays as it is.`,
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
    `${path} cannot be written (${sentenceOf(cause)}): check the folder and the space left.`,
    { cause },
  );
}
