import { createHash, type Hash } from 'node:crypto';
import { closeSync, fsync, openSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import type { FileChecksum } from './checksummedFile.js';
import { MAGIC, type SectionEntry, type SectionType, sectionTypeOf, TRAILER_BYTES } from './sectionReader.js';

const flush = promisify(fsync);

/**
 * Writes a file of named sections (format: `sectionReader.ts`) from front to back. The table of contents
 * comes last, so a section's size need not be known in advance.
 */
export class SectionWriter {
  readonly #fd: number;
  readonly #hash: Hash = createHash('sha256');
  readonly #entries: SectionEntry[] = [];
  #at = 0;
  #closed = false;
  #open: { name: string; type: SectionType; offset: number } | undefined;

  constructor(path: string) {
    this.#fd = openSync(path, 'wx');
    this.#raw(MAGIC);
  }

  /** Writes one whole section. */
  array(
    name: string,
    values: Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array,
  ): void {
    this.begin(name, sectionTypeOf(values));
    this.write(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    this.end();
  }

  /** Writes a list of strings: the UTF-16 end of each as one section, their text as another. */
  strings(name: string, values: readonly string[]): void {
    const ends = new Uint32Array(values.length);
    let end = 0;
    for (let i = 0; i < values.length; i++) {
      end += values[i]?.length ?? 0;
      ends[i] = end;
    }
    this.array(`${name}.ends`, ends);
    this.array(`${name}.text`, Buffer.from(values.join(''), 'utf8'));
  }

  /** Starts a section that is written in pieces. */
  begin(name: string, type: SectionType): void {
    const gap = (8 - (this.#at % 8)) % 8;
    if (gap > 0) this.#raw(new Uint8Array(gap));
    this.#open = { name, type, offset: this.#at };
  }

  write(bytes: Uint8Array): void {
    this.#raw(bytes);
  }

  end(): void {
    if (this.#open === undefined) throw new Error('no section is open');
    this.#entries.push({ ...this.#open, bytes: this.#at - this.#open.offset });
    this.#open = undefined;
  }

  /** Writes the table of contents, flushes the file to the disk and closes it. */
  async finish(): Promise<FileChecksum> {
    const contents = Buffer.from(JSON.stringify(this.#entries), 'utf8');
    this.#raw(contents);
    const trailer = Buffer.alloc(TRAILER_BYTES);
    trailer.writeUInt32LE(contents.length, 0);
    trailer.set(MAGIC, TRAILER_BYTES - MAGIC.length);
    this.#raw(trailer);
    await flush(this.#fd);
    this.close();
    return { bytes: this.#at, sha256: this.#hash.digest('hex') };
  }

  /** Closes the file, finished or not; may be called again. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.#fd);
  }

  #raw(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#fd, bytes, done);
    this.#hash.update(bytes);
    this.#at += bytes.length;
  }
}
