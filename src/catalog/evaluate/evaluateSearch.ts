import type { SearchAnswer, Tier } from '../../search/answer.js';
import { comparePaired, type PairedDifference } from '../../search/measure/comparePaired.js';
import { gainByTier, type TierFigures } from '../../search/measure/gainByTier.js';
import { type Judgments, ndcg, recall, reciprocalRank } from '../../search/measure/metrics.js';
import { type SearchRequest, searchRequestSchema } from '../../search/request.js';
import { readJudgments } from './readJudgments.js';

const RECALL_DEPTH = 100;
const DEPTH = 10;
/** How many of the queries that changed most are named either way. */
const NAMED = 5;

/** How well a way of searching answers the judged queries; means over the queries with a relevant product. */
export interface SearchFigures {
  readonly ndcg_at_10: number;
  readonly mrr: number;
  readonly recall_at_100: number;
  /** Share of all judged queries that found nothing. */
  readonly zero_hits: number;
  /** Milliseconds at the 95th percentile. */
  readonly p95_ms: number;
  /** The first ten hits by tier. */
  readonly by_tier: Readonly<Record<Tier, TierFigures>>;
}

/** NDCG@10 of one query, as search is and as it is compared with. */
export interface QueryChange {
  readonly query: string;
  readonly ndcg_at_10: number;
  readonly against: number;
}

/** Search as it is beside another configuration; `difference` is search as it is less the other. */
export interface SearchComparison {
  readonly against: string;
  readonly figures: SearchFigures;
  /** Of NDCG@10 over the queries with a relevant product, with its 95 % interval. */
  readonly difference: PairedDifference;
  /** Where search as it is gains most, the largest first; likewise where it loses. */
  readonly gains: readonly QueryChange[];
  readonly losses: readonly QueryChange[];
}

export interface SearchEvaluation {
  readonly queries: number;
  /** Queries with a relevant product: those that the means are over. */
  readonly judged: number;
  readonly hybrid: SearchFigures;
  /** The same without vectors: BM25F and coverage alone. */
  readonly words_only: SearchFigures;
  readonly comparisons: readonly SearchComparison[];
}

export type SearchFunction = (request: SearchRequest) => Promise<SearchAnswer>;

/**
 * Runs every judged query both ways over the whole catalog, and in each of the other ways, by name; compares with
 * words alone where no other is given. `file` is a TSV with the columns query, product_id, grade (0 irrelevant,
 * the higher the better).
 * @throws UserError if the file cannot be read or a row lacks a column.
 */
export async function evaluateSearch(
  file: string,
  hybrid: SearchFunction,
  wordsOnly: SearchFunction,
  others: ReadonlyMap<string, SearchFunction> = new Map(),
): Promise<SearchEvaluation> {
  const judgments = await readJudgments(file);
  const own = await measure(judgments, hybrid);
  const words = await measure(judgments, wordsOnly);
  const measured = new Map([['words', words]]);
  for (const [name, searching] of others) {
    if (name !== 'words') measured.set(name, await measure(judgments, searching));
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
    gains: sorted.slice(0, NAMED).filter((one) => change(one) > 0),
    losses: sorted
      .reverse()
      .slice(0, NAMED)
      .filter((one) => change(one) < 0),
  };
}

async function measure(judgments: ReadonlyMap<string, Judgments>, searching: SearchFunction): Promise<Measured> {
  const sums = { mrr: 0, recall: 0, empty: 0 };
  const times: number[] = [];
  const gained = new Map<string, number>();
  const answers: { hits: SearchAnswer['hits']; grades: Judgments }[] = [];
  for (const [query, grades] of judgments) {
    const answer = await searching(searchRequestSchema.parse({ q: query, per_page: RECALL_DEPTH }));
    times.push(answer.took_ms);
    if (answer.total === 0) sums.empty++;
    if (![...grades.values()].some((grade) => grade > 0)) continue;
    const ranked = answer.hits.map(({ id }) => id);
    gained.set(query, ndcg(ranked, grades, DEPTH));
    answers.push({ hits: answer.hits.slice(0, DEPTH), grades });
    sums.mrr += reciprocalRank(ranked, grades);
    sums.recall += recall(ranked, grades, RECALL_DEPTH);
  }
  const mean = (sum: number): number => (gained.size === 0 ? 0 : sum / gained.size);
  times.sort((a, b) => a - b);
  return {
    figures: {
      ndcg_at_10: mean([...gained.values()].reduce((sum, one) => sum + one, 0)),
      mrr: mean(sums.mrr),
      recall_at_100: mean(sums.recall),
      zero_hits: judgments.size === 0 ? 0 : sums.empty / judgments.size,
      p95_ms: times[Math.floor(times.length * 0.95)] ?? 0,
      by_tier: gainByTier(answers, DEPTH),
    },
    gained,
  };
}
