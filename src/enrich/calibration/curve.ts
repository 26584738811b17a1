import { partitionPoint } from '../../structures/binarySearch.js';

/** A raw score that a proposer gave on a held-out row, and whether its answer was the merchant's. */
export interface Outcome {
  readonly score: number;
  readonly right: boolean;
  /** How many independent outcomes it is worth; 1 unless given. */
  readonly weight?: number;
  /** Id of the category that it was proposed in, or for a category that it was itself. */
  readonly category?: string | undefined;
  /** A person said so, rather than the merchant's cell. */
  readonly decided?: boolean;
}

/** A non-decreasing curve from raw score to confidence: straight lines between (x, y), flat above, towards (0, 0) below. */
export interface Curve {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

const MAX_BINS = 30;
const MIN_IN_BIN = 15;
/** How many outcomes the broader curve's word is worth in each bin, unless the caller knows it to be worth more. */
const PRIOR_WEIGHT = 5;

/** Reads a curve at `score`; between 0 and 1. */
export function readCurve(curve: Curve, score: number): number {
  const { x, y } = curve;
  const last = x.length - 1;
  if (last < 0) return 0;
  // Less sure than anything that was seen: what surer answers were worth is no word for it.
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
 * Isotonic regression by pooling adjacent violators (Ayer et al. 1955; for calibration Zadrozny & Elkan
 * 2002) over bins of equal count, each bin drawn towards what the broader curve says there: few outcomes
 * follow it, many overrule it. Without outcomes the answer is the broader curve itself.
 */
export function fitCurve(outcomes: readonly Outcome[], broader: Curve, priorWeight = PRIOR_WEIGHT): Curve {
  if (outcomes.length === 0) return broader;
  const sorted = [...outcomes].sort((a, b) => a.score - b.score);
  const size = Math.max(MIN_IN_BIN, Math.ceil(sorted.length / MAX_BINS));
  const blocks: Block[] = [];
  for (let from = 0; from < sorted.length; ) {
    let to = Math.min(sorted.length, from + size);
    // Equal scores are one bin, and a remainder too small to stand alone joins the last.
    while (to < sorted.length && sorted[to]?.score === sorted[to - 1]?.score) to++;
    if (sorted.length - to < MIN_IN_BIN) to = sorted.length;
    addPooled(blocks, blockOf(sorted, from, to, broader, priorWeight));
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
  broader: Curve,
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
  // Half a hit and half a miss beside (Krichevsky & Trofimov 1981): nothing was ever seen to be certain.
  return { weight, hits: hits + priorWeight * readCurve(broader, mean) + 0.5, scores: mean * weight };
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

/** Expected calibration error: over ten bins of confidence, the mean distance of confidence and precision. */
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
