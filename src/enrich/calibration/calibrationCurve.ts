import { partitionPoint } from '../../structures/binarySearch.js';

/** The score of an answer, and whether it agreed with the merchant or the reviewer. */
export interface Outcome {
  readonly score: number;
  readonly right: boolean;
  /** How many independent outcomes it counts for; 1 unless given. */
  readonly weight?: number;
  /** Id of the category that the value was proposed in; for a category, its own id. */
  readonly category?: string | undefined;
  /** From a review rather than a hold-out row. */
  readonly reviewed?: boolean;
}

/** A non-decreasing curve from score to confidence: linear between the points, constant above, to (0, 0) below. */
export interface CalibrationCurve {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

const MAX_BINS = 30;
const MIN_BIN = 15;
/** Pseudo-count: how many outcomes the prior curve counts for in each bin. */
const PRIOR_WEIGHT = 5;

/** The confidence of a score, between 0 and 1. */
export function applyCurve(curve: CalibrationCurve, score: number): number {
  const { x, y } = curve;
  const last = x.length - 1;
  if (last < 0) return 0;
  // No outcome was seen this low, so the precision of higher scores says nothing about it.
  const first = x[0] ?? 0;
  if (score <= first) return first <= 0 ? (y[0] ?? 0) : ((y[0] ?? 0) * Math.max(0, score)) / first;
  if (score >= (x[last] ?? 0)) return y[last] ?? 0;
  const high = partitionPoint(last, (index) => (x[index] ?? 0) <= score);
  const low = high - 1;
  const left = x[low] ?? 0;
  const right = x[high] ?? 0;
  const share = right > left ? (score - left) / (right - left) : 1;
  return (y[low] ?? 0) + share * ((y[high] ?? 0) - (y[low] ?? 0));
}

/**
 * Fits a calibration curve: isotonic regression by pooling adjacent violators (Ayer et al. 1955; for calibration
 * Zadrozny & Elkan 2002) over bins of equal count. Each bin is shrunk towards `prior`, which counts for `priorWeight`
 * outcomes in it. Returns `prior` without outcomes.
 */
export function fitCurve(
  outcomes: readonly Outcome[],
  prior: CalibrationCurve,
  priorWeight = PRIOR_WEIGHT,
): CalibrationCurve {
  if (outcomes.length === 0) return prior;
  const sorted = [...outcomes].sort((a, b) => a.score - b.score);
  const size = Math.max(MIN_BIN, Math.ceil(sorted.length / MAX_BINS));
  const blocks: Block[] = [];
  for (let from = 0; from < sorted.length; ) {
    let to = Math.min(sorted.length, from + size);
    // Equal scores share a bin, and a remainder too small for a bin joins the last one.
    while (to < sorted.length && sorted[to]?.score === sorted[to - 1]?.score) to++;
    if (sorted.length - to < MIN_BIN) to = sorted.length;
    addPooled(blocks, blockOf(sorted, from, to, prior, priorWeight));
    from = to;
  }
  return {
    x: blocks.map((block) => block.scores / block.weight),
    y: blocks.map((block) => block.hits / block.weight),
  };
}

interface Block {
  weight: number;
  hits: number;
  scores: number;
}

function blockOf(
  sorted: readonly Outcome[],
  from: number,
  to: number,
  prior: CalibrationCurve,
  priorWeight: number,
): Block {
  let hits = 0;
  let scores = 0;
  for (let i = from; i < to; i++) {
    if (sorted[i]?.right === true) hits++;
    scores += sorted[i]?.score ?? 0;
  }
  const count = to - from;
  const mean = scores / count;
  const weight = count + priorWeight + 1;
  // Half a hit and half a miss are added (Krichevsky & Trofimov 1981), so that no confidence is 0 or 1.
  return { weight, hits: hits + priorWeight * applyCurve(prior, mean) + 0.5, scores: mean * weight };
}

function addPooled(blocks: Block[], next: Block): void {
  let block = next;
  for (;;) {
    const before = blocks.at(-1);
    if (before === undefined || before.hits / before.weight < block.hits / block.weight) break;
    blocks.pop();
    block = {
      weight: before.weight + block.weight,
      hits: before.hits + block.hits,
      scores: before.scores + block.scores,
    };
  }
  blocks.push(block);
}

/** Expected calibration error (Naeini et al. 2015): the mean distance of confidence and precision over ten bins. */
export function calibrationError(outcomes: readonly Outcome[]): number {
  const bins = Array.from({ length: 10 }, () => ({ count: 0, hits: 0, sum: 0 }));
  for (const { score, right } of outcomes) {
    const bin = bins[Math.min(9, Math.floor(score * 10))];
    if (bin === undefined) continue;
    bin.count++;
    bin.sum += score;
    if (right) bin.hits++;
  }
  let error = 0;
  for (const { hits, sum } of bins) error += Math.abs(hits - sum);
  return outcomes.length === 0 ? 0 : error / outcomes.length;
}
