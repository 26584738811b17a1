import { BusyError, DiskFullError, UnavailableError } from './errors.js';

/** EFBIG, a limit on the size of files, has the same remedy as a full disk. */
const FULL = /^(?:ENOSPC|EDQUOT|EFBIG|SQLITE_FULL)$/;
const READ_ONLY = /^(?:EROFS|SQLITE_READONLY\w*)$/;
const DAMAGED = /^(?:SQLITE_CORRUPT\w*|SQLITE_NOTADB)$/;
const FAULTY = /^(?:EIO|SQLITE_IOERR\w*|SQLITE_CANTOPEN\w*)$/;

/**
 * Classifies an error of the disk or of SQLite by its code: full, read-only, damaged or faulty. Undefined for any
 * other error.
 */
export function storageErrorOf(error: unknown): UnavailableError | undefined {
  if (error instanceof UnavailableError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const options = { cause: error };
  if (FULL.test(code)) {
    return new DiskFullError(
      'The disk is full, so this was not written: free some space and try again; no restart is needed.',
      options,
    );
  }
  if (READ_ONLY.test(code)) {
    return new UnavailableError(
      `This was not written because the disk or the folder cannot be written (${code}): check its permissions and whether it is mounted read-only.`,
      options,
    );
  }
  if (DAMAGED.test(code)) {
    return new UnavailableError(
      `The store is damaged (${code}): stop the service and restore the last backup with shelfwright restore.`,
      options,
    );
  }
  if (FAULTY.test(code)) {
    return new BusyError(
      `The disk reported an error (${code}), so nothing was changed: try again, and check the system's log if it persists.`,
      options,
    );
  }
  return undefined;
}
