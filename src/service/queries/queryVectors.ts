import { LRUCache } from 'lru-cache';
import { isEmptyVector } from '../../domain/emptyVector.js';

/** Paging and typing repeat the same queries. */
const MAX_QUERIES = 2000;

/** An LRU cache of the vectors of recent queries. Never on disk, because queries are private. */
export class QueryVectors {
  asked = 0;
  remembered = 0;
  private readonly recent = new LRUCache<string, Promise<Float32Array | undefined>>({ max: MAX_QUERIES });

  constructor(private readonly embed: (text: string) => Promise<readonly Float32Array[]>) {}

  /** Undefined for a query that the model cannot read. One that fails to embed is embedded again the next time. */
  get(text: string): Promise<Float32Array | undefined> {
    this.asked++;
    const known = this.recent.get(text);
    if (known !== undefined) {
      this.remembered++;
      return known;
    }
    const vector = this.embed(text).then(([made]) =>
      made === undefined || isEmptyVector(made) ? undefined : made,
    );
    this.recent.set(text, vector);
    vector.catch(() => {
      if (this.recent.peek(text) === vector) this.recent.delete(text);
    });
    return vector;
  }
}
