import { attributeField, fieldValue } from '../domain/field.js';
import type { Product } from '../domain/product.js';
import type { TaxonomyView } from '../taxonomy/view.js';

/** Filled shares of a category's cells, 0 to 1: what the merchant filled, and that with what was applied. */
export interface CategoryCompleteness {
  /** The path; '' for products without a known category. */
  readonly category: string;
  readonly rows: number;
  /** Cells that its attributes make, and those the category requires. */
  readonly cells: number;
  readonly before: number;
  readonly after: number;
  readonly required: { readonly cells: number; readonly before: number; readonly after: number };
}

export interface CompletenessReport {
  /** Over all cells: categories, and the attributes that each product's category carries. */
  readonly before: number;
  readonly after: number;
  /** The most blank cells first. */
  readonly categories: readonly CategoryCompleteness[];
}

/** Blank cells of one field in one category, the costliest first. */
export interface Gap {
  readonly category: string;
  readonly field: string;
  readonly blank: number;
  /** Sum over the products of how often they are sought or sold; the number of cells where the export does not say. */
  readonly weight: number;
}

export interface CompletenessOptions {
  readonly view: TaxonomyView;
  /** Whether a blank was filled by an applied fact, in the row or in the store. */
  readonly isApplied: (product: Product, field: string) => boolean;
  /** How often a product is sought or sold; 1 where nothing says so. */
  readonly demandOf: (product: Product) => number;
}

interface Tally {
  cells: number;
  before: number;
  after: number;
}

/** Counts filled cells by category, before and after enrichment, and finds where filling pays most. */
export function countCompleteness(
  products: readonly Product[],
  { view, isApplied, demandOf }: CompletenessOptions,
): { completeness: CompletenessReport; gaps: Gap[] } {
  const categories = new Map<string, { rows: number; all: Tally; required: Tally }>();
  const gaps = new Map<string, Gap>();
  const whole: Tally = { cells: 0, before: 0, after: 0 };
  for (const product of products) {
    const id = product.category === undefined ? undefined : view.find(product.category)?.id;
    const category = id === undefined ? '' : view.path(id);
    const tally = categories.get(category) ?? {
      rows: 0,
      all: { cells: 0, before: 0, after: 0 },
      required: { cells: 0, before: 0, after: 0 },
    };
    categories.set(category, tally);
    tally.rows++;
    const cell = (field: string, isRequired: boolean): void => {
      const isFilled = fieldValue(product, field) !== undefined;
      const applied = isApplied(product, field);
      for (const count of [whole, tally.all, ...(isRequired ? [tally.required] : [])]) {
        count.cells++;
        if (isFilled && !applied) count.before++;
        if (isFilled || applied) count.after++;
      }
      if (isFilled || applied) return;
      const key = `${category}\n${field}`;
      const gap = gaps.get(key) ?? { category, field, blank: 0, weight: 0 };
      gaps.set(key, { ...gap, blank: gap.blank + 1, weight: gap.weight + demandOf(product) });
    };
    cell('category', true);
    const required = new Set(view.required(id));
    for (const attribute of view.carried(id)) {
      cell(attributeField(view.keyOf(product, attribute)), required.has(attribute));
    }
  }
  const share = (part: number, cells: number): number => (cells === 0 ? 1 : part / cells);
  const shares = ({ cells, before, after }: Tally): Tally => ({
    cells,
    before: share(before, cells),
    after: share(after, cells),
  });
  const blanks = ({ all }: { all: Tally }): number => all.cells - all.after;
  return {
    completeness: {
      before: share(whole.before, whole.cells),
      after: share(whole.after, whole.cells),
      categories: [...categories]
        .sort(([a, one], [b, other]) => blanks(other) - blanks(one) || (a < b ? -1 : 1))
        .map(([category, { rows, all, required }]) => ({
          category,
          rows,
          ...shares(all),
          required: shares(required),
        })),
    },
    gaps: [...gaps.values()].sort(
      (a, b) => b.weight - a.weight || (`${a.category}\n${a.field}` < `${b.category}\n${b.field}` ? -1 : 1),
    ),
  };
}

/** Columns, reduced to letters, that say how often a product is sought or sold, the most telling first. */
const DEMAND = [
  'revenue',
  'sales',
  'unitssold',
  'sold',
  'orders',
  'purchases',
  'popularity',
  'searches',
  'clicks',
  'views',
  'pageviews',
  'impressions',
  'ratingcount',
  'reviewcount',
];

/** The export's own column of demand, where at least one row in twenty has a number in it. */
export function demandColumn(products: readonly Product[]): string | undefined {
  const counts = new Map<string, number>();
  for (const product of products) {
    for (const name of Object.keys(product)) {
      if (Number.isFinite(demandIn(product, name))) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const usable = [...counts].filter(([, rows]) => rows * 20 >= products.length).map(([name]) => name);
  const rank = (name: string): number => DEMAND.indexOf(name.toLowerCase().replace(/[^a-z]/g, ''));
  return usable.filter((name) => rank(name) >= 0).sort((a, b) => rank(a) - rank(b))[0];
}

/** The number in a column; NaN where there is none. */
export function demandIn(product: Product, column: string): number {
  const value: unknown = product[column];
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}
