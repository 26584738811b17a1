import { isIndexed } from '../catalog/generations.js';
import { UserError } from '../domain/errors.js';
import { openReader } from '../service/openReader.js';
import type { Reader } from '../service/reader.js';
import type { CommonOptions } from './options.js';

interface ReaderNeeds {
  /** Number of embedding threads. Default: one per core. */
  readonly workers?: number;
  /** Whether the command needs an index. */
  readonly indexed?: boolean;
}

/**
 * Runs the work of a command on a reader, and closes the reader afterwards, also after an error.
 * @throws UserError if the command needs an index and there is none.
 */
export async function withReader(
  flags: CommonOptions,
  work: (reader: Reader) => Promise<void> | void,
  { workers, indexed = false }: ReaderNeeds = {},
): Promise<void> {
  if (indexed && !(await isIndexed(flags.indexes))) {
    throw new UserError(
      `Nothing is indexed in ${flags.indexes} yet: run shelfwright import <file> and shelfwright reindex, or shelfwright demo.`,
    );
  }
  const reader = await openReader({
    dataDir: flags.data,
    indexesDir: flags.indexes,
    modelDir: flags.model,
    workers,
    engine: flags.configuration.engine,
  });
  try {
    await work(reader);
  } finally {
    await reader.close();
  }
}
