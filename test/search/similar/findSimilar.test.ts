import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Product } from '../../../src/domain/product.js';
import type { LiveIndex } from '../../../src/index/liveIndex.js';
import { findSimilar } from '../../../src/search/similar/findSimilar.js';
import {
  type SimilarAnswer,
  type SimilarRequest,
  similarRequestSchema,
} from '../../../src/search/similar/similarSchemas.js';
import { clusteredVectors } from '../../index/products.js';
import { indexOf } from '../indexOf.js';
import { anyShop, openAny } from '../walk.js';

const like = (
  index: LiveIndex,
  ids: string[],
  request: Partial<Omit<SimilarRequest, 'ids'>> = {},
): SimilarAnswer => findSimilar(index, similarRequestSchema.parse({ ids, ...request }));

const idsOf = ({ hits }: SimilarAnswer): string[] => hits.map(({ id }) => id);

/** The similarity to the product at angle 0 falls with a product's angle. */
const at = (angle: number): Float32Array => Float32Array.of(Math.cos(angle), Math.sin(angle));

/** Products by angle; one without an angle has no vector. */
async function shelf(products: readonly (Product & { angle?: number })[]): Promise<LiveIndex> {
  const vectors = new Map<string, Float32Array>();
  const plain = products.map(({ angle, ...product }) => {
    if (angle !== undefined) vectors.set(product.id, at(angle));
    return product;
  });
  return indexOf(plain, vectors);
}

describe('products similar to one', () => {
  it('are the nearest ones, without the product, its variants and deleted products', async () => {
    const index = await shelf([
      { id: 'self', title: 'Mug', group_id: 'g', angle: 0 },
      { id: 'variant', title: 'Mug, red', group_id: 'g', angle: 0.1 },
      { id: 'twin', title: 'Mug', angle: 0.2 },
      { id: 'far', title: 'Jug', angle: 0.9 },
      { id: 'near', title: 'Cup', angle: 0.3 },
      { id: 'gone', title: 'Bowl', angle: 0.25 },
      { id: 'untitled', angle: 0.5 },
      { id: 'bare', title: 'Plate' },
    ]);
    index.apply({ deletes: ['gone'] });
    const found = like(index, ['self']);
    expect(idsOf(found)).toEqual(['near', 'untitled', 'far']);
    expect(found.hits[0]?.score).toBeCloseTo(Math.cos(0.3), 5);
    expect(found.hits[0]?.product).toEqual({ id: 'near', title: 'Cup' });
    expect(idsOf(like(index, ['self'], { limit: 1 }))).toEqual(['near']);
    expect(idsOf(like(index, ['untitled'], { limit: 2 }))).toEqual(['near', 'twin']);
    expect(like(index, ['bare'])).toEqual({ unknown: [], hits: [] });
    expect(like(index, ['gone', 'self', 'never'])).toEqual({ unknown: ['gone', 'never'], hits: [] });
  });

  it('come from related categories, and from others only if there are too few', async () => {
    const index = await shelf([
      { id: 'self', category: 'Home > Light > Lamps', angle: 0 },
      ...Array.from({ length: 12 }, (_, i) => ({ id: `car${i}`, category: `Cars > ${i}`, angle: 0.01 })),
      { id: 'below', category: 'Home > Light > Lamps > Desk', angle: 0.5 },
      { id: 'sibling', category: 'Home > Light > Bulbs', angle: 0.6 },
      { id: 'above', category: 'Home > Light', angle: 0.7 },
      { id: 'blank', angle: 0.8 },
      { id: 'cousin', category: 'Home > Rugs', angle: 0.4 },
    ]);
    expect(idsOf(like(index, ['self'], { limit: 4 }))).toEqual(['below', 'sibling', 'above', 'blank']);
    const filled = like(index, ['self'], { limit: 6, explain: true });
    expect(idsOf(filled)).toEqual(['below', 'sibling', 'above', 'blank', 'car0', 'car1']);
    expect(filled.hits.map(({ explain }) => explain?.category)).toEqual([
      'same',
      'sibling',
      'sibling',
      'unknown',
      'other',
      'other',
    ]);
  });

  it('learn from neighbours which categories are related', async () => {
    const index = await shelf([
      { id: 'self', angle: 0 },
      ...Array.from({ length: 28 }, (_, i) => ({ id: `near${i}`, category: 'Lamps', angle: 0.2 + i / 100 })),
      { id: 'odd', category: 'Cars', angle: 0.1 },
    ]);
    const { hits } = like(index, ['self'], { limit: 3, explain: true });
    expect(hits.map(({ id, explain }) => `${id} ${explain?.category}`)).toEqual([
      'near0 learned',
      'near1 learned',
      'near2 learned',
    ]);
  });

  it('with a very different price rank lower, but are included', async () => {
    const index = await shelf([
      { id: 'self', price: 100, currency: 'EUR', angle: 0 },
      { id: 'dear', price: 800, currency: 'EUR', angle: 0.1 },
      { id: 'twice', price: 200, currency: 'EUR', angle: 0.3 },
      { id: 'unpriced', angle: 0.2 },
      { id: 'yen', price: 9000, currency: 'JPY', angle: 0.25 },
    ]);
    const { hits } = like(index, ['self'], { explain: true });
    expect(hits.map(({ id }) => id)).toEqual(['unpriced', 'yen', 'twice', 'dear']);
    expect(hits.map(({ explain }) => explain?.factors.price)).toEqual([1, 1, 1, 1 / 1.5]);
  });

  it('are found by words if there is no vector', async () => {
    const index = await shelf([
      { id: 'self', brand: 'Fernhill', attributes: { material: 'Walnut' } },
      { id: 'both', title: 'Walnut tray', brand: 'Fernhill', angle: 0 },
      { id: 'one', title: 'Oak tray', brand: 'Fernhill', angle: 0.1 },
      { id: 'none', title: 'Glass', angle: 0.1 },
    ]);
    const found = like(index, ['self'], { explain: true });
    expect(idsOf(found)).toEqual(['both', 'one']);
    expect(found.hits[0]?.explain?.by).toBe('words');
    for (const { score } of found.hits) expect(score > 0 && score <= 1).toBe(true);
  });

  it('are found approximately in a catalog too large for an exact scan', async () => {
    const made = clusteredVectors(6000, 8, 40, 3);
    const products = made.map(
      (_, i): Product => ({ id: `p${i}`, category: i % 40 < 2 ? 'A > B' : `C${i % 997} > D` }),
    );
    const index = await indexOf(
      products,
      new Map(products.map(({ id }, i) => [id, made[i] ?? new Float32Array(8)])),
    );
    const exact = index.cosines(made[0] ?? new Float32Array(8), Uint32Array.from(made.keys()));
    const cosine = (i: number): number => exact[i] ?? Number.NaN;
    for (const filter of [undefined, "category = 'A > B' OR id IN ['p77']"]) {
      const { hits } = like(index, ['p0'], { limit: 50, ...(filter && { filter }) });
      const related = made.map((_, i) => i).filter((i) => i > 0 && i % 40 < 2);
      const best = related.sort((a, b) => cosine(b) - cosine(a)).slice(0, 50);
      expect(hits.map(({ id }) => id)).toEqual(best.map((i) => `p${i}`));
    }
  });
});

describe('products similar to several', () => {
  it('are scored, selected and sorted as comparing each product would', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyShop,
        fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 6 }),
        async (shop, picks, limit) => {
          const { index } = await openAny(shop);
          const all = Array.from({ length: index.size }, (_, ordinal) => ordinal).filter((o) =>
            index.alive(o),
          );
          const asked = [...new Set(picks.map((pick) => index.idOf(all[pick % all.length] ?? 0)))];
          const own = asked.map((id) => index.document(index.ordinalOf(id) ?? 0));
          const vectors = asked.flatMap((id) => index.vectorOf(index.ordinalOf(id) ?? 0) ?? []);
          if (vectors.length === 0) return index.close();
          const mean = Float32Array.from({ length: 8 }, (_, d) =>
            vectors.reduce((sum, vector) => sum + (vector[d] ?? 0), 0),
          );
          const { hits } = like(index, asked, { limit, explain: true });
          for (const { id, score, product, explain } of hits) {
            expect(asked).not.toContain(id);
            expect(own.some(({ group_id }) => group_id !== undefined && group_id === product.group_id)).toBe(
              false,
            );
            expect(own.some(({ title }) => title !== undefined && title === product.title)).toBe(false);
            const ordinal = index.ordinalOf(id) ?? 0;
            const cosine = index.cosines(mean, Uint32Array.of(ordinal))[0] ?? Number.NaN;
            expect(explain?.similarity).toBeCloseTo(Math.min(1, Math.max(0, cosine)), 6);
            const { category = Number.NaN, price = Number.NaN } = explain?.factors ?? {};
            expect(score).toBeCloseTo((explain?.similarity ?? Number.NaN) * category * price, 9);
            expect(score >= 0 && score <= 1).toBe(true);
            expect(explain?.category === 'unknown').toBe(product.category === undefined);
          }
          const order = [...hits].sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
          expect(idsOf({ unknown: [], hits })).toEqual(idsOf({ unknown: [], hits: order }));
          const groups = hits.flatMap(({ product }) => product.group_id ?? []);
          expect(new Set(groups).size).toBe(groups.length);
          // If the limit allows, every other group and product is included; otherwise the best related ones.
          const whole = like(index, asked, { limit: 100, explain: true }).hits;
          const others = all
            .filter((ordinal) => index.vectorOf(ordinal) !== undefined)
            .map((ordinal) => index.document(ordinal))
            .filter(
              ({ id, group_id, title }) =>
                !asked.includes(id) &&
                !own.some(
                  (one) =>
                    (group_id !== undefined && one.group_id === group_id) ||
                    (title !== undefined && one.title === title),
                ),
            );
          expect(whole.length).toBe(new Set(others.map(({ id, group_id }) => group_id ?? `id ${id}`)).size);
          const related = whole.filter(({ explain }) => explain?.category !== 'other');
          if (related.length >= limit)
            expect(idsOf({ unknown: [], hits })).toEqual(related.slice(0, limit).map(({ id }) => id));
          else expect(hits).toEqual(expect.arrayContaining(related));
          index.close();
        },
      ),
      { numRuns: 20 },
    );
  });
});
