import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Product } from '../../../src/domain/product.js';
import { scoreWords } from '../../../src/search/retrieve/bm25f.js';
import { indexOf } from '../indexOf.js';

const VOCABULARY = ['red', 'oak', 'lamp', 'desk', 'tin'];
const text = fc
  .array(fc.constantFrom(...VOCABULARY), { minLength: 1, maxLength: 6 })
  .map((words) => words.join(' '));
const products = fc.array(
  fc.record(
    { title: text, brand: text, category: text, description: text, material: text },
    { requiredKeys: [] },
  ),
  { minLength: 1, maxLength: 8 },
);

/** Weight and b of each field, as scoreWords defines them. */
const FIELDS = {
  title: [2, 0.5],
  brand: [1, 0.3],
  category: [1, 0.3],
  material: [0.5, 0.6],
  description: [0.5, 0.7],
};

/** BM25F as in Robertson & Zaragoza (2009), 3.6, with k1 1.2. */
function naive(rows: readonly Record<string, string>[], query: readonly string[]) {
  const words = (row: Record<string, string>, field: string): string[] => row[field]?.split(' ') ?? [];
  const has = (row: Record<string, string>, word: string): boolean =>
    Object.keys(FIELDS).some((field) => words(row, field).includes(word));
  const idf = query.map((word) => {
    const n = rows.filter((row) => has(row, word)).length;
    return Math.log(1 + (rows.length - n + 0.5) / (n + 0.5));
  });
  const all = idf.reduce((sum, one) => sum + one, 0);
  return rows.map((row) => {
    let score = 0;
    let found = 0;
    let branded = 0;
    for (const [place, word] of query.entries()) {
      let frequency = 0;
      for (const [field, [weight = 0, b = 0]] of Object.entries(FIELDS)) {
        const average = rows.reduce((sum, other) => sum + words(other, field).length, 0) / rows.length;
        const times = words(row, field).filter((one) => one === word).length;
        if (times > 0) frequency += (weight * times) / (1 - b + (b * words(row, field).length) / average);
      }
      score += ((idf[place] ?? 0) * 2.2 * frequency) / (1.2 + frequency);
      if (has(row, word)) found += idf[place] ?? 0;
      if (words(row, 'brand').includes(word)) branded += idf[place] ?? 0;
    }
    return {
      score,
      coverage: found / all,
      branded: branded / all,
      titleWords: query.filter((word) => words(row, 'title').includes(word)).length,
    };
  });
}

function productOf({ material, ...row }: Record<string, string>, place: number): Product {
  return { id: `p${place}`, ...row, ...(material !== undefined && { attributes: { material } }) };
}

/** Every word has full weight. */
const EVEN = new Float32Array(32).fill(1);

const wordOf = (surface: string) => ({ surface, alternatives: [surface], parts: [] });

describe('scoring by words', () => {
  it('gives BM25F, coverage and title words as the formula does, also for products added later', async () => {
    await fc.assert(
      fc.asyncProperty(
        products,
        fc.nat(8),
        fc.uniqueArray(fc.constantFrom(...VOCABULARY, 'absent'), { minLength: 1 }),
        async (rows, built, query) => {
          const all = rows.map(productOf);
          const index = await indexOf([
            ...all.slice(0, built),
            { id: 'gone', title: 'red oak', brand: 'tin' },
          ]);
          index.apply({
            upserts: all.slice(built).map((product) => ({ product })),
            deletes: ['gone'],
          });
          const found = scoreWords(index, query.map(wordOf), EVEN, index.aliveSet());
          const expected = naive(rows, query);
          for (const [place, { score, coverage, branded, titleWords }] of expected.entries()) {
            const ordinal = index.ordinalOf(`p${place}`) ?? -1;
            expect(found.score[ordinal]).toBeCloseTo(score, 4);
            expect(found.coverage[ordinal]).toBeCloseTo(coverage, 5);
            expect(found.brandCoverage[ordinal]).toBeCloseTo(branded, 5);
            expect(found.titleWords[ordinal]).toBe(titleWords);
            expect(found.matchedOrdinals.includes(ordinal)).toBe(coverage > 0);
            expect(score).toBeLessThanOrEqual(found.maxScore);
          }
          expect(new Set(found.matchedOrdinals).size).toBe(found.matchedOrdinals.length);
          index.close();
        },
      ),
      { numRuns: 50 },
    );
  });

  it('scores only passing products, but counts all of them for idf', async () => {
    const index = await indexOf([
      { id: 'a', title: 'red oak' },
      { id: 'b', title: 'red' },
    ]);
    const pass = index.aliveSet();
    pass.delete(1);
    const narrow = scoreWords(index, [wordOf('red'), wordOf('oak')], EVEN, pass);
    expect([...narrow.matchedOrdinals]).toEqual([0]);
    expect(narrow.score[0]).toBe(
      scoreWords(index, [wordOf('red'), wordOf('oak')], EVEN, index.aliveSet()).score[0],
    );
    expect(narrow.matched[0]).toBe(3);
  });

  it('counts any alternative once, and parts only all together and for less', async () => {
    const index = await indexOf([
      { id: 'a', title: 'notebook dv7 tin case' },
      { id: 'b', title: 'dv tablet 7 case' },
      { id: 'c', title: 'dv tablet x case' },
      { id: 'd', title: 'x tablet 7 case' },
    ]);
    const word = { surface: 'dv7', alternatives: ['dv7', 'notebook'], parts: ['dv', '7'] };
    const { score, coverage, matched } = scoreWords(index, [word], EVEN, index.aliveSet());
    expect([...matched]).toEqual([1, 1, 0, 0]);
    expect([...coverage]).toEqual([1, 1, 0, 0]);
    expect((score[1] ?? 0) / (score[0] ?? 1)).toBeCloseTo(0.7, 5);
    const alone = scoreWords(index, [{ ...word, alternatives: ['dv7'] }], EVEN, index.aliveSet());
    expect(alone.score[0]).toBe(score[0]);
    const idf = (documents: number): number => Math.log(1 + (4 - documents + 0.5) / (documents + 0.5));
    const unjoined = { ...word, alternatives: [] };
    const beside = scoreWords(index, [unjoined, wordOf('case')], EVEN, index.aliveSet());
    expect(beside.coverage[2]).toBeCloseTo(idf(4) / (idf(4) + idf(3)), 5);
  });

  it('finds all parts of a word in any field', async () => {
    const has = fc.tuple(fc.boolean(), fc.boolean(), fc.boolean());
    await fc.assert(
      fc.asyncProperty(fc.array(has, { maxLength: 30 }), async (rows) => {
        const index = await indexOf(
          rows.map(([a, b, c], place) => ({
            id: `p${place}`,
            title: [a && 'red', b && 'oak', c && 'tin'].join(' '),
          })),
        );
        const word = { surface: 'x', alternatives: [], parts: ['red', 'oak', 'tin'] };
        const { matchedOrdinals: touched } = scoreWords(index, [word], EVEN, index.aliveSet());
        const whole = [...rows.keys()].filter((place) => rows[place]?.every(Boolean));
        expect([...touched].sort((a, b) => a - b)).toEqual(whole);
        index.close();
      }),
      { numRuns: 25 },
    );
  });

  it('supports 32 words', async () => {
    const index = await indexOf([{ id: 'a', title: 'red oak' }]);
    const words = Array.from({ length: 32 }, (_, place) =>
      wordOf(place % 2 === 0 ? `absent${place}` : 'oak'),
    );
    const { matched } = scoreWords(index, words, EVEN, index.aliveSet());
    expect(matched[0]).toBe(0xaaaaaaaa);
  });
});
