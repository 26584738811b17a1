import { z } from 'zod';
import { categoryLevels, joinLevels } from '../../domain/categoryPath.js';
import type { CategoryCells, CellCounts } from './countCells.js';

const MAX_CATEGORIES = 250;
const MAX_STARTS = 20;

const cells = {
  cells: z.number().int().describe('A product’s category, and each attribute that its category carries.'),
  filled: z.number().int().describe('Of them, filled by the merchant.'),
  applied: z.number().int().describe('Filled by enrichment or by a decision.'),
  suggested: z.number().int().describe('Blank, with a suggestion that waits for review.'),
};

export const completenessSchema = z.object({
  products: z.number().int(),
  counted: z
    .number()
    .int()
    .describe('The products that were counted: all, or an evenly spread sample of a large catalog.'),
  under: z.string().nullable(),
  before: z.number().describe('The share of cells that the merchant filled.'),
  after: z.number().describe('The share with applied values.'),
  expected: z
    .number()
    .describe(
      'The share if everything suggested were decided, as far as the suggestions are expected to be right.',
    ),
  ...cells,
  categories: z
    .array(
      z.object({
        category: z.string().describe('Its path; "" for products without a category.'),
        narrower: z.boolean().describe('Whether it has categories below it.'),
        products: z.number().int(),
        ...cells,
      }),
    )
    .describe(`The categories directly below, most cells first; at most ${MAX_CATEGORIES}.`),
  starts: z
    .array(
      z.object({
        category: z.string(),
        field: z.string(),
        blank: z.number().int(),
        suggested: z.number().int(),
        expected: z.number().describe('The expected number of right suggestions.'),
      }),
    )
    .describe(`Where to start: fields with suggestions, then those with most blanks; at most ${MAX_STARTS}.`),
  proposals: z.number().int().describe('Frequent values that are not in the lists of the taxonomy.'),
});
export type CompletenessAnswer = z.infer<typeof completenessSchema>;

interface Tally {
  products: number;
  cells: number;
  filled: number;
  applied: number;
  suggested: number;
}

type Start = CompletenessAnswer['starts'][number];

/** The counts of the categories directly below one, and where reviewing fills most; undefined: below the root. */
export function summarizeCells(
  { products, counted, categories, proposals }: CellCounts,
  under: string | undefined,
): CompletenessAnswer {
  const above = under === undefined ? [] : categoryLevels(under);
  const whole = emptyTally();
  const children = new Map<string, Tally & { narrower: boolean }>();
  const starts = new Map<string, Start>();
  let expected = 0;
  for (const [path, found] of categories) {
    const levels = categoryLevels(path);
    if (!above.every((level, depth) => levels[depth] === level)) continue;
    const category = joinLevels(levels.slice(0, above.length + 1));
    const child = children.get(category) ?? { ...emptyTally(), narrower: false };
    children.set(category, child);
    if (levels.length > above.length + 1) child.narrower = true;
    addCells(child, found);
    addCells(whole, found);
    for (const [field, { blank, applied, suggested }] of Object.entries(found.cells.fields)) {
      const key = JSON.stringify([category, field]);
      const start = starts.get(key) ?? { category, field, blank: 0, suggested: 0, expected: 0 };
      starts.set(key, start);
      start.blank += blank - applied;
      start.suggested += suggested;
      // Suggestions in fields that the category does not carry fill no cell.
      const right = suggested === 0 ? 0 : (found.expected.get(field) ?? 0);
      start.expected += right;
      expected += right;
    }
  }
  const share = (part: number): number => (whole.cells === 0 ? 0 : part / whole.cells);
  return {
    ...{ products, counted, under: under ?? null },
    before: share(whole.filled),
    after: share(whole.filled + whole.applied),
    expected: share(whole.filled + whole.applied + expected),
    ...cellsOf(whole),
    categories: [...children]
      .sort(([a, one], [b, other]) => other.cells - one.cells || (a < b ? -1 : 1))
      .slice(0, MAX_CATEGORIES)
      .map(([category, { narrower, products: rows, ...tally }]) => ({
        ...{ category, narrower, products: rows },
        ...tally,
      })),
    starts: [...starts.values()]
      .filter(({ blank }) => blank > 0)
      .map((start) => ({ ...start, expected: Math.round(start.expected * 10) / 10 }))
      .sort(
        (a, b) =>
          b.expected - a.expected ||
          b.blank - a.blank ||
          (`${a.category}\n${a.field}` < `${b.category}\n${b.field}` ? -1 : 1),
      )
      .slice(0, MAX_STARTS),
    proposals,
  };
}

function emptyTally(): Tally {
  return { products: 0, cells: 0, filled: 0, applied: 0, suggested: 0 };
}

function cellsOf({ products: _, ...tally }: Tally): Omit<Tally, 'products'> {
  return tally;
}

function addCells(tally: Tally, { products, cells: counted }: CategoryCells): void {
  const { cells: all, filled, applied } = counted.totals;
  tally.products += products;
  tally.cells += all;
  tally.filled += filled;
  tally.applied += applied;
  for (const { suggested } of Object.values(counted.fields)) tally.suggested += suggested;
}
