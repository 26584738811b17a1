import { attributeField, fieldValue } from '../domain/field.js';
import type { Product } from '../domain/product.js';
import type { TaxonomyView } from '../taxonomy/view.js';
import { readNumber } from '../text/numbers.js';

/** Shares of filled cells in a category, 0 to 1: `before` those the merchant filled, `after` with applied facts. */
export interface CategoryCompleteness {
  /** Path; '' for products without a known category. */
  readonly category: string;
  readonly rows: number;
  /** Number of cells: the category itself and the attributes that it carries. */
  readonly cells: number;
  readonly before: number;
  readonly after: number;
  /** The same for required attributes. */
  readonly required: { readonly cells: number; readonly before: number; readonly after: number };
}

export interface CompletenessReport {
  /** Over all cells: categories, and the attributes that they carry. */
  readonly before: number;
  readonly after: number;
  /** Most blank cells first. */
  readonly categories: readonly CategoryCompleteness[];
}

/** The blank cells of one field in one category. */
export interface Gap {
  readonly category: string;
  readonly field: string;
  /** Number of blank cells. */
  readonly blank: number;
  /** Sum of the products' demand; the number of blank cells if the demand is unknown. */
  readonly weight: number;
}

export interface CompletenessOptions {
  readonly view: TaxonomyView;
  /** Whether an applied fact fills the field, in the row or in the store. */
  readonly isApplied: (product: Product, field: string) => boolean;
  /** How much a product is searched, viewed or sold; 1 if unknown. */
  readonly demandOf: (product: Product) => number;
}

interface Tally {
  cells: number;
  before: number;
  after: number;
}

/** Counts filled cells by category, before and after enrichment. `gaps` are sorted by weight, the largest first. */
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

/** Names of demand columns, in letters only, in order of preference. */
const DEMAND_COLUMNS = [
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

/** The column with the products' demand, if at least one row in twenty has a number in it. */
export function demandColumn(products: readonly Product[]): string | undefined {
  const counts = new Map<string, number>();
  for (const product of products) {
    for (const name of Object.keys(product)) {
      if (Number.isFinite(demandIn(product, name))) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const usable = [...counts].filter(([, rows]) => rows * 20 >= products.length).map(([name]) => name);
  const rank = (name: string): number => DEMAND_COLUMNS.indexOf(name.toLowerCase().replace(/[^a-z]/g, ''));
  return usable.filter((name) => rank(name) >= 0).sort((a, b) => rank(a) - rank(b))[0];
}

/** The number in a column; NaN if it holds none. */
export function demandIn(product: Product, column: string): number {
  const value: unknown = product[column];
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? (readNumber(value) ?? Number.NaN) : Number.NaN;
}
