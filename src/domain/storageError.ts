import { BusyError, DiskFullError, UnavailableError } from './errors.js';

/** A file may grow no further where a limit is set on its size, which is mended as a full disk is. */
const FULL = /^(?:ENOSPC|EDQUOT|EFBIG|SQLITE_FULL)$/;
const READ_ONLY = /^(?:EROFS|SQLITE_READONLY\w*)$/;
const DAMAGED = /^(?:SQLITE_CORRUPT\w*|SQLITE_NOTADB)$/;
const FAULTY = /^(?:EIO|SQLITE_IOERR\w*|SQLITE_CANTOPEN\w*)$/;

/**
 * What a disk or a store refuses, told by the code of what it threw: full (passes with room), not writable and
 * damaged (need hands), faulty (may pass). Undefined for everything else.
 */
export function storageErrorOf(error: unknown): UnavailableError | undefined {
  if (error instanceof UnavailableError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const options = { cause: error };
  if (FULL.test(code)) {
    return new DiskFullError(
      'The disk is full, so this was not written: make room and try again; no restart is needed.',
      options,
    );
  }
  if (READ_ONLY.test(code)) {
    return new UnavailableError(
      `This was not written, for the disk or the folder cannot be written (${code}): look at its permissions and whether it is mounted read-only.`,
      options,
    );
  }
  if (DAMAGED.test(code)) {
    return new UnavailableError(
      `The store is damaged (${code}), so it cannot be read or written here: stop the service and restore the last backup with shelfwright restore.`,
      options,
    );
  }
  if (FAULTY.test(code)) {
    return new BusyError(
      `The disk did not do what was asked of it (${code}), so nothing was changed: try again, and look at the system's log if it stays so.`,
      options,
    );
  }
  return undefined;
}
