import { z } from 'zod';
import { clickRates } from '../statistics/clickModels.js';
import type { BlankField } from './blankFields.js';
import type { ShopperLog } from './shopperLog.js';

export const fixSchema = z.object({
  kind: z.enum(['no_results', 'no_clicks', 'never_clicked', 'empty_attribute']),
  /** The query, the product's id, or the field. */
  subject: z.string(),
  /** Searches that found nothing, led to no click or filtered by the field; times that the product was shown. */
  count: z.number(),
  /** Estimate for the time of the events, in the shop's currency; null where no purchase names its search. */
  lost_revenue: z.number().nullable(),
  /** One sentence. */
  reason: z.string(),
  command: z.string(),
  page: z.string(),
});
export type Fix = z.infer<typeof fixSchema>;

const MAX_FIXES = 100;
const MIN_EMPTY = 3;
/** With so many clicks expected, none is chance in one of a hundred cases (e^-4.6). */
const MIN_EXPECTED = 4.6;

/**
 * What costs most revenue, largest first: searches that find nothing lose what an average search with results brings;
 * searches and products without clicks lose the clicks that others get at the same ranks, each worth what an average
 * click brings. A filter by a field that products lack hides them: its searches lose that share of what a search brings.
 */
export function findFixes(
  { queries, pairs, cells }: ShopperLog,
  blankFields: readonly BlankField[] = [],
): Fix[] {
  const total = { found: 0, clicked: 0, revenue: 0 };
  for (const { searches, empty, clicked, revenue } of queries) {
    total.found += searches - empty;
    total.clicked += clicked;
    total.revenue += revenue;
  }
  const perSearch = total.found === 0 ? 0 : total.revenue / total.found;
  const perClick = total.clicked === 0 ? 0 : total.revenue / total.clicked;
  const clickShare = total.found === 0 ? 0 : total.clicked / total.found;
  const lost = (value: number): number | null => (total.revenue === 0 ? null : Math.round(100 * value) / 100);
  const fixes: (Fix & { readonly clicks: number })[] = [];
  for (const { query, searches, empty, clicked } of queries) {
    if (empty >= MIN_EMPTY) {
      fixes.push({
        kind: 'no_results',
        subject: query,
        count: empty,
        clicks: empty * clickShare,
        lost_revenue: lost(empty * perSearch),
        reason: `${empty} searches for '${query}' found nothing: a synonym, a missing value of the taxonomy, or a product to stock.`,
        command: 'shelfwright synonyms suggest',
        page: '/desk/rules',
      });
    }
    const expected = (searches - empty) * clickShare;
    if (clicked > 0 || expected < MIN_EXPECTED) continue;
    fixes.push({
      kind: 'no_clicks',
      subject: query,
      count: searches - empty,
      clicks: expected,
      lost_revenue: lost(expected * perClick),
      reason: `${searches - empty} searches for '${query}' found products, and nobody clicked one, where ${expected.toFixed(0)} clicks are usual: pin better ones or see why these match.`,
      command: `shelfwright search ${JSON.stringify(query)} --explain`,
      page: '/desk/lab',
    });
  }
  fixes.push(...neverClicked({ pairs, cells }, (clicks) => lost(clicks * perClick)));
  for (const { field, searches, blank } of blankFields) {
    const name = field.replace(/^attributes\./, '');
    fixes.push({
      kind: 'empty_attribute',
      subject: field,
      count: searches,
      clicks: searches * blank * clickShare,
      lost_revenue: lost(searches * blank * perSearch),
      reason: `${searches} searches were filtered by ${name}, and ${Number((100 * blank).toFixed(1))} % of the products that they are about have none, so that the filter hides them: fill it.`,
      command: `shelfwright reindex --fields ${JSON.stringify(name)}`,
      page: '/desk/review',
    });
  }
  return fixes
    .sort(
      (a, b) =>
        (b.lost_revenue ?? 0) - (a.lost_revenue ?? 0) ||
        b.clicks - a.clicks ||
        (a.subject < b.subject ? -1 : 1),
    )
    .slice(0, MAX_FIXES)
    .map(({ clicks: _clicks, ...fix }) => fix);
}

function neverClicked(
  { pairs, cells }: Pick<ShopperLog, 'pairs' | 'cells'>,
  lost: (clicks: number) => number | null,
): (Fix & { readonly clicks: number })[] {
  const rates = clickRates(cells);
  const products = new Map<string, { shown: number; clicked: number; expected: number }>();
  for (const { pair, rank, shown, clicked } of cells) {
    const id = pairs[pair]?.id ?? '';
    const own = products.get(id) ?? { shown: 0, clicked: 0, expected: 0 };
    own.shown += shown;
    own.clicked += clicked;
    own.expected += shown * (rates[rank] ?? 0);
    products.set(id, own);
  }
  return [...products]
    .filter(([, { clicked, expected }]) => clicked === 0 && expected >= MIN_EXPECTED)
    .map(([id, { shown, expected }]) => ({
      kind: 'never_clicked' as const,
      subject: id,
      count: shown,
      clicks: expected,
      lost_revenue: lost(expected),
      reason: `The product ${id} was shown ${shown} times and never clicked, where ${expected.toFixed(0)} clicks are usual at its ranks: check title, picture, price and stock, or bury it by a rule.`,
      command: `shelfwright search ${JSON.stringify(id)} --explain`,
      page: '/desk/rules',
    }));
}
