import { createHash } from 'node:crypto';
import type { ModelCard } from './model.js';

/** Stores vectors between runs, by key. `remember` stores many at once. */
export interface VectorCache {
  get(key: string): Float32Array | undefined;
  remember(vectors: ReadonlyMap<string, Float32Array>): void | Promise<void>;
}

/** Text without a letter or digit that every vocabulary has, so that it may consist of unknown tokens. */
const MAY_BE_UNREADABLE = /^[^A-Za-z0-9]*$/;

/** Whether the model may have no token for any of the text. */
export function mayBeUnreadable(text: string): boolean {
  return MAY_BE_UNREADABLE.test(text);
}

/**
 * A hash of the text and of the model's revision, which covers everything else that a vector depends on. Texts that may
 * be unreadable have keys of their own, because vectors of unknown tokens were once kept under the others.
 */
export function vectorKey(model: Pick<ModelCard, 'revision'>, text: string): string {
  const kind = MAY_BE_UNREADABLE.test(text) ? 'readable\n' : '';
  return createHash('sha256').update(`${kind}${model.revision}\n${text}`).digest('base64url');
}

export interface Embedded {
  readonly key: string;
  readonly vector: Float32Array;
}

/** An embedder with a cache. Counts the texts that it had to embed. */
export class CachedEmbedder {
  embedded = 0;

  constructor(
    private readonly model: ModelCard,
    private readonly make: (texts: readonly string[]) => Promise<readonly Float32Array[]>,
    private readonly cache: VectorCache,
  ) {}

  /** One key and unit vector per text, in order. A text that occurs twice is embedded once. */
  async embed(texts: readonly string[]): Promise<Embedded[]> {
    const keys = texts.map((text) => vectorKey(this.model, text));
    const found = new Map<string, Float32Array>();
    const missing = new Map<string, string>();
    for (const [row, text] of texts.entries()) {
      const key = keys[row] ?? '';
      if (found.has(key) || missing.has(key)) continue;
      const vector = this.cache.get(key);
      if (vector === undefined) missing.set(key, text);
      else found.set(key, vector);
    }
    if (missing.size > 0) {
      const made = await this.make([...missing.values()]);
      const fresh = new Map([...missing.keys()].map((key, at) => [key, made[at] ?? new Float32Array(0)]));
      await this.cache.remember(fresh);
      this.embedded += fresh.size;
      for (const [key, vector] of fresh) found.set(key, vector);
    }
    return keys.map((key) => ({ key, vector: found.get(key) ?? new Float32Array(0) }));
  }
}
