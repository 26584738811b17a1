import type { Database } from 'better-sqlite3';
import { hasEvents, openEventsToRead } from '../../events/eventStore.js';
import { ImportedRankings } from '../../events/importedRankings.js';

/** Reads imported rankings; opened when it is needed first, because most readers never need it. */
export class ImportedReader {
  #database: Database | undefined;
  #rankings: ImportedRankings | undefined;

  constructor(private readonly dataDir: string) {}

  /** The products of a folded query, best first; empty where the ranking does not have it. */
  of(name: string, query: string): string[] {
    if (this.#rankings === undefined) {
      if (!hasEvents(this.dataDir)) return [];
      this.#database = openEventsToRead(this.dataDir);
      this.#rankings = new ImportedRankings(this.#database);
    }
    return this.#rankings.of(name, query);
  }

  close(): void {
    this.#database?.close();
  }
}
