import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Product } from '../../domain/product.js';
import { damaged, type FileChecksum } from '../files/checksummedFile.js';
import { contentsBytes, contentsOf, type SectionEntry, TRAILER_BYTES } from '../files/sectionReader.js';
import { SectionWriter } from '../files/sectionWriter.js';

const FLUSH_AT = 1 << 20;

/**
 * Writes `documents.bin`: `json`, the products as consecutive JSON texts, and `ends`, the end of each text.
 */
export class DocumentsWriter {
  readonly #to: SectionWriter;
  readonly #ends: number[] = [];
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #end = 0;

  constructor(path: string) {
    this.#to = new SectionWriter(path);
    this.#to.begin('json', 'u8');
  }

  add(product: Product): void {
    const json = Buffer.from(JSON.stringify(product), 'utf8');
    this.#end += json.length;
    this.#ends.push(this.#end);
    this.#pending.push(json);
    this.#pendingBytes += json.length;
    if (this.#pendingBytes >= FLUSH_AT) this.#flush();
  }

  async finish(): Promise<FileChecksum> {
    this.#flush();
    this.#to.end();
    this.#to.array('ends', Float64Array.from(this.#ends));
    return this.#to.finish();
  }

  /** Closes an unfinished file. */
  close(): void {
    this.#to.close();
  }

  #flush(): void {
    this.#to.write(Buffer.concat(this.#pending));
    this.#pending = [];
    this.#pendingBytes = 0;
  }
}

/** Reads products from `documents.bin` by position; the file stays open. */
export class Documents {
  readonly #path: string;
  readonly #fd: number;
  readonly #start: number;
  readonly #ends: Float64Array;

  constructor(path: string) {
    this.#path = path;
    this.#fd = openSync(path, 'r');
    try {
      const { size } = fstatSync(this.#fd);
      const trailer = this.#read(Math.max(0, size - TRAILER_BYTES), Math.min(size, TRAILER_BYTES));
      const tail = Math.min(size, contentsBytes(path, trailer) + TRAILER_BYTES);
      const entries = contentsOf(path, this.#read(size - tail, tail));
      this.#start = sectionOf(path, entries, 'json').offset;
      const ends = sectionOf(path, entries, 'ends');
      this.#ends = new Float64Array(this.#read(ends.offset, ends.bytes).buffer);
    } catch (error) {
      closeSync(this.#fd);
      throw error;
    }
  }

  get length(): number {
    return this.#ends.length;
  }

  /** A new object for each call. */
  read(ordinal: number): Product {
    const from = ordinal === 0 ? 0 : (this.#ends[ordinal - 1] ?? 0);
    const bytes = this.#read(this.#start + from, (this.#ends[ordinal] ?? from) - from);
    const product: Product = JSON.parse(Buffer.from(bytes.buffer).toString('utf8'));
    return product;
  }

  close(): void {
    closeSync(this.#fd);
  }

  #read(position: number, length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; ) {
      const read = readSync(this.#fd, bytes, at, length - at, position + at);
      if (read === 0) throw damaged(this.#path, 'ends early');
      at += read;
    }
    return bytes;
  }
}

function sectionOf(path: string, entries: readonly SectionEntry[], name: string): SectionEntry {
  const entry = entries.find((each) => each.name === name);
  if (entry === undefined) throw damaged(path, `lacks its section ${name}`);
  return entry;
}
