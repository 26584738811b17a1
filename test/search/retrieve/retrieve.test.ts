import { describe, expect, it } from 'vitest';
import type { Product } from '../../../src/domain/product.js';
import type { LiveIndex, NearestBounds } from '../../../src/index/liveIndex.js';
import { type CandidateSet, finishCandidates, retrieve } from '../../../src/search/retrieve/retrieve.js';
import { Query } from '../../../src/search/understand/query.js';
import { understandQuery } from '../../../src/search/understand/understandQuery.js';
import { Bitset } from '../../../src/structures/bitset.js';
import { indexOf, overriding } from '../indexOf.js';

const products: Product[] = [
  { id: 'a', title: 'Oak desk lamp', sku: 'ODL-9' },
  { id: 'b', title: 'Oak desk' },
  { id: 'c', title: 'Oak', description: 'desk' },
  { id: 'd', title: 'Plain thing' },
  { id: 'e', title: 'Other thing' },
];
const QUERY = Float32Array.of(1, 0);

/** A unit vector with the given cosine to QUERY. */
function at(cosine: number): Float32Array {
  return Float32Array.of(cosine, Math.sqrt(1 - cosine ** 2));
}

function find(
  index: LiveIndex,
  query: string,
  options: { vector?: Float32Array; min?: number; pass?: Bitset } = {},
): CandidateSet {
  const { vector, min: least = 0.3, pass = index.aliveSet() } = options;
  return finishCandidates(
    index,
    retrieve(index, understandQuery(index, new Query(query)), vector, least, pass),
    vector,
    undefined,
  );
}

const tiers = (index: LiveIndex, found: CandidateSet): Record<string, string> =>
  Object.fromEntries([...found.ordinals].map((ordinal) => [index.idOf(ordinal), found.tierOf(ordinal)]));

describe('the candidate set', () => {
  it('distinguishes full titles, all words and enough words, and excludes too few', async () => {
    const index = await indexOf(products);
    expect(tiers(index, find(index, 'oak desk'))).toEqual({ a: 'all', b: 'exact', c: 'all' });
    expect(tiers(index, find(index, 'oak thing'))).toEqual({
      a: 'partial',
      b: 'partial',
      c: 'partial',
      d: 'partial',
      e: 'partial',
    });
    expect(tiers(index, find(index, 'lamp plain unheard'))).toEqual({});
    expect(tiers(index, find(index, 'lamp unheard'))).toEqual({ a: 'partial' });
    expect(tiers(index, find(index, 'oak'))).toEqual({ a: 'all', b: 'all', c: 'exact' });
  });

  it('finds by identifier whatever else the query contains, but never outside the filter', async () => {
    const index = await indexOf(products);
    expect(tiers(index, find(index, 'thing odl-9'))).toMatchObject({ a: 'exact' });
    const pass = index.aliveSet();
    pass.delete(0);
    expect(find(index, 'odl-9', { pass }).ordinals).toHaveLength(0);
    expect(find(index, '', { pass }).ordinals).toHaveLength(4);
    expect(find(index, 'oak', { pass }).ordinals).toHaveLength(2);
  });

  it('adds what is near enough to the query, absolutely and relative to the nearest', async () => {
    const vectors = new Map([
      ['a', at(0.1)],
      ['b', at(0.5)],
      ['c', at(0.37)],
      ['d', at(0.35)],
    ]);
    const index = await indexOf(products, vectors);
    const semantic = { b: 'semantic', c: 'semantic' };
    expect(tiers(index, find(index, 'zzz', { vector: QUERY }))).toEqual(semantic);
    expect(tiers(index, find(index, 'zzz', { vector: QUERY, min: 0.4 }))).toEqual({ b: 'semantic' });
    const narrow = Bitset.of(index.size, [0, 2, 3, 4]);
    expect(tiers(index, find(index, 'zzz', { vector: QUERY, pass: narrow }))).toEqual({ c: 'semantic' });
    expect(tiers(index, find(index, 'zzz', { vector: QUERY, pass: new Bitset(index.size) }))).toEqual({});
  });

  it('has the cosine of every candidate with a vector', async () => {
    const index = await indexOf(
      products,
      new Map([
        ['a', at(0.1)],
        ['b', at(0.9)],
      ]),
    );
    const { cosine, ordinals } = find(index, 'oak', { vector: QUERY });
    expect([...ordinals]).toEqual([0, 1, 2]);
    expect(cosine[0]).toBeCloseTo(0.1, 6);
    expect(cosine[1]).toBeCloseTo(0.9, 6);
    expect(cosine[2]).toBeNaN();
  });

  it('filters the semantic tail', async () => {
    const asked: NearestBounds[] = [];
    const index = overriding(await indexOf(products), {
      cosines: (_, ordinals) => Float32Array.from(ordinals, () => Number.NaN),
      nearestWithin: (_, bounds) => {
        asked.push(bounds);
        return { ordinals: Uint32Array.of(4, 3), cosines: Float32Array.of(0.9, 0.8) };
      },
    });
    const pass = Bitset.of(index.size, [0, 1, 2, 3]);
    const found = find(index, 'zzz', { vector: QUERY, pass });
    expect(asked).toEqual([{ min: 0.3, share: 0.72, max: 300 }]);
    expect([...found.ordinals]).toEqual([3]);
    expect(found.cosine[3]).toBeCloseTo(0.8, 6);
  });

  it('computes no more cosines than needed', async () => {
    const many = Array.from({ length: 1400 }, (_, place): Product => ({ id: `p${place}`, title: 'oak' }));
    const index = overriding(await indexOf(many), {
      cosines: (_, ordinals) => Float32Array.from(ordinals, () => 0.5),
      nearestWithin: () => ({ ordinals: Uint32Array.of(1399), cosines: Float32Array.of(0.9) }),
    });
    const { cosine, ordinals } = find(index, 'oak', { vector: QUERY });
    expect(ordinals).toHaveLength(1400);
    expect(cosine.filter((one) => !Number.isNaN(one))).toHaveLength(301);
  });

  it('adds no semantic hits to a query that is an identifier', async () => {
    const vectors = new Map([
      ['a', at(0.1)],
      ['b', at(0.9)],
    ]);
    const index = await indexOf(products, vectors);
    expect(tiers(index, find(index, 'ODL9', { vector: QUERY }))).toEqual({ a: 'exact' });
    expect(tiers(index, find(index, 'ODL8', { vector: QUERY }))).toEqual({ b: 'semantic' });
    expect(tiers(index, find(index, 'zzz ODL-9', { vector: QUERY }))).toEqual({ a: 'exact', b: 'semantic' });
  });
});
