import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../domain/errors.js';

/**
 * The real path of a file that an import names; links included, it is inside the import folder.
 * @throws UserError where no import folder is set, or the name leads out of it or is not a file's.
 */
export async function fileInImportFolder(folder: string, name: string): Promise<string> {
  if (folder === '') {
    throw new UserError(
      'file: no import folder is set, so imports cannot name files: upload the file, or set import_folder in the configuration.',
      { field: 'file' },
    );
  }
  const parts = name.split(/[\\/]/);
  if (path.isAbsolute(name) || path.win32.isAbsolute(name) || parts.includes('..') || name.includes('\0')) {
    throw refused(name, 'leads out of the import folder; name a file by its path inside it, without ..');
  }
  const root = await realpath(folder).catch(() => undefined);
  if (root === undefined) {
    throw new UserError(
      'file: the import folder of the configuration does not exist or is not readable: create it, or set another.',
      { field: 'file' },
    );
  }
  const real = await realpath(path.join(root, name)).catch(() => undefined);
  if (real === undefined) throw refused(name, 'is not in the import folder; put it there first');
  if (!real.startsWith(root.endsWith(path.sep) ? root : root + path.sep)) {
    throw refused(name, 'leads out of the import folder by a link; put the file itself there');
  }
  // Reading a pipe or a device may never end.
  const found = await stat(real);
  if (!found.isFile()) throw refused(name, 'is not a file; name a file of products');
  return real;
}

function refused(name: string, why: string): UserError {
  return new UserError(`file: ${JSON.stringify(name)} ${why}.`, { field: 'file' });
}
