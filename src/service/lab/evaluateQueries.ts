import { ndcg, recall, reciprocalRank } from '../../search/evaluation/rankingMetrics.js';
import type { SearchAnswer } from '../../search/searchAnswer.js';
import { type SearchRequest, searchRequestSchema } from '../../search/searchRequest.js';

const DEPTH = 10;
const RECALL_DEPTH = 100;

export interface JudgedQuery {
  readonly query: string;
  /** By product id; 0 is irrelevant. */
  readonly grades: Readonly<Record<string, number>>;
}

/** Quality of one answer. */
export interface QueryFigures {
  readonly ndcg_at_10: number;
  readonly reciprocal_rank: number;
  readonly recall_at_100: number;
  /** Number of products found. */
  readonly found: number;
}

export interface ComparedQuery {
  readonly query: string;
  /** Whether a product is relevant; means are over these queries, except for the share without hits. */
  readonly relevant: boolean;
  readonly first: QueryFigures;
  readonly second: QueryFigures;
}

type Run = (request: SearchRequest) => Promise<SearchAnswer>;

/** Runs each judged query with both configurations, in order. */
export async function evaluateQueries(
  judged: readonly JudgedQuery[],
  first: Run,
  second: Run,
): Promise<ComparedQuery[]> {
  const compared: ComparedQuery[] = [];
  for (const { query, grades } of judged) {
    const judgments = new Map(Object.entries(grades));
    const measure = async (run: Run): Promise<QueryFigures> => {
      const { hits, total } = await run(
        searchRequestSchema.parse({ q: query, per_page: RECALL_DEPTH, fields: ['id'] }),
      );
      const ranked = hits.map(({ id }) => id);
      return {
        ndcg_at_10: ndcg(ranked, judgments, DEPTH),
        reciprocal_rank: reciprocalRank(ranked, judgments),
        recall_at_100: recall(ranked, judgments, RECALL_DEPTH),
        found: total,
      };
    };
    compared.push({
      query,
      relevant: [...judgments.values()].some((grade) => grade > 0),
      first: await measure(first),
      second: await measure(second),
    });
  }
  return compared;
}
