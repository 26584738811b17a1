import { type Answer, call } from '../../shared/call.js';
import { type Configuration, variantOf } from './configuration.js';
import type { Judgments } from './judgments.js';

export type MeasuredQuery = Answer<'/v1/lab/evaluate', 'post'>['queries'][number];

/** Queries a request: the limit of the service. */
const BATCH = 25;
/** Smaller differences count as ties. */
const TIE = 1e-9;

/** Measures both configurations on all judged queries, some at a time. `onProgress` gets the number done. */
export async function measure(
  judgments: Judgments,
  [first, second]: readonly [Configuration, Configuration],
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<MeasuredQuery[]> {
  const all = [...judgments].map(([query, grades]) => ({ query, grades: Object.fromEntries(grades) }));
  const measured: MeasuredQuery[] = [];
  for (let at = 0; at < all.length; at += BATCH) {
    const { queries } = await call('post', '/v1/lab/evaluate', {
      body: {
        judgments: all.slice(at, at + BATCH),
        first: variantOf(first),
        second: variantOf(second),
      },
      signal,
    });
    measured.push(...queries);
    onProgress(measured.length);
  }
  return measured;
}

export interface Figures {
  readonly ndcg_at_10: number;
  readonly mrr: number;
  readonly recall_at_100: number;
  /** Share of all judged queries that find nothing. */
  readonly zero_hits: number;
}

export interface Summary {
  readonly queries: number;
  /** Queries with a relevant product, which the means are over. */
  readonly judged: number;
  readonly first: Figures;
  readonly second: Figures;
  /** By NDCG@10 of the second against the first. */
  readonly wins: number;
  readonly losses: number;
  readonly ties: number;
}

export function summaryOf(queries: readonly MeasuredQuery[]): Summary {
  const judged = queries.filter(({ relevant }) => relevant);
  const mean = (values: readonly number[]) =>
    values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
  const figures = (side: 'first' | 'second'): Figures => ({
    ndcg_at_10: mean(judged.map((query) => query[side].ndcg_at_10)),
    mrr: mean(judged.map((query) => query[side].reciprocal_rank)),
    recall_at_100: mean(judged.map((query) => query[side].recall_at_100)),
    zero_hits: mean(queries.map((query) => (query[side].found === 0 ? 1 : 0))),
  });
  const wins = judged.filter((query) => gainOf(query) > TIE).length;
  const losses = judged.filter((query) => gainOf(query) < -TIE).length;
  return {
    queries: queries.length,
    judged: judged.length,
    first: figures('first'),
    second: figures('second'),
    ...{ wins, losses, ties: judged.length - wins - losses },
  };
}

/** NDCG@10 of the second minus the first. */
export function gainOf({ first, second }: MeasuredQuery): number {
  return second.ndcg_at_10 - first.ndcg_at_10;
}
