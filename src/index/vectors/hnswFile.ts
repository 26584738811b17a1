import { open } from 'node:fs/promises';
import { damaged } from '../files/checksummedFile.js';
import type { GraphLinks, UpperLevel } from './graphLinks.js';

/*
 * The file that hnswlib's `saveIndex` writes (hnswalg.h of hnswlib 0.8, as bundled with hnswlib-node 3), without a
 * version or a checksum of its own; little-endian, on 64-bit machines:
 *
 *   header   u64 offsetLevel0 (0), u64 capacity, u64 points, u64 bytes of a record, u64 offset of the label in a record,
 *            u64 offset of the vector in a record, i32 highest level, u32 entry point, u64 links a point above level 0,
 *            u64 links a point on level 0 (twice as many), u64 m, f64 1 / ln m, u64 ef of the construction
 *   records  for each point: u16 number of links on level 0, u8 with bit 0 set where the point is deleted, u8 unused,
 *            room for all its links (u32), the vector (f32), the label (u64)
 *   lists    for each point: u32 bytes that follow; then for each of its levels from 1 up: u16 number of links,
 *            u16 unused, room for all its links (u32)
 *
 * The capacity may be larger than the number of points, but only the points are written.
 */
const HEADER_BYTES = 96;
const CHUNK_BYTES = 4 << 20;

interface HnswHeader {
  readonly points: number;
  readonly recordBytes: number;
  readonly labelAt: number;
  readonly vectorAt: number;
  readonly highestLevel: number;
  readonly entryPoint: number;
  readonly maxUpperLinks: number;
  readonly maxLinks: number;
}

/**
 * Reads the links of a graph from hnswlib's own file, without its vectors. UserError where the file is not laid out as
 * expected: another dimension, another size, or labels that are not the numbers of their points.
 */
export async function readLinksOfHnswFile(path: string, dimension: number): Promise<GraphLinks> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const from = new FileWindow(path, size, (bytes, at) => file.read(bytes, 0, bytes.length, at));
    const header = readHeader(path, await from.take(HEADER_BYTES), dimension);
    const lowest = await readRecords(path, header, from);
    const upper = await readLists(path, header, from);
    if (from.left !== 0) throw damaged(path, `has ${from.left} bytes after the last list`);
    return { ...lowest, points: header.points, entryPoint: header.entryPoint, upper };
  } finally {
    await file.close();
  }
}

function readHeader(path: string, bytes: Buffer, dimension: number): HnswHeader {
  const word = (place: number): number => Number(bytes.readBigUInt64LE(8 * place));
  const header = {
    points: word(2),
    recordBytes: word(3),
    labelAt: word(4),
    vectorAt: word(5),
    highestLevel: bytes.readInt32LE(48),
    entryPoint: bytes.readUInt32LE(52),
    maxUpperLinks: word(7),
    maxLinks: word(8),
  };
  const { recordBytes, labelAt, vectorAt, maxLinks } = header;
  const isAsExpected = word(0) === 0 && vectorAt === 4 + 4 * maxLinks && recordBytes === labelAt + 8;
  if (!isAsExpected) throw damaged(path, 'has another header');
  if (labelAt - vectorAt !== 4 * dimension) {
    const found = (labelAt - vectorAt) / 4;
    throw damaged(path, `holds vectors of ${found} numbers where ${dimension} were built`);
  }
  return header;
}

async function readRecords(
  path: string,
  { points, recordBytes, labelAt, maxLinks }: HnswHeader,
  from: FileWindow,
): Promise<{ offsets: Uint32Array; links: Uint32Array }> {
  if (from.left < points * recordBytes) throw damaged(path, 'ends within its points');
  const lists = new LinkLists(path, points, maxLinks);
  for (let point = 0; point < points; point++) {
    const record = await from.take(recordBytes);
    if (record.readBigUInt64LE(labelAt) !== BigInt(point))
      throw damaged(path, `has the label ${record.readBigUInt64LE(labelAt)} on point ${point}`);
    lists.add(record);
  }
  return lists.finish();
}

async function readLists(
  path: string,
  { points, maxUpperLinks, highestLevel }: HnswHeader,
  from: FileWindow,
): Promise<UpperLevel[]> {
  const listBytes = 4 + 4 * maxUpperLinks;
  const levels: { members: number[]; lists: LinkLists }[] = [];
  for (let point = 0; point < points; point++) {
    const bytes = (await from.take(4)).readUInt32LE(0);
    if (bytes % listBytes !== 0 || bytes / listBytes > highestLevel || bytes > from.left)
      throw damaged(path, `has ${bytes} bytes of links above point ${point}`);
    for (let level = 0; level < bytes / listBytes; level++) {
      const { members, lists } = levels[level] ?? {
        members: [],
        lists: new LinkLists(path, points, maxUpperLinks),
      };
      levels[level] = { members, lists };
      members.push(point);
      lists.add(await from.take(listBytes));
    }
  }
  return levels.map(({ members, lists }) => ({
    members: Uint32Array.from(members),
    ...lists.finish(),
  }));
}

/** Lists of links, one after the other. */
class LinkLists {
  readonly #ends: number[] = [0];
  #links = new Uint32Array(1 << 12);
  #end = 0;

  constructor(
    private readonly path: string,
    private readonly points: number,
    private readonly max: number,
  ) {}

  /** `list` begins with the number of links. */
  add(list: Buffer): void {
    const count = list.readUInt16LE(0);
    if (count > this.max) throw damaged(this.path, `has ${count} links where ${this.max} are the most`);
    if (this.#end + count > this.#links.length) {
      const larger = new Uint32Array(2 * this.#links.length);
      larger.set(this.#links);
      this.#links = larger;
    }
    for (let place = 0; place < count; place++) {
      const link = list.readUInt32LE(4 + 4 * place);
      if (link >= this.points) throw damaged(this.path, `has a link to point ${link} of ${this.points}`);
      this.#links[this.#end++] = link;
    }
    this.#ends.push(this.#end);
  }

  finish(): { offsets: Uint32Array; links: Uint32Array } {
    return { offsets: Uint32Array.from(this.#ends), links: this.#links.slice(0, this.#end) };
  }
}

/** Reads a file from front to back in large pieces. */
class FileWindow {
  #window: Buffer = Buffer.alloc(0);
  #at = 0;
  #next = 0;

  constructor(
    private readonly path: string,
    private readonly size: number,
    private readonly read: (bytes: Buffer, at: number) => Promise<{ bytesRead: number }>,
  ) {}

  /** Bytes not taken yet. */
  get left(): number {
    return this.size - this.#next + this.#window.length - this.#at;
  }

  /** A view of the next bytes, valid until the next call. UserError at the end of the file. */
  async take(bytes: number): Promise<Buffer> {
    if (this.#at + bytes > this.#window.length) await this.#fill(bytes);
    if (this.#at + bytes > this.#window.length) throw damaged(this.path, 'ends early');
    this.#at += bytes;
    return this.#window.subarray(this.#at - bytes, this.#at);
  }

  async #fill(bytes: number): Promise<void> {
    const rest = this.#window.subarray(this.#at);
    const wanted = Math.min(Math.max(bytes, CHUNK_BYTES) - rest.length, this.size - this.#next);
    const more = Buffer.alloc(wanted);
    let filled = 0;
    while (filled < wanted) {
      const { bytesRead } = await this.read(more.subarray(filled), this.#next + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    this.#next += filled;
    this.#window = Buffer.concat([rest, more.subarray(0, filled)]);
    this.#at = 0;
  }
}
