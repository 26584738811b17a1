import { createHash } from 'node:crypto';
import { UserError } from '../../domain/errors.js';

/** A saved enricher: a JSON head and named numeric arrays. */
interface Bundle {
  readonly head: unknown;
  readonly arrays: ReadonlyMap<string, NumberArray>;
}
export type NumberArray = Int8Array | Uint16Array | Int32Array | Float32Array;

export const BUNDLE_FORMAT = 7;
const MAGIC = 0x46535745; // "EWSF", little-endian
const ALIGNMENT = 8;
/** Byte offsets of the table and of the checksum before it. */
const HEADER = 44;
const CHECKSUM = 12;

interface Section {
  readonly name: string;
  readonly type: 'i8' | 'u16' | 'i32' | 'f32';
  readonly at: number;
  readonly length: number;
}

/**
 * Layout, little-endian: magic u32, format version u32, length of the table u32, SHA-256 of everything after it, the
 * table as JSON (`{ head, sections }`), then the arrays, each aligned to 8 bytes from the end of the table.
 */
export function packBundle(bundle: Bundle): Uint8Array {
  const sections: Section[] = [];
  let size = 0;
  for (const [name, array] of bundle.arrays) {
    sections.push({ name, type: typeOf(array), at: size, length: array.length });
    size = align(size + array.byteLength);
  }
  const table = Buffer.from(JSON.stringify({ head: bundle.head, sections }));
  const base = align(HEADER + table.length);
  const packed = new Uint8Array(base + size);
  const view = new DataView(packed.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, BUNDLE_FORMAT, true);
  view.setUint32(8, table.length, true);
  packed.set(table, HEADER);
  let offset = 0;
  for (const array of bundle.arrays.values()) {
    packed.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), base + offset);
    offset = align(offset + array.byteLength);
  }
  packed.set(checksumOf(packed), CHECKSUM);
  return packed;
}

/** @throws UserError, naming the file `name`, if the bytes are not a bundle, of another format version, or damaged. */
export function unpackBundle(packed: Uint8Array, name: string): Bundle {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  if (packed.length < HEADER || view.getUint32(0, true) !== MAGIC) {
    throw new UserError(`${name} is not a saved enricher; delete it, and it will be learned again.`);
  }
  const format = view.getUint32(4, true);
  if (format !== BUNDLE_FORMAT) {
    throw new UserError(
      `${name} has format version ${format}, and this Shelfwright reads ${BUNDLE_FORMAT}; delete it, and it will be learned again.`,
    );
  }
  const length = view.getUint32(8, true);
  const broken = new UserError(`${name} is cut short or altered; delete it, and it will be learned again.`);
  if (HEADER + length > packed.length || !checksumOf(packed).equals(packed.subarray(CHECKSUM, HEADER)))
    throw broken;
  const table = readTable(packed.subarray(HEADER, HEADER + length));
  if (table === undefined) throw broken;
  const base = align(HEADER + length);
  const arrays = new Map<string, NumberArray>();
  for (const section of table.sections) {
    const from = base + section.at;
    const size = section.length * BYTES[section.type];
    if (from + size > packed.length) throw broken;
    // Copied, because the file's buffer may not be aligned for the array's type.
    const bytes = new Uint8Array(size);
    bytes.set(packed.subarray(from, from + size));
    arrays.set(section.name, arrayOf(section.type, bytes.buffer));
  }
  return { head: table.head, arrays };
}

function checksumOf(packed: Uint8Array): Buffer {
  return createHash('sha256').update(packed.subarray(HEADER)).digest();
}

const BYTES = { i8: 1, u16: 2, i32: 4, f32: 4 } as const;

function readTable(bytes: Uint8Array): { head: unknown; sections: Section[] } | undefined {
  let table: unknown;
  try {
    table = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
  if (typeof table !== 'object' || table === null || !('head' in table) || !('sections' in table))
    return undefined;
  const { head, sections } = table;
  if (!Array.isArray(sections) || !sections.every(isSection)) return undefined;
  return { head, sections };
}

function isSection(value: unknown): value is Section {
  if (typeof value !== 'object' || value === null) return false;
  if (!('name' in value && 'type' in value && 'at' in value && 'length' in value)) return false;
  const { name, type, at, length } = value;
  return (
    typeof name === 'string' &&
    typeof type === 'string' &&
    type in BYTES &&
    typeof at === 'number' &&
    typeof length === 'number'
  );
}

function typeOf(array: NumberArray): Section['type'] {
  if (array instanceof Int8Array) return 'i8';
  if (array instanceof Uint16Array) return 'u16';
  return array instanceof Int32Array ? 'i32' : 'f32';
}

function arrayOf(type: Section['type'], buffer: ArrayBuffer): NumberArray {
  if (type === 'i8') return new Int8Array(buffer);
  if (type === 'u16') return new Uint16Array(buffer);
  return type === 'i32' ? new Int32Array(buffer) : new Float32Array(buffer);
}

function align(size: number): number {
  return Math.ceil(size / ALIGNMENT) * ALIGNMENT;
}
