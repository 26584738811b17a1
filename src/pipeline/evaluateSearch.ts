import type { SearchAnswer } from '../search/answer.js';
import { type Judgments, ndcg, recall, reciprocalRank } from '../search/measure/metrics.js';
import { type SearchRequest, searchRequestSchema } from '../search/request.js';
import { readJudgments } from './readJudgments.js';

const RECALL_DEPTH = 100;

/** How well a way of searching answers the judged queries; means over the queries with a relevant product. */
export interface SearchFigures {
  readonly ndcg_at_10: number;
  readonly mrr: number;
  readonly recall_at_100: number;
  /** Share of all judged queries that found nothing. */
  readonly zero_hits: number;
  /** Milliseconds at the 95th percentile. */
  readonly p95_ms: number;
}

export interface SearchEvaluation {
  readonly queries: number;
  /** Queries with a relevant product: those that the means are over. */
  readonly judged: number;
  readonly hybrid: SearchFigures;
  /** The same without vectors: BM25F and coverage alone. */
  readonly words_only: SearchFigures;
}

/**
 * Runs every judged query both ways over the whole catalog. `file` is a TSV with the columns query,
 * product_id, grade (0 irrelevant, the higher the better).
 * @throws UserError if the file cannot be read or a row lacks a column.
 */
export async function evaluateSearch(
  file: string,
  hybrid: (request: SearchRequest) => Promise<SearchAnswer>,
  wordsOnly: (request: SearchRequest) => Promise<SearchAnswer>,
): Promise<SearchEvaluation> {
  const judgments = await readJudgments(file);
  const relevant = [...judgments.values()].filter((grades) =>
    [...grades.values()].some((grade) => grade > 0),
  );
  return {
    queries: judgments.size,
    judged: relevant.length,
    hybrid: await measure(judgments, hybrid),
    words_only: await measure(judgments, wordsOnly),
  };
}

async function measure(
  judgments: ReadonlyMap<string, Judgments>,
  search: (request: SearchRequest) => Promise<SearchAnswer>,
): Promise<SearchFigures> {
  const sums = { ndcg: 0, mrr: 0, recall: 0, judged: 0, empty: 0 };
  const times: number[] = [];
  for (const [query, grades] of judgments) {
    const answer = await search(searchRequestSchema.parse({ q: query, per_page: RECALL_DEPTH }));
    times.push(answer.took_ms);
    if (answer.total === 0) sums.empty++;
    if (![...grades.values()].some((grade) => grade > 0)) continue;
    const ranked = answer.hits.map(({ id }) => id);
    sums.judged++;
    sums.ndcg += ndcg(ranked, grades, 10);
    sums.mrr += reciprocalRank(ranked, grades);
    sums.recall += recall(ranked, grades, RECALL_DEPTH);
  }
  const mean = (sum: number): number => (sums.judged === 0 ? 0 : sum / sums.judged);
  times.sort((a, b) => a - b);
  return {
    ndcg_at_10: mean(sums.ndcg),
    mrr: mean(sums.mrr),
    recall_at_100: mean(sums.recall),
    zero_hits: judgments.size === 0 ? 0 : sums.empty / judgments.size,
    p95_ms: times[Math.floor(times.length * 0.95)] ?? 0,
  };
}
