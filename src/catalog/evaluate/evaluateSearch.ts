import { comparePaired, type PairedDifference } from '../../search/evaluation/comparePaired.js';
import {
  condensedNdcg,
  type Judgments,
  ndcg,
  ndcgByTier,
  recall,
  reciprocalRank,
  type TierFigures,
} from '../../search/evaluation/rankingMetrics.js';
import type { SearchAnswer, Tier } from '../../search/searchAnswer.js';
import { type SearchRequest, searchRequestSchema } from '../../search/searchRequest.js';
import { readJudgments } from './readJudgments.js';

const RECALL_DEPTH = 100;
const DEPTH = 10;
/** Queries listed with the largest gains, and with the largest losses. */
const MAX_LISTED = 5;

/** Quality of a search configuration on the judged queries; means over the queries with a relevant product. */
export interface SearchFigures {
  readonly ndcg_at_10: number;
  /** The same over judged products alone; of the first 100 hits. */
  readonly condensed_ndcg_at_10: number;
  readonly mrr: number;
  readonly recall_at_100: number;
  /** Share of all judged queries that found nothing. */
  readonly zero_hits: number;
  /** Milliseconds at the 95th percentile. */
  readonly p95_ms: number;
  /** The first ten hits by tier. */
  readonly by_tier: Readonly<Record<Tier, TierFigures>>;
}

/** NDCG@10 of one query, with hybrid search and with the other configuration (`against`). */
export interface QueryChange {
  readonly query: string;
  readonly ndcg_at_10: number;
  readonly against: number;
}

/** Hybrid search against another configuration; `difference` is hybrid minus the other. */
export interface SearchComparison {
  readonly against: string;
  readonly figures: SearchFigures;
  /** Of NDCG@10 over the queries with a relevant product, with its 95 % interval. */
  readonly difference: PairedDifference;
  /** Where hybrid search gains most, the largest first; and where it loses most. */
  readonly gains: readonly QueryChange[];
  readonly losses: readonly QueryChange[];
}

export interface SearchEvaluation {
  readonly queries: number;
  /** Queries with a relevant product, which the means are over. */
  readonly judged: number;
  readonly hybrid: SearchFigures;
  /** The same without vectors: BM25F and coverage alone. */
  readonly words_only: SearchFigures;
  readonly comparisons: readonly SearchComparison[];
}

export type SearchFunction = (request: SearchRequest) => Promise<SearchAnswer>;

/**
 * Runs every judged query over the whole catalog with hybrid search, by words only, and with each of the `others` by
 * name. Compares hybrid search with the others, or with words only where there are none. `file` is a TSV with the
 * columns query, product_id, grade (0 irrelevant, the higher the better).
 * @throws UserError if the file cannot be read or a row lacks a column.
 */
export async function evaluateSearch(
  file: string,
  hybrid: SearchFunction,
  wordsOnly: SearchFunction,
  others: ReadonlyMap<string, SearchFunction> = new Map(),
): Promise<SearchEvaluation> {
  const judgments = await readJudgments(file);
  const own = await measureSearch(judgments, hybrid);
  const words = await measureSearch(judgments, wordsOnly);
  const measured = new Map([['words', words]]);
  for (const [name, run] of others) {
    if (name !== 'words') measured.set(name, await measureSearch(judgments, run));
  }
  const named = others.size === 0 ? ['words'] : [...others.keys()];
  return {
    queries: judgments.size,
    judged: own.gained.size,
    hybrid: own.figures,
    words_only: words.figures,
    comparisons: named.map((name) => compare(own, name, measured.get(name) ?? words)),
  };
}

interface Measured {
  readonly figures: SearchFigures;
  /** NDCG@10 by query with a relevant product. */
  readonly gained: ReadonlyMap<string, number>;
}

function compare(own: Measured, against: string, other: Measured): SearchComparison {
  const changes = [...own.gained].map(
    ([query, gained]): QueryChange => ({
      query,
      ndcg_at_10: gained,
      against: other.gained.get(query) ?? 0,
    }),
  );
  const change = (one: QueryChange): number => one.ndcg_at_10 - one.against;
  const sorted = [...changes].sort((a, b) => change(b) - change(a));
  return {
    against,
    figures: other.figures,
    difference: comparePaired(
      changes.map((one) => one.against),
      changes.map((one) => one.ndcg_at_10),
    ),
    gains: sorted.slice(0, MAX_LISTED).filter((one) => change(one) > 0),
    losses: sorted
      .reverse()
      .slice(0, MAX_LISTED)
      .filter((one) => change(one) < 0),
  };
}

async function measureSearch(
  judgments: ReadonlyMap<string, Judgments>,
  run: SearchFunction,
): Promise<Measured> {
  const sums = { condensed: 0, mrr: 0, recall: 0, empty: 0 };
  const times: number[] = [];
  const gained = new Map<string, number>();
  const answers: { hits: SearchAnswer['hits']; grades: Judgments }[] = [];
  for (const [query, grades] of judgments) {
    const answer = await run(searchRequestSchema.parse({ q: query, per_page: RECALL_DEPTH }));
    times.push(answer.took_ms);
    if (answer.total === 0) sums.empty++;
    if (![...grades.values()].some((grade) => grade > 0)) continue;
    const ranked = answer.hits.map(({ id }) => id);
    gained.set(query, ndcg(ranked, grades, DEPTH));
    answers.push({ hits: answer.hits.slice(0, DEPTH), grades });
    sums.condensed += condensedNdcg(ranked, grades, DEPTH);
    sums.mrr += reciprocalRank(ranked, grades);
    sums.recall += recall(ranked, grades, RECALL_DEPTH);
  }
  const mean = (sum: number): number => (gained.size === 0 ? 0 : sum / gained.size);
  times.sort((a, b) => a - b);
  return {
    figures: {
      ndcg_at_10: mean([...gained.values()].reduce((sum, one) => sum + one, 0)),
      condensed_ndcg_at_10: mean(sums.condensed),
      mrr: mean(sums.mrr),
      recall_at_100: mean(sums.recall),
      zero_hits: judgments.size === 0 ? 0 : sums.empty / judgments.size,
      p95_ms: times[Math.floor(times.length * 0.95)] ?? 0,
      by_tier: ndcgByTier(answers, DEPTH),
    },
    gained,
  };
}
