import { onTestFinished } from 'vitest';
import type { Store } from '../../src/store/open.js';
import { Sqlite } from '../../src/store/sqlite.js';

/** Vectors that the tests of one file share, so that a text is embedded once and not in each test. */
export class SharedVectors {
  readonly #known = new Map<string, Buffer>();

  /** Adds the vectors of earlier tests to a store, and keeps those that this test makes. */
  share({ path }: Store): void {
    const database = new Sqlite(path);
    const put = database.prepare('insert or ignore into vectors (key, vector) values (?, ?)');
    database.transaction(() => {
      for (const [key, vector] of this.#known) put.run(key, vector);
    })();
    database.close();
    onTestFinished(() => this.#keep(path));
  }

  #keep(path: string): void {
    const database = new Sqlite(path, { readonly: true });
    const all = database.prepare<[], [string, Buffer]>('select key, vector from vectors').raw();
    for (const [key, vector] of all.iterate()) this.#known.set(key, vector);
    database.close();
  }
}
