import { describe, expect, it } from 'vitest';
import { CachedEmbedder, vectorKey } from '../../src/embed/embeddingCache.js';
import type { ModelCard } from '../../src/embed/model.js';

const model: ModelCard = {
  ...{ dir: '/m', name: 'm', revision: 'r1', dimension: 2, maxTokens: 8 },
  ...{ pooling: 'mean', queryPrefix: '' },
};

function setUp() {
  const kept = new Map<string, Float32Array>();
  const made: string[] = [];
  const make = async (texts: readonly string[]) => {
    made.push(...texts);
    return texts.map((text) => Float32Array.of(text.length, 1));
  };
  const cache = {
    get: (key: string) => kept.get(key),
    remember: (vectors: ReadonlyMap<string, Float32Array>) => {
      for (const [key, vector] of vectors) kept.set(key, vector);
    },
  };
  return { made, embedder: new CachedEmbedder(model, make, cache) };
}

describe('the embedding cache', () => {
  it('embeds each text once, within a call and across calls, and keeps the order', async () => {
    const { made, embedder } = setUp();
    const first = await embedder.embed(['one', 'three', 'one']);
    expect(first.map(({ vector }) => vector[0])).toEqual([3, 5, 3]);
    const second = await embedder.embed(['three', 'seventh', 'one']);
    expect(second.map(({ vector }) => vector[0])).toEqual([5, 7, 3]);
    expect(made).toEqual(['one', 'three', 'seventh']);
    expect(embedder.embedded).toBe(3);
  });

  it('makes keys from the model revision and the text only', () => {
    const key = vectorKey(model, 'text');
    const renamed = { ...model, name: 'renamed', dir: '/elsewhere' };
    expect(vectorKey(renamed, 'text')).toBe(key);
    expect(vectorKey({ ...model, revision: 'r2' }, 'text')).not.toBe(key);
    expect(vectorKey(model, 'text ')).not.toBe(key);
    expect(vectorKey(model, '鍋')).not.toBe(vectorKey(model, 'readable\n鍋'));
  });
});
