import { z } from 'zod';
import { partitionPoint, upperBound } from '../../structures/binarySearch.js';
import { damaged } from './checksummedFile.js';

/*
 * File format: `SHELFWR1`; sections aligned to 8 bytes (little-endian numbers or bytes); a table of contents
 * in JSON; a trailer of 16 bytes: the size of the table as uint32, four zero bytes, `SHELFWR1`.
 */
export const MAGIC = new Uint8Array(Buffer.from('SHELFWR1', 'latin1'));
export const TRAILER_BYTES = 16;

const SECTION_TYPES = ['u8', 'u16', 'u32', 'i32', 'f32', 'f64'] as const;
export type SectionType = (typeof SECTION_TYPES)[number];

const entrySchema = z.object({
  name: z.string(),
  type: z.enum(SECTION_TYPES),
  offset: z.number().int().min(0),
  bytes: z.number().int().min(0),
});
/** One entry of the table of contents; `offset` and `bytes` count from the beginning of the file. */
export type SectionEntry = z.infer<typeof entrySchema>;

export function sectionTypeOf(values: ArrayBufferView): SectionType {
  if (values instanceof Uint8Array) return 'u8';
  if (values instanceof Uint16Array) return 'u16';
  if (values instanceof Uint32Array) return 'u32';
  if (values instanceof Int32Array) return 'i32';
  if (values instanceof Float32Array) return 'f32';
  if (values instanceof Float64Array) return 'f64';
  throw new Error('a section holds unsigned bytes, shorts or words, signed words, or floats');
}

/** Reads the table of contents from the last bytes of a file; `tail` must contain the whole table. */
export function contentsOf(path: string, tail: Uint8Array): SectionEntry[] {
  const size = contentsBytes(path, tail);
  const end = tail.length - TRAILER_BYTES;
  if (size > end) throw damaged(path, 'has a table of contents larger than itself');
  try {
    return z
      .array(entrySchema)
      .parse(JSON.parse(Buffer.from(tail.subarray(end - size, end)).toString('utf8')));
  } catch {
    throw damaged(path, 'has no readable table of contents');
  }
}

/** Size of the table of contents in bytes, read from the last `TRAILER_BYTES` of the file. */
export function contentsBytes(path: string, tail: Uint8Array): number {
  const trailer = Buffer.from(tail.subarray(-TRAILER_BYTES));
  if (trailer.length < TRAILER_BYTES || !trailer.subarray(8).equals(MAGIC))
    throw damaged(path, 'does not end as it should');
  return trailer.readUInt32LE(0);
}

/**
 * Reads the sections of a file that is in memory. Arrays are views of the file's bytes, which threads may
 * share: read only.
 */
export class SectionReader {
  readonly #path: string;
  readonly #bytes: Uint8Array;
  readonly #entries: Map<string, SectionEntry>;

  /** `bytes` must begin at a multiple of 8 in its buffer. `path` is for error messages only. */
  constructor(path: string, bytes: Uint8Array) {
    this.#path = path;
    this.#bytes = bytes;
    this.#entries = new Map(contentsOf(path, bytes).map((entry) => [entry.name, entry]));
  }

  names(): string[] {
    return [...this.#entries.keys()];
  }

  u8(name: string): Uint8Array {
    const { offset, bytes } = this.#entry(name, 'u8');
    return new Uint8Array(this.#bytes.buffer, this.#bytes.byteOffset + offset, bytes);
  }

  u16(name: string): Uint16Array {
    const { offset, bytes } = this.#entry(name, 'u16');
    return new Uint16Array(this.#bytes.buffer, this.#bytes.byteOffset + offset, bytes / 2);
  }

  u32(name: string): Uint32Array {
    const { offset, bytes } = this.#entry(name, 'u32');
    return new Uint32Array(this.#bytes.buffer, this.#bytes.byteOffset + offset, bytes / 4);
  }

  i32(name: string): Int32Array {
    const { offset, bytes } = this.#entry(name, 'i32');
    return new Int32Array(this.#bytes.buffer, this.#bytes.byteOffset + offset, bytes / 4);
  }

  f32(name: string): Float32Array {
    const { offset, bytes } = this.#entry(name, 'f32');
    return new Float32Array(this.#bytes.buffer, this.#bytes.byteOffset + offset, bytes / 4);
  }

  f64(name: string): Float64Array {
    const { offset, bytes } = this.#entry(name, 'f64');
    return new Float64Array(this.#bytes.buffer, this.#bytes.byteOffset + offset, bytes / 8);
  }

  /** A list of strings; each is decoded when it is read. */
  strings(name: string): StringTable {
    const ends = this.u32(`${name}.ends`);
    const text = this.u8(`${name}.text`);
    const buffer = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
    // As many bytes as UTF-16 units means all ASCII, which decodes several times faster as latin1.
    return new StringTable(ends, buffer.toString(buffer.length === (ends.at(-1) ?? 0) ? 'latin1' : 'utf8'));
  }

  #entry(name: string, type: SectionType): SectionEntry {
    const entry = this.#entries.get(name);
    if (entry === undefined || entry.type !== type)
      throw damaged(this.#path, `lacks its section ${name} (${type})`);
    return entry;
  }
}

/** A list of strings, stored as one text and the end of each string. */
export class StringTable {
  readonly #ends: Uint32Array;
  readonly #text: string;

  constructor(ends: Uint32Array, text: string) {
    this.#ends = ends;
    this.#text = text;
  }

  get length(): number {
    return this.#ends.length;
  }

  /** Empty outside the list. */
  at(index: number): string {
    return this.#text.slice(index === 0 ? 0 : this.#ends[index - 1], this.#ends[index] ?? 0);
  }

  /** Copies the strings from `from` to before `to`. */
  slice(from = 0, to = this.length): string[] {
    const found = new Array<string>(to - from);
    for (let i = from; i < to; i++) found[i - from] = this.at(i);
    return found;
  }

  /**
   * Visits the strings that contain `part` (not empty) with their index, in order, each once, until `visit` returns
   * false. Scans the whole text: about a millisecond for two megabytes.
   */
  forEachHolding(part: string, visit: (text: string, index: number) => boolean): void {
    for (let from = this.#text.indexOf(part); from >= 0; ) {
      const index = upperBound(this.#ends, from);
      const end = this.#ends[index] ?? 0;
      const whole = from + part.length <= end;
      if (whole && !visit(this.at(index), index)) return;
      from = this.#text.indexOf(part, whole ? end : from + 1);
    }
  }

  /** The first index whose string is not before `value`; the list must be sorted by UTF-16 units. */
  lowerBound(value: string): number {
    return partitionPoint(this.length, (index) => this.at(index) < value);
  }

  /** The index of this string in a sorted list; -1 if it is not in it. */
  find(value: string): number {
    const index = this.lowerBound(value);
    return index < this.length && this.at(index) === value ? index : -1;
  }
}
