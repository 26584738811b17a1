import { createReadStream, type ReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { sentenceOf, UserError } from '../../domain/errors.js';

const CHUNK = 256 * 1024;
/** Compressed bytes per chunk: even at a ratio of 1000, a chunk unpacks to 32 MB. */
const COMPRESSED_CHUNK = 32 * 1024;
const SAMPLE_BYTES = 64 * 1024;
/**
 * Exports compress 5 to 50 times. A file that unpacks to more than MIN_RATIO_BYTES at a higher ratio than this is a
 * gzip bomb.
 */
const MAX_RATIO = 200;
const MIN_RATIO_BYTES = 64 * 1024 * 1024;

/** The position of a pass over a file, in bytes on disk (compressed bytes for gzip). */
export class ReadPosition {
  #file: ReadStream | undefined;

  get bytes(): number {
    return this.#file?.bytesRead ?? 0;
  }

  attach(file: ReadStream): void {
    this.#file = file;
  }
}

/**
 * Reads a file in chunks and decompresses gzip. Keeps one chunk in memory.
 * @throws UserError if the file cannot be read, or its gzip data are truncated or exceed MAX_RATIO; the chunks before
 *   that are yielded first.
 */
export async function* readCompressedFile(
  path: string,
  gzip: boolean,
  position = new ReadPosition(),
): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: gzip ? COMPRESSED_CHUNK : CHUNK });
  position.attach(file);
  try {
    let length = 0;
    for await (const chunk of gzip ? unpack(file) : file) {
      length += chunk.length;
      if (gzip && length > MIN_RATIO_BYTES && length > file.bytesRead * MAX_RATIO) {
        throw new UserError(
          `${path} unpacks to more than ${MAX_RATIO} times its size, which no export does: download the file again, or unpack it with gunzip and check it.`,
        );
      }
      yield chunk;
    }
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(
      gzip
        ? `${path} cannot be unpacked after ${file.bytesRead} bytes (${sentenceOf(cause)}): compress or download the file again.`
        : `${path} cannot be read (${sentenceOf(cause)}).`,
      { cause },
    );
  } finally {
    file.destroy();
  }
}

/**
 * Decompresses chunk by chunk. A piped stream would discard its buffer when the data are truncated; this yields
 * everything before the error. Several gzip members are read as one. Zeros after the last member, which some programs
 * write to fill a block, are ignored; other bytes are an error.
 */
async function* unpack(compressed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: CHUNK });
  let ready: Buffer[] = [];
  let failure: Error | undefined;
  let ended = false;
  // A failing write never calls back; the `error` event wakes the reader instead.
  let wake = (): void => {};
  gunzip.on('data', (chunk: Buffer) => ready.push(chunk));
  gunzip.on('error', (error) => {
    failure = error;
    wake();
  });
  // If zeros follow a member, gunzip ends by itself and calls back no more.
  gunzip.on('end', () => {
    ended = true;
    wake();
  });
  const outputAfter = async function* (feed: (done: () => void) => void): AsyncGenerator<Buffer> {
    await new Promise<void>((resolve) => {
      wake = resolve;
      if (ended) resolve();
      else feed(resolve);
    });
    yield* ready;
    ready = [];
    if (failure !== undefined) throw failure;
  };
  try {
    for await (const chunk of compressed) {
      if (!ended) yield* outputAfter((done) => gunzip.write(chunk, () => done()));
      else if (chunk.some((byte) => byte !== 0)) throw new Error('bytes follow the end of the packed data');
    }
    yield* outputAfter(() => gunzip.end());
  } finally {
    gunzip.destroy();
  }
}

export interface Sample {
  /** Size of the file on disk, in bytes. */
  readonly size: number;
  readonly gzip: boolean;
  /** The first 64 kB of the content, decompressed. */
  readonly head: Buffer;
  /** Whether `head` is the complete content. */
  readonly whole: boolean;
}

/**
 * Reads the beginning of a file. Recognises gzip by the first two bytes, not by the name.
 * @throws UserError if the file does not exist, is a folder, or cannot be read.
 */
export async function readSample(path: string): Promise<Sample> {
  const { size, signature } = await readSignature(path);
  const gzip = signature[0] === 0x1f && signature[1] === 0x8b;
  const chunks: Buffer[] = [];
  let length = 0;
  let whole = true;
  try {
    for await (const chunk of readCompressedFile(path, gzip)) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > SAMPLE_BYTES) {
        whole = false;
        break;
      }
    }
  } catch (error) {
    // Reading the rows reports the error; the content before it is still useful.
    if (length === 0) throw error;
    whole = false;
  }
  return { size, gzip, head: Buffer.concat(chunks).subarray(0, SAMPLE_BYTES), whole };
}

async function readSignature(path: string): Promise<{ size: number; signature: Buffer }> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new UserError(`${path} is a folder: name the file of products in it.`);
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
      return { size: found.size, signature: buffer.subarray(0, bytesRead) };
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(
      `${path} cannot be read (${sentenceOf(cause)}): check the path and its permissions.`,
      { cause },
    );
  }
}
