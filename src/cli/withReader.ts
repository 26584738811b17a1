import { isIndexed } from '../catalog/generations.js';
import { UserError } from '../domain/errors.js';
import { openReader } from '../service/openReader.js';
import type { Reader } from '../service/reader.js';
import type { CommonOptions } from './options.js';

interface ReaderNeeds {
  /** Embedding threads; default: one a core. */
  readonly workers?: number;
  /** Whether something must be indexed. */
  readonly indexed?: boolean;
}

/**
 * Runs a command's work over a reader, and closes it also where the work fails.
 * @throws UserError where something must be indexed and nothing is.
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
  });
  try {
    await work(reader);
  } finally {
    await reader.close();
  }
}
