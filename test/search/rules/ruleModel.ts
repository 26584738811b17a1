import fc from 'fast-check';
import { fieldValue } from '../../../src/domain/field.js';
import type { Product } from '../../../src/domain/product.js';
import { readValue } from '../../../src/index/columns/readValue.js';
import { matchProduct } from '../../../src/search/filter/matchProduct.js';
import { parseFilter } from '../../../src/search/filter/parseFilter.js';
import type { Effects, Rule } from '../../../src/search/rules/ruleSchema.js';

const filters = fc.constantFrom(
  'price > 1',
  "brand = 'Acme'",
  "brand = 'Acme' OR price EXISTS",
  "NOT availability = 'in stock'",
  'nobody_has_this = 3',
);
const ids = fc.integer({ min: 0, max: 14 }).map((n) => `p${n}`);
const pins = fc.uniqueArray(fc.record({ id: ids, position: fc.integer({ min: 1, max: 9 }) }), {
  selector: ({ id }) => id,
  minLength: 1,
  maxLength: 4,
});
const nudges = fc.array(fc.record({ filter: filters, by: fc.constantFrom(0.1, 0.5, 3) }), {
  minLength: 1,
  maxLength: 2,
});

/** Effects of every kind, for at most one rule. */
const effects: fc.Arbitrary<Effects> = fc.record(
  {
    pin: pins,
    hide: fc.oneof(filters, fc.array(ids, { minLength: 1, maxLength: 3 })),
    filter: filters,
    boost: nudges,
    bury: nudges,
    in_stock_first: fc.constant<true>(true),
    by_field: fc.constantFrom(
      [{ field: 'price', weight: 0.4 }],
      [
        { field: 'rating', weight: -0.2 },
        { field: 'nobody_has_this', weight: 1 },
      ],
    ),
  },
  { requiredKeys: [] },
);

/** Rules for a query, and whether their conditions hold for it, which is known from how they are made. */
export const rulesFor = (q: string): fc.Arbitrary<{ rule: Rule; holds: boolean }[]> =>
  fc
    .array(
      fc.tuple(
        effects,
        fc.constantFrom<[Rule['when'], boolean]>(
          [{}, true],
          [{ query: { is: ['*'] } }, true],
          [{ query: { is: ['something else', q.toUpperCase()] } }, true],
          [{ query: { is: [`${q} beyond`] } }, false],
          [{ from: '2020-01-01' }, true],
          [{ until: '2020-01-01' }, false],
          [{ category: ['Shoes'] }, false],
        ),
      ),
      { maxLength: 4 },
    )
    .map((made) =>
      made.map(([then, [when, holds]], place) => ({ rule: { id: `r${place}`, when, then }, holds })),
    );

/** Whether a filter passes a product; undefined if the catalog lacks its field. */
function passes(product: Product, filter: string): boolean | undefined {
  return filter.includes('nobody_has_this') ? undefined : matchProduct(product, parseFilter(filter));
}

/** The products that the rules leave of the hits, and add from those that pass the shopper's filter. */
export function chosen(
  found: readonly Product[],
  passing: readonly Product[],
  rules: readonly Rule[],
): Product[] {
  const pinned = new Set(rules.flatMap(({ then }) => then.pin ?? []).map(({ id }) => id));
  const added = passing.filter((product) => pinned.has(product.id) && !found.includes(product));
  return [...found, ...added].filter((product) =>
    rules.every(({ then: { filter, hide } }) => {
      if (filter !== undefined && passes(product, filter) === false) return false;
      if (typeof hide === 'string') return passes(product, hide) !== true;
      return !hide?.includes(product.id);
    }),
  );
}

/** What one rule adds to a product's score. */
export function shareOf({ then }: Rule, product: Product, catalog: readonly Product[]): number {
  let share = 0;
  for (const { filter, by } of then.boost ?? []) if (passes(product, filter)) share += by;
  for (const { filter, by } of then.bury ?? []) if (passes(product, filter)) share -= by;
  for (const { field, weight } of then.by_field ?? []) {
    const own = numberOf(product, field);
    if (Number.isNaN(own)) continue;
    const all = catalog.map((one) => numberOf(one, field)).filter((one) => !Number.isNaN(one));
    share += (weight * all.reduce((sum, one) => sum + Math.sign(own - one), 0)) / all.length;
  }
  return share;
}

function numberOf(product: Product, field: string): number {
  const value = fieldValue(product, field);
  return value === undefined || Array.isArray(value)
    ? Number.NaN
    : (readValue(value).quantity?.value ?? Number.NaN);
}

export function isOut(product: Product): boolean {
  return product.availability === 'out of stock' || (product.stock ?? 1) <= 0;
}

/** Inserts pins one by one into the sorted others; later pins never move earlier ones. */
export function withPins(ordered: readonly string[], rules: readonly Rule[]): string[] {
  const first = new Map<string, number>();
  for (const { id, position } of rules.flatMap(({ then }) => then.pin ?? [])) {
    if (ordered.includes(id) && !first.has(id)) first.set(id, position);
  }
  const list = ordered.filter((id) => !first.has(id));
  let last = -1;
  for (const [id, position] of [...first].sort((a, b) => a[1] - b[1])) {
    last = Math.min(Math.max(position - 1, last + 1), list.length);
    list.splice(last, 0, id);
  }
  return list;
}
