import { expect, it } from 'vitest';
import { BusyError, DiskFullError, UnavailableError, UserError } from '../../src/domain/errors.js';
import { storageErrorOf } from '../../src/domain/storageError.js';

const coded = (code: string) => Object.assign(new Error('it failed at /secret/path'), { code });

it.each([
  ['ENOSPC', DiskFullError, /disk is full/],
  ['EDQUOT', DiskFullError, /disk is full/],
  ['EFBIG', DiskFullError, /disk is full/],
  ['SQLITE_FULL', DiskFullError, /disk is full/],
  ['EROFS', UnavailableError, /cannot be written \(EROFS\)/],
  ['SQLITE_READONLY_DBMOVED', UnavailableError, /cannot be written/],
  ['SQLITE_CORRUPT_INDEX', UnavailableError, /damaged .* shelfwright restore/],
  ['SQLITE_NOTADB', UnavailableError, /damaged/],
  ['SQLITE_IOERR_WRITE', BusyError, /try again/],
])('%s becomes a sentence without paths', (code, kind, sentence) => {
  const trouble = storageErrorOf(coded(code));
  expect(trouble).toBeInstanceOf(kind);
  expect(trouble?.message).toMatch(sentence);
  expect(trouble?.message).not.toContain('/secret');
});

it('ignores errors that are not of the disk', () => {
  expect(storageErrorOf(coded('ENOENT'))).toBeUndefined();
  expect(storageErrorOf(new UserError('A filter.'))).toBeUndefined();
  expect(storageErrorOf('text')).toBeUndefined();
});
