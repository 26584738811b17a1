import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { UserError } from '../../domain/errors.js';

/** What the manifest records of one file. */
export interface FileChecksum {
  readonly bytes: number;
  readonly sha256: string;
}

const CHUNK = 4 << 20;

/**
 * Reads a whole file into memory that threads may share, and checks its size and sha256. Yields to other work between
 * chunks. `into` has the size of the file. UserError if the file is missing or differs.
 */
export async function readVerified(
  path: string,
  expected: FileChecksum,
  into?: Uint8Array,
): Promise<Uint8Array> {
  const handle = await openOrRefuse(path);
  try {
    await requireSize(path, handle, expected);
    const bytes = into ?? new Uint8Array(new SharedArrayBuffer(expected.bytes));
    const hash = createHash('sha256');
    for (let at = 0; at < bytes.length; ) {
      const { bytesRead } = await handle.read(bytes, at, Math.min(CHUNK, bytes.length - at), at);
      if (bytesRead === 0) throw damaged(path, 'ends early');
      hash.update(bytes.subarray(at, at + bytesRead));
      at += bytesRead;
    }
    if (hash.digest('hex') !== expected.sha256) throw damaged(path, 'does not match its checksum');
    return bytes;
  } finally {
    await handle.close();
  }
}

/** Checks size and sha256 of a file without keeping its contents. UserError if it is missing or differs. */
export async function verifyFile(path: string, expected: FileChecksum): Promise<void> {
  const handle = await openOrRefuse(path);
  try {
    await requireSize(path, handle, expected);
    if ((await hashOf(handle)) !== expected.sha256) throw damaged(path, 'does not match its checksum');
  } finally {
    await handle.close();
  }
}

/** Size and sha256 of a file as it is now. */
export async function checksumOf(path: string): Promise<FileChecksum> {
  const handle = await openOrRefuse(path);
  try {
    const { size } = await handle.stat();
    return { bytes: size, sha256: await hashOf(handle) };
  } finally {
    await handle.close();
  }
}

/** The error for a file of a generation that is not as it was written. */
export function damaged(path: string, what: string): UserError {
  return new UserError(
    `${path} ${what}, so this generation is damaged: run \`shelfwright generations rollback\` or \`shelfwright reindex\`.`,
  );
}

async function hashOf(handle: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  const chunk = new Uint8Array(CHUNK);
  for (let at = 0; ; ) {
    const { bytesRead } = await handle.read(chunk, 0, CHUNK, at);
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(chunk.subarray(0, bytesRead));
    at += bytesRead;
  }
}

async function openOrRefuse(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch {
    throw damaged(path, 'is missing or cannot be opened');
  }
}

async function requireSize(path: string, handle: FileHandle, expected: FileChecksum): Promise<void> {
  const { size } = await handle.stat();
  if (size !== expected.bytes) throw damaged(path, `has ${size} bytes where ${expected.bytes} were written`);
}
