import { createReadStream, type ReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { sentenceOf, UserError } from '../../domain/errors.js';

const CHUNK = 256 * 1024;
/** Of packed bytes: even where they pack a thousandfold, a chunk unpacks to 32 MB. */
const PACKED_CHUNK = 32 * 1024;
const SAMPLE = 64 * 1024;
/**
 * Exports pack five- to fiftyfold. What unpacks to more than this many times its size, beyond some megabytes, was
 * made to fill a disk.
 */
const RATIO_LIMIT = 200;
const RATIO_FREE = 64 * 1024 * 1024;

/** Where a pass over a file stands, in bytes of the file itself (packed ones, where it is gzipped). */
export class ReadPosition {
  #file: ReadStream | undefined;

  get bytes(): number {
    return this.#file?.bytesRead ?? 0;
  }

  follow(file: ReadStream): void {
    this.#file = file;
  }
}

/**
 * The content of a file in chunks, unpacked where it is gzipped. One pass; nothing is held beyond a chunk.
 * @throws UserError if the file cannot be read, or its gzip data break off or unpack beyond measure, after what
 *   came before that.
 */
export async function* readCompressedFile(
  path: string,
  gzip: boolean,
  place = new ReadPosition(),
): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: gzip ? PACKED_CHUNK : CHUNK });
  place.follow(file);
  try {
    let length = 0;
    for await (const chunk of gzip ? unpack(file) : file) {
      length += chunk.length;
      if (gzip && length > RATIO_FREE && length > file.bytesRead * RATIO_LIMIT) {
        throw new UserError(
          `${path} unpacks to more than ${RATIO_LIMIT} times its size, which no export does: fetch the file again, or unpack it with gunzip and look at it.`,
        );
      }
      yield chunk;
    }
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(
      gzip
        ? `${path} cannot be unpacked after ${file.bytesRead} bytes (${sentenceOf(cause)}): pack or fetch the file again.`
        : `${path} cannot be read (${sentenceOf(cause)}).`,
      { cause },
    );
  } finally {
    file.destroy();
  }
}

/**
 * Unpacks chunk by chunk. A stream in between would throw away what it holds when the data break off; here
 * everything before the break comes out first. Several members are read as one; zeros after the last one, with which
 * some programs fill up a block, are passed over, other bytes are a break.
 */
async function* unpack(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: CHUNK });
  let ready: Buffer[] = [];
  let failure: Error | undefined;
  let ended = false;
  // A write that fails never calls back; the error does.
  let wake = (): void => {};
  gunzip.on('data', (chunk: Buffer) => ready.push(chunk));
  gunzip.on('error', (error) => {
    failure = error;
    wake();
  });
  // Where zeros follow a member it ends by itself, and calls back no more.
  gunzip.on('end', () => {
    ended = true;
    wake();
  });
  const unpacked = async function* (feed: (done: () => void) => void): AsyncGenerator<Buffer> {
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
    for await (const chunk of packed) {
      if (!ended) yield* unpacked((done) => gunzip.write(chunk, () => done()));
      else if (chunk.some((byte) => byte !== 0)) throw new Error('bytes follow the end of the packed data');
    }
    yield* unpacked(() => gunzip.end());
  } finally {
    gunzip.destroy();
  }
}

export interface Sample {
  /** Size of the file on disk, in bytes. */
  readonly size: number;
  readonly gzip: boolean;
  /** The first 64 kB of the content, unpacked. */
  readonly head: Buffer;
  /** Whether `head` is all there is. */
  readonly whole: boolean;
}

/**
 * Looks at the beginning of a file; gzip is told from its first two bytes, not from its name.
 * @throws UserError if there is no such file, or it is a folder or cannot be read.
 */
export async function readSample(path: string): Promise<Sample> {
  const { size, magic } = await look(path);
  const gzip = magic[0] === 0x1f && magic[1] === 0x8b;
  const chunks: Buffer[] = [];
  let length = 0;
  let whole = true;
  try {
    for await (const chunk of readCompressedFile(path, gzip)) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > SAMPLE) {
        whole = false;
        break;
      }
    }
  } catch (error) {
    // Whoever reads the rows comes to the break; what stands before it is worth reading.
    if (length === 0) throw error;
    whole = false;
  }
  return { size, gzip, head: Buffer.concat(chunks).subarray(0, SAMPLE), whole };
}

async function look(path: string): Promise<{ size: number; magic: Buffer }> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new UserError(`${path} is a folder: name the file of products in it.`);
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
      return { size: found.size, magic: buffer.subarray(0, bytesRead) };
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
