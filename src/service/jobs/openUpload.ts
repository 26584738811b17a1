import { existsSync } from 'node:fs';
import { UserError } from '../../domain/errors.js';
import { openSource, type Source, type SourceOptions } from '../../formats/source.js';

/** Opens the file of a job. @throws UserError if it is no longer there, or openSource refuses it. */
export async function openUpload(file: string, options: SourceOptions): Promise<Source> {
  if (!existsSync(file)) throw new UserError('The uploaded file is no longer there: upload it again.');
  return openSource(file, options);
}

/** Does the work; in its errors, names take the place of the service's own paths, which a client must not see. */
export async function withoutPaths<T>(
  names: readonly (readonly [path: string, shown: string])[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const shown = names.reduce((text, [path, name]) => text.replaceAll(path, name), error.message);
    if (shown === error.message) throw error;
    throw new UserError(shown, { ...(error.field !== undefined && { field: error.field }), cause: error });
  }
}
