import type { Database } from 'better-sqlite3';
import { isEmptyVector } from '../domain/emptyVector.js';

/** Vectors by key (a hash of model revision and text), so that no text is embedded twice. */
export class VectorTable {
  private readonly one;
  private readonly put;
  private readonly known;

  constructor(database: Database) {
    this.one = database.prepare<[string], Buffer>('select vector from vectors where key = ?').pluck();
    this.known = database.prepare<[string], number>('select 1 from vectors where key = ?').pluck();
    this.put = database.prepare<[string, Uint8Array]>(
      'insert or ignore into vectors (key, vector) values (?, ?)',
    );
  }

  /** Undefined for a text that was not embedded, or that the transformer cannot read. */
  get(key: string): Float32Array | undefined {
    const vector = this.stored(key);
    return vector === undefined || isEmptyVector(vector) ? undefined : vector;
  }

  /** The same with the empty vectors of texts that the transformer cannot read. */
  stored(key: string): Float32Array | undefined {
    const blob = this.one.get(key);
    if (blob === undefined) return undefined;
    // A copy, because a Float32Array needs four-byte alignment.
    const vector = new Float32Array(blob.byteLength / Float32Array.BYTES_PER_ELEMENT);
    new Uint8Array(vector.buffer).set(blob);
    return vector;
  }

  /** Whether the text was embedded, readable or not. */
  has(key: string): boolean {
    return this.known.get(key) !== undefined;
  }

  /** Call in a transaction when setting many. */
  set(key: string, vector: Float32Array): void {
    this.put.run(key, new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength));
  }
}
