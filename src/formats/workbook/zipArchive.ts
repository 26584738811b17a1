import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { sentenceOf, UserError } from '../../domain/errors.js';

const MB = 1024 * 1024;

/** A workbook has about a dozen parts, and two for each sheet. */
const MAX_ENTRIES = 10_000;
/** Total unpacked size; the workbook library needs about ten times as much memory. */
const MAX_UNPACKED_BYTES = 256 * MB;
/** Sheets compress 10 to 50 times. A part of more than some megabytes that compresses better is a zip bomb. */
const MAX_RATIO = 200;
const MIN_RATIO_BYTES = 16 * MB;

/** Parts that can hold cells. Others (pictures, macros, binary sheets, nested archives) are never unpacked. */
const PART = /\.(?:xml|rels|vml)$/i;
/** Parts of other document types that are zip archives too. */
const OTHER_DOCUMENT = /^(?:meta-inf\/|objectdata\.xml$|index\.xml$)/i;

/**
 * The XML parts of a workbook by name, unpacked within limits. Parts over a limit are refused before unpacking, and a
 * part that unpacks to more than its declared size is an error.
 * @throws UserError if the file is not a valid zip archive, or has too many, too large or too highly compressed parts.
 */
export async function unpackArchive(path: string): Promise<Map<string, Buffer>> {
  let archive: ZipFile | undefined;
  try {
    archive = await openPromise(path, { autoClose: false });
    return await unpackParts(path, archive);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(
      `${path} cannot be read as a workbook (${sentenceOf(cause)}): save it as .xlsx again.`,
      { cause },
    );
  } finally {
    archive?.close();
  }
}

async function unpackParts(path: string, archive: ZipFile): Promise<Map<string, Buffer>> {
  if (archive.entryCount > MAX_ENTRIES) {
    throw refusal(path, `it has ${archive.entryCount} parts, more than ${MAX_ENTRIES}`);
  }
  const entries: Entry[] = [];
  const names = new Set<string>();
  let unpacked = 0;
  for await (const entry of archive.eachEntry()) {
    const { fileName, uncompressedSize, compressedSize } = entry;
    if (!PART.test(fileName) || OTHER_DOCUMENT.test(fileName)) continue;
    const name = fileName.toLowerCase();
    if (names.has(name)) throw refusal(path, `it has two parts named ${fileName}`);
    names.add(name);
    if (entry.isEncrypted()) throw refusal(path, `its part ${fileName} is encrypted`);
    unpacked += uncompressedSize;
    if (unpacked > MAX_UNPACKED_BYTES) {
      throw refusal(path, `it unpacks to more than ${MAX_UNPACKED_BYTES / MB} MB`);
    }
    if (uncompressedSize > MIN_RATIO_BYTES && uncompressedSize > compressedSize * MAX_RATIO) {
      throw refusal(path, `its part ${fileName} unpacks to more than ${MAX_RATIO} times its size`);
    }
    entries.push(entry);
  }
  const parts = new Map<string, Buffer>();
  for (const entry of entries) {
    const chunks: Buffer[] = [];
    // yauzl fails if there is more data than the entry's declared size, which is within the limits.
    for await (const chunk of await archive.openReadStreamPromise(entry)) {
      if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    }
    parts.set(entry.fileName, Buffer.concat(chunks));
  }
  return parts;
}

function refusal(path: string, why: string): UserError {
  return new UserError(
    `${path} is refused as a workbook because ${why}: save its first sheet as CSV and use that.`,
  );
}

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_RECORD = 0x06054b50;
const VERSION = 20;
/** Names are UTF-8. */
const FLAGS = 0x0800;

/** A zip archive of uncompressed parts (APPNOTE 6.3.3), without checksums, which the workbook library ignores. */
export function packArchive(parts: ReadonlyMap<string, Buffer>): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, content] of parts) {
    const name = Buffer.from(path);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(LOCAL_HEADER, 0);
    local.writeUInt16LE(VERSION, 4);
    local.writeUInt16LE(FLAGS, 6);
    local.writeUInt32LE(content.length, 18);
    local.writeUInt32LE(content.length, 22);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(CENTRAL_HEADER, 0);
    central.writeUInt16LE(VERSION, 4);
    central.writeUInt16LE(VERSION, 6);
    central.writeUInt16LE(FLAGS, 8);
    central.writeUInt32LE(content.length, 20);
    central.writeUInt32LE(content.length, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(offset, 42);
    files.push(local, name, content);
    directory.push(central, name);
    offset += local.length + name.length + content.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END_RECORD, 0);
  end.writeUInt16LE(parts.size, 8);
  end.writeUInt16LE(parts.size, 10);
  end.writeUInt32LE(
    directory.reduce((sum, part) => sum + part.length, 0),
    12,
  );
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, ...directory, end]);
}
