import { fitPositionModel } from '../statistics/clickModels.js';
import type { ShopperLog } from './shopperLog.js';

/** A query that was searched less often says too little. */
const MIN_SEARCHES = 20;
/** The same for a product shown for it. */
const MIN_SHOWN = 10;
/** The grade of a product that everybody clicks who looks at it. */
const BEST_GRADE = 3;

export interface ClickJudgments {
  /** Grades from 0 to 3 by product by query, most frequent queries first. */
  readonly grades: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly iterations: number;
  readonly converged: boolean;
  /** Probability that each rank is looked at. */
  readonly examination: readonly number[];
}

/**
 * Judgments from clicks: the attractiveness of each product for each query by the position-based model, so that a product
 * is not good because it was shown first. Grades have two decimals.
 */
export function judgeByClicks({ queries, pairs, cells }: ShopperLog): ClickJudgments {
  const model = fitPositionModel(cells, pairs.length);
  const shown = new Float64Array(pairs.length);
  for (const cell of cells) shown[cell.pair] = (shown[cell.pair] ?? 0) + cell.shown;
  const byQuery = queries.map(() => new Map<string, number>());
  for (const [pair, { query, id }] of pairs.entries()) {
    if ((shown[pair] ?? 0) < MIN_SHOWN) continue;
    byQuery[query]?.set(id, Math.round(100 * BEST_GRADE * (model.attractiveness[pair] ?? 0)) / 100);
  }
  const order = [...queries.keys()].sort(
    (a, b) => (queries[b]?.searches ?? 0) - (queries[a]?.searches ?? 0) || a - b,
  );
  const grades = new Map<string, ReadonlyMap<string, number>>();
  for (const number of order) {
    const figures = queries[number];
    const own = byQuery[number];
    if (figures === undefined || own === undefined || own.size === 0) continue;
    if (figures.searches >= MIN_SEARCHES && figures.clicked > 0) grades.set(figures.query, own);
  }
  const { iterations, converged, examination } = model;
  return { grades, iterations, converged, examination: [...examination] };
}

/** The TSV that `shelfwright evaluate search --judgments` reads. */
export function judgmentsTsv({ grades }: Pick<ClickJudgments, 'grades'>): string {
  const oneCell = (text: string): string => text.replace(/[\t\r\n]+/g, ' ').trim();
  const rows = [...grades].flatMap(([query, own]) =>
    [...own].map(([id, grade]) => `${oneCell(query)}\t${oneCell(id)}\t${grade}\n`),
  );
  return `query\tproduct_id\tgrade\n${rows.join('')}`;
}
