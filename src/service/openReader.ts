import { openReadOnly } from '../store/openReadOnly.js';
import { openReaderParts, type ReaderOptions } from './openReaderParts.js';
import type { Reader } from './reader.js';

/**
 * Opens a catalog for reading, whether a service runs over it or not. It changes no file of the store or the indexes:
 * it starts no jobs and records no queries, and keeps vectors that it has to make in memory. Without a usable model it
 * answers by words.
 * @throws UserError if the store cannot be opened.
 */
export async function openReader(options: ReaderOptions): Promise<Reader> {
  const store = openReadOnly(options.dataDir);
  try {
    const { reader } = await openReaderParts({ ...options, store, queryDays: 0, createGeneration: false });
    return {
      ...reader,
      close: async () => {
        await reader.close();
        store.close();
      },
    };
  } catch (error) {
    store.close();
    throw error;
  }
}
