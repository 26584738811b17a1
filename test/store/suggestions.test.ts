import fc from 'fast-check';
import { expect, it } from 'vitest';
import { groupOf } from '../../src/domain/suggestion.js';
import { MIGRATIONS } from '../../src/store/migrate.js';
import { openStore } from '../../src/store/open.js';
import { Sqlite } from '../../src/store/sqlite.js';
import { factOf } from '../domain/fact.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const origin = { taxonomy: 't', model: 'm' };
const suggested = (field: string, value: string, confidence: number, word: string) =>
  factOf(field, value, {
    status: 'suggested',
    confidence,
    evidence: { field: 'title', start: 0, end: word.length, quote: word },
  });

it('groups like a naive grouping, by descending worth, and pages through every group once', () => {
  const fact = fc.record({
    product: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    field: fc.constantFrom('category', 'attributes.color'),
    value: fc.constantFrom('X', 'Y'),
    confidence: fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10),
    word: fc.constantFrom('x', 'y'),
  });
  fc.assert(
    fc.property(fc.array(fact), fc.constantFrom(undefined, 0.5), (facts, min) => {
      const store = openStore(temporaryFolder());
      const kept = new Map(facts.map((one) => [`${one.product} ${one.field}`, one]));
      const byProduct = new Map<string, ReturnType<typeof suggested>[]>();
      for (const { product, field, value, confidence, word } of kept.values()) {
        byProduct.set(product, [
          ...(byProduct.get(product) ?? []),
          suggested(field, value, confidence, word),
        ]);
      }
      for (const [product, some] of byProduct) store.facts.replace(product, some, origin);
      const naive = new Map<string, { count: number; worth: number }>();
      for (const { field, confidence, value, word } of kept.values()) {
        if (min !== undefined && confidence < min) continue;
        const key = groupOf(suggested(field, value, confidence, word));
        const { count, worth } = naive.get(key) ?? { count: 0, worth: 0 };
        const weight = field === 'category' ? 3 : 1;
        naive.set(key, { count: count + 1, worth: worth + weight * confidence });
      }
      const filter = { min_confidence: min };
      const paged = [0, 1, 2, 3, 4, 5, 6, 7, 8].flatMap((page) => store.suggestions.groups(filter, 1, page));
      expect(Object.fromEntries(paged.map(({ group, count }) => [group, count]))).toEqual(
        Object.fromEntries([...naive].map(([group, { count }]) => [group, count])),
      );
      expect(paged).toHaveLength(naive.size);
      for (const [place, { group, worth }] of paged.entries()) {
        expect(worth).toBeCloseTo(naive.get(group)?.worth ?? -1);
        expect(worth).toBeGreaterThanOrEqual((paged[place + 1]?.worth ?? 0) - 1e-6);
      }
      expect(store.suggestions.count(filter).groups).toBe(naive.size);
      store.close();
    }),
    { numRuns: 25 },
  );
});

it('filters by the product’s category: the merchant’s, else the applied, else the suggested one', () => {
  const store = openStore(temporaryFolder());
  for (const id of ['given', 'believed', 'suggested', 'other', 'none']) store.products.upsert({ id });
  store.products.upsert({ id: 'given', category: 'clothing>DRESSES > Midi' });
  store.products.upsert({ id: 'other', category: 'Clothing > Dressing gowns' });
  const color = suggested('attributes.color', 'Navy', 0.6, 'navy');
  const category = factOf('category', 'Clothing > Dresses');
  store.facts.replace('given', [color], origin);
  store.facts.replace('other', [color], origin);
  store.facts.replace('none', [color], origin);
  store.facts.replace('believed', [color, category], origin);
  store.facts.replace('suggested', [color, { ...category, status: 'suggested' }], origin);
  const filter = { field: 'attributes.color', category: 'Clothing > Dresses' };
  expect(store.suggestions.products(filter)).toEqual(['believed', 'given', 'suggested']);
  expect(store.suggestions.count(filter)).toEqual({ groups: 1, suggestions: 3 });
  store.close();
});

it('computes missing groups: of facts from older stores, and of facts a migration renamed', () => {
  const folder = temporaryFolder();
  openStore(folder).close();
  const file = `${folder}/store.sqlite`;
  const store = openStore(folder);
  const fact = suggested('attributes.color', 'Navy', 0.6, 'navy');
  store.facts.replace('a', [fact], origin);
  store.facts.replace('b', [fact], origin);
  const other = new Sqlite(file);
  other.prepare("update facts set value = '\"Dark Blue\"' where product_id = 'b'").run();
  other.prepare("update facts set suggestion_group = null where product_id = 'a'").run();
  other.close();
  const groups = [fact, { ...fact, value: 'Dark Blue' }].map(groupOf).sort();
  expect(
    store.suggestions
      .groups({}, 9, 0)
      .map(({ group }) => group)
      .sort(),
  ).toEqual(groups);
  store.close();
});

it('keeps the facts of an older store', () => {
  const folder = temporaryFolder();
  const old = new Sqlite(`${folder}/store.sqlite`);
  old.exec(MIGRATIONS[0] ?? '');
  old.pragma('user_version = 1');
  old
    .prepare(
      "insert into facts values ('a', 'category', ?, 'suggested', 0.5, 'model', 'lookup', ?, 't', 'm')",
    )
    .run('"Shirts"', '{"rule":"r"}');
  old.close();
  const store = openStore(folder);
  expect(store.facts.get('a')).toMatchObject([{ value: 'Shirts', status: 'suggested' }]);
  expect(store.suggestions.count({})).toEqual({ groups: 1, suggestions: 1 });
  store.close();
});
