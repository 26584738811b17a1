import { describe, expect, it } from 'vitest';
import type { Product } from '../../../src/domain/product.js';
import type { LiveIndex } from '../../../src/index/liveIndex.js';
import { weighWords } from '../../../src/search/retrieve/weighWords.js';
import { search } from '../../../src/search/search.js';
import { searchRequestSchema } from '../../../src/search/searchRequest.js';
import { Query } from '../../../src/search/understand/query.js';
import { understandQuery } from '../../../src/search/understand/understandQuery.js';
import { indexOf } from '../indexOf.js';

const LAMP = Float32Array.of(1, 0, 0);

/** Ninety products of three kinds, each kind around a direction of its own; every third has `für`. */
async function shop(): Promise<LiveIndex> {
  const kinds = ['Lampe', 'Kleid', 'Kanne'];
  const products: Product[] = [];
  const vectors = new Map<string, Float32Array>();
  for (let place = 0; place < 90; place++) {
    const kind = place % 3;
    const id = `p${String(place).padStart(2, '0')}`;
    const named = Math.floor(place / 3) % 3 === 0 ? `${kinds[kind] ?? ''} für Gäste` : (kinds[kind] ?? '');
    products.push({ id, title: place === 4 ? `${named} Zoll K2` : named });
    vectors.set(
      id,
      Float32Array.from({ length: 3 }, (_, axis) => (axis === kind ? 1 : 0.1 + (place % 7) / 50)),
    );
  }
  return indexOf(products, vectors);
}

async function weighed(query: string, vector: Float32Array | undefined): Promise<Record<string, number>> {
  const index = await shop();
  const { words } = understandQuery(index, new Query(query));
  const weights = weighWords(index, words, vector);
  return Object.fromEntries(words.map(({ surface }, place) => [surface, weights[place] ?? Number.NaN]));
}

describe('the weight of words', () => {
  it('is low for a word in products of every kind, in any language, and full for the name of a kind', async () => {
    const { lampe, fur, kleid } = await weighed('lampe für kleid', LAMP);
    expect(lampe).toBe(1);
    expect(fur).toBeGreaterThanOrEqual(0.1);
    expect(fur).toBeLessThan(0.35);
    expect(kleid).toBeCloseTo(0.1, 5);
  });

  it('is full for numbers, codes, unknown words and words of very few products', async () => {
    const { k2, zoll, unheard } = await weighed('lampe zoll k2 unheard', LAMP);
    expect(k2).toBe(1);
    expect(unheard).toBe(1);
    expect(zoll).toBeGreaterThan(0.7);
    expect(zoll).toBeLessThan(1);
  });

  it('is full without a vector, or for a single word', async () => {
    expect(await weighed('lampe für', undefined)).toEqual({ lampe: 1, fur: 1 });
    expect(await weighed('für', LAMP)).toEqual({ fur: 1 });
  });

  it('excludes products that share only a function word', async () => {
    const request = searchRequestSchema.parse({ q: 'lampe für', per_page: 250 });
    const index = await shop();
    const found = async (vector: Float32Array | undefined): Promise<Set<string>> => {
      const { hits } = await search(
        () => ({ index, minCosine: 0.9, taxonomy: undefined }),
        request,
        async () => vector,
      );
      return new Set(hits.map(({ product }) => String(product.title).split(' ')[0] ?? ''));
    };
    expect(await found(undefined)).toEqual(new Set(['Lampe', 'Kleid', 'Kanne']));
    expect(await found(LAMP)).toEqual(new Set(['Lampe']));
  });
});
