import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { sentenceOf, UserError } from '../../domain/errors.js';

const MB = 1024 * 1024;

/** A workbook has some dozen parts, and two for each sheet. */
const ENTRIES_LIMIT = 10_000;
/** Of what is unpacked; a reader of workbooks needs some ten times that in memory. */
const UNPACKED_LIMIT = 256 * MB;
/** Sheets pack ten- to fiftyfold; what packs better than this, beyond some megabytes, was made to fill a memory. */
const RATIO_LIMIT = 200;
const RATIO_FREE = 16 * MB;

/** Parts that hold cells. Others (pictures, macros, binary sheets, archives in the archive) are never unpacked. */
const PART = /\.(?:xml|rels|vml)$/i;
/** A part of other kinds of documents that are zip archives too. */
const OTHER_DOCUMENT = /^(?:meta-inf\/|objectdata\.xml$|index\.xml$)/i;

/**
 * The XML parts of a workbook by their names, unpacked within limits: sizes are believed only as far as the data
 * bear them out, and what is too much is refused before it is unpacked.
 * @throws UserError if it is no zip archive, is broken, or its parts are too many, too large or too densely packed.
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
  if (archive.entryCount > ENTRIES_LIMIT) {
    throw refused(path, `it has ${archive.entryCount} parts, more than ${ENTRIES_LIMIT}`);
  }
  const entries: Entry[] = [];
  const names = new Set<string>();
  let unpacked = 0;
  for await (const entry of archive.eachEntry()) {
    const { fileName, uncompressedSize, compressedSize } = entry;
    if (!PART.test(fileName) || OTHER_DOCUMENT.test(fileName)) continue;
    const name = fileName.toLowerCase();
    if (names.has(name)) throw refused(path, `it has two parts of the name ${fileName}`);
    names.add(name);
    if (entry.isEncrypted()) throw refused(path, `its part ${fileName} is encrypted`);
    unpacked += uncompressedSize;
    if (unpacked > UNPACKED_LIMIT) {
      throw refused(path, `it unpacks to more than ${UNPACKED_LIMIT / MB} MB`);
    }
    if (uncompressedSize > RATIO_FREE && uncompressedSize > compressedSize * RATIO_LIMIT) {
      throw refused(path, `its part ${fileName} unpacks to more than ${RATIO_LIMIT} times its size`);
    }
    entries.push(entry);
  }
  const parts = new Map<string, Buffer>();
  for (const entry of entries) {
    const chunks: Buffer[] = [];
    // Breaks off where more comes than the entry's own size, which is within the limits.
    for await (const chunk of await archive.openReadStreamPromise(entry)) {
      if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    }
    parts.set(entry.fileName, Buffer.concat(chunks));
  }
  return parts;
}

function refused(path: string, why: string): UserError {
  return new UserError(
    `${path} is not read as a workbook, as ${why}: save its first sheet as CSV and give that.`,
  );
}

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_RECORD = 0x06054b50;
const VERSION = 20;
/** Names are UTF-8. */
const FLAGS = 0x0800;

/** A zip archive of these parts, stored as they are (APPNOTE 6.3.3; without checksums, which our reader passes over). */
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
