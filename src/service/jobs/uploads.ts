import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { BusyError, TooLargeError, UserError } from '../../domain/errors.js';
import { flushDirectory } from '../../index/files/flushDirectory.js';

const FOLDER = 'uploads';
const PART = '.part';
const MEGABYTE = 1e6;
/** An upload without a job is removed after so long, in milliseconds: before, its job may not be queued yet. */
const ORPHAN_AGE_MS = 60 * 60 * 1000;

/** The file of an upload, kept until its job has ended. */
export function uploadPath(dataDir: string, upload: string): string {
  return path.join(dataDir, FOLDER, upload);
}

export interface Upload {
  /** Its file's name. */
  readonly id: string;
  /** SHA-256 of its bytes. */
  readonly sha256: string;
}

/** Receives files for imports in a folder beside the store. */
export class Uploads {
  /** Limits the concurrency: further uploads are refused, not queued. */
  private receiving = 0;

  constructor(
    private readonly dataDir: string,
    private readonly limits: { readonly max_upload_mb: number; readonly max_concurrent_uploads: number },
  ) {}

  /**
   * Writes a body to disk as it arrives; an upload that fails leaves nothing.
   * @throws BusyError where too many uploads arrive at once, TooLargeError for too large a file, UserError for an empty
   *   or incomplete one.
   */
  async receive(body: AsyncIterable<Buffer>): Promise<Upload> {
    if (this.receiving >= this.limits.max_concurrent_uploads) {
      throw new BusyError(`${this.receiving} files are being uploaded already: try again when one is done.`);
    }
    this.receiving++;
    const id = randomUUID();
    const file = uploadPath(this.dataDir, id);
    try {
      await mkdir(path.dirname(file), { recursive: true });
      const sha256 = await this.write(`${file}${PART}`, body);
      await rename(`${file}${PART}`, file);
      await flushDirectory(path.dirname(file));
      return { id, sha256 };
    } catch (error) {
      await rm(`${file}${PART}`, { force: true });
      throw error;
    } finally {
      this.receiving--;
    }
  }

  private async write(file: string, body: AsyncIterable<Buffer>): Promise<string> {
    const max = this.limits.max_upload_mb * MEGABYTE;
    const hash = createHash('sha256');
    const out = await open(file, 'wx', 0o600);
    try {
      let bytes = 0;
      for await (const chunk of withClearError(body)) {
        bytes += chunk.length;
        if (bytes > max) {
          throw new TooLargeError(
            `The file is larger than ${this.limits.max_upload_mb} MB: pack it with gzip, or put it into the import folder and name it.`,
          );
        }
        hash.update(chunk);
        await out.writeFile(chunk);
      }
      if (bytes === 0)
        throw new UserError('The file is empty: send one with the names of the columns and a product a row.');
      await out.sync();
    } finally {
      await out.close();
    }
    return hash.digest('base64url');
  }
}

async function* withClearError(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* body;
  } catch (cause) {
    throw new UserError('The upload was cut off; send the file again.', { cause });
  }
}

/** Removes old uploads other than those `wanted`, which a killed service left. */
export async function sweepUploads(dataDir: string, wanted: ReadonlySet<string>): Promise<void> {
  const folder = path.join(dataDir, FOLDER);
  for (const name of await readdir(folder).catch(() => [])) {
    if (wanted.has(name)) continue;
    const file = path.join(folder, name);
    const age = Date.now() - ((await stat(file).catch(() => undefined))?.mtimeMs ?? 0);
    if (age > ORPHAN_AGE_MS) await rm(file, { force: true });
  }
}
