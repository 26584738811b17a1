import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../domain/errors.js';

/**
 * The real path of a file that an import names, which lies in the import folder however links lead.
 * @throws UserError where there is no import folder, the name leads out of it, or it is no file.
 */
export async function fileInImportFolder(folder: string, name: string): Promise<string> {
  if (folder === '') {
    throw new UserError(
      'file: no folder is set that imports may read, so no file may be named: upload it, or set import_folder in the configuration.',
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
      'file: the import folder of the configuration is not there, or must not be read: make it, or set another.',
      { field: 'file' },
    );
  }
  const real = await realpath(path.join(root, name)).catch(() => undefined);
  if (real === undefined) throw refused(name, 'is not in the import folder; put it there first');
  if (!real.startsWith(root.endsWith(path.sep) ? root : root + path.sep)) {
    throw refused(name, 'leads out of the import folder by a link; put the file itself there');
  }
  // A pipe or a device would be waited for without end.
  const found = await stat(real);
  if (!found.isFile()) throw refused(name, 'is no file; name a file of products');
  return real;
}

function refused(name: string, why: string): UserError {
  return new UserError(`file: ${JSON.stringify(name)} ${why}.`, { field: 'file' });
}
